import type { JsonValue } from "@spoor/core";
import { allowed, keep } from "../allowed.ts";
import type { Allowed } from "../allowed.ts";
import { strangeFacts } from "../reduction/facts.ts";
import { isKnown } from "./native.ts";
import type { ClaudeMessage } from "./native.ts";

/*
 * What of a line of the stream may enter the record beside what the vocabulary has words for.
 */

export const callFacts: Allowed = allowed(
  "error request_id resume_reason resumed_from_incomplete_thinking supersedes user_message_uuid user_message_uuids",
);

export const agentFacts: Allowed = allowed(
  "agent_id description is_backgrounded parent_task_id run_id spawn_depth task_description task_id",
);

/** Where a tool of an MCP server has its name from. */
export const toolFacts: Allowed = allowed("display_name server_display_name tool_name");

export const permissionFacts: Allowed = allowed("decision reason_type source");

export const denialFacts: Allowed = allowed(
  "agent_id decision_reason decision_reason_type tool_name",
);

export const errorFacts: Allowed = allowed(
  "api_error api_error_status api_error_type error request_id",
);

export const retryFacts: Allowed = allowed("attempt error error_status max_retries no_response");

export const compactionFacts: Allowed = allowed(
  "cumulative_dropped_tokens duration_ms post_tokens pre_tokens preserved_messages.anchor_uuid preserved_messages.uuids " +
    "preserved_segment.anchor_uuid preserved_segment.head_uuid preserved_segment.tail_uuid trigger",
);

/** What an init says of the setting. The rest is about the terminal, or about the machine and nobody's business. */
export const initFacts: Allowed = allowed(
  "agents apiKeySource betas cwd effort mcp_servers.name mcp_servers.source mcp_servers.status model output_style permissionMode skills tools",
);

/** Of a result: all but the answer and the counters, which have words of their own. */
export const resultFacts: Allowed = allowed(
  "api_error api_error_status api_error_type duration_api_ms duration_ms first_content_frame_ms local_command num_turns origin.from " +
    "origin.kind origin.runId origin.server origin.subkind permission_denials.tool_name permission_denials.tool_use_id " +
    "queued_turn_count result_index resume_reason safety_stops startup_failure_reason stop_reason structured_output.** " +
    "subagent_stats.by_type.* subagent_stats.completed subagent_stats.failed subagent_stats.killed.* subagent_stats.max_depth " +
    "subagent_stats.refused.* subagent_stats.requested.* subagent_stats.spawned subagent_stats.spawned_by_subagents " +
    "subagent_stats.started_in_background subtype terminal_reason time_to_request_ms total_cost_usd ttft_ms ttft_stream_ms " +
    "usage.cache_creation_input_tokens usage.cache_read_input_tokens usage.inference_geo usage.input_tokens usage.output_tokens " +
    "usage.server_tool_use.web_fetch_requests usage.server_tool_use.web_search_requests usage.service_tier usage.speed " +
    "user_message_uuid user_message_uuids",
);

/** Of the lines that the vocabulary has no word for. */
const noteNames = allowed(
  "agent_id api_refusal_category api_refusal_explanation attempt compact_error compact_output_chars compact_result content " +
    "decision_reason_type description direction elapsed_time_seconds error error_status estimated_tokens estimated_tokens_delta exit_code " +
    "fallback_model heartbeat hook_event hook_id hook_name is_backgrounded last_tool_name level max_retries new_conversation_id " +
    "original_model outcome output_file parent_task_id patch.description patch.end_time patch.error patch.is_backgrounded patch.status " +
    "patch.total_paused_ms permissionMode preceding_tool_use_ids prevent_continuation rate_limit_info.rateLimitType " +
    "rate_limit_info.resetsAt rate_limit_info.status rate_limit_info.utilization reason refused_user_message_uuid request_id " +
    "retracted_message_uuids run_id scope spawn_depth state status subagent_retry.attempt subagent_retry.max_retries " +
    "subagent_type summary task_id task_type tasks.description tasks.status tasks.task_id tasks.task_type tool_name tool_use_id trigger " +
    "usage.duration_ms usage.tool_uses usage.total_tokens user_message_uuid workflow_name",
);

/** Told by every line, and recorded as what the note is about. */
const head = allowed("type subtype uuid session_id timestamp");

export const noteFacts = (message: ClaudeMessage): JsonValue | undefined =>
  isKnown(message) ? keep(message, namesFor(message)) : strangeFacts(message, strangeNames, head);

/** What a login says of its failure may name who failed. */
const namesFor = ({ type }: ClaudeMessage): Allowed =>
  type === "auth_status" ? strangeNames : noteNames;

/** Of a line that nobody has taught the adapter: names and measures, never words that somebody may have written. */
const strangeNames = allowed(
  "agent_id attempt error_status exit_code is_backgrounded level max_retries parent_task_id request_id run_id status task_id task_type " +
    "tool_name tool_use_id trigger usage.duration_ms usage.tool_uses usage.total_tokens user_message_uuid",
);
