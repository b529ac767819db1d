import { isRecord } from "@spoor/core";

/**
 * A line of `--output-format stream-json`, which is also what the Agent SDK's `query()` yields. Structural, so that no version of the SDK is
 * a dependency, and loose: the set of types and fields grows, and everything but `type` is narrowed where it is read.
 */
export interface ClaudeMessage {
  readonly type: string;
  readonly subtype?: unknown;
  readonly uuid?: unknown;
  readonly session_id?: unknown;
  /** ISO 8601, the producer's clock; on `assistant`, `user` and `conversation_reset` only. */
  readonly timestamp?: unknown;

  /** On assistant and user: the API's message. */
  readonly message?: unknown;
  /** The tool use that spawned the subagent who speaks; null in the main lane. */
  readonly parent_tool_use_id?: unknown;
  readonly agent_id?: unknown;
  readonly subagent_type?: unknown;
  readonly aborted?: unknown;
  readonly request_id?: unknown;
  readonly is_api_error_message?: unknown;
  readonly error?: unknown;
  readonly isSynthetic?: unknown;
  readonly isReplay?: unknown;
  readonly origin?: unknown;
  readonly tool_use_result?: unknown;
  readonly tool_result_meta?: unknown;
  /** On assistant: what tools of MCP servers are called for people. */
  readonly tool_use_meta?: unknown;
  /** On user: the call that a safety classifier has stopped. */
  readonly refused_message_id?: unknown;
  /** On assistant: the command that a user gave, and that the program answers itself. */
  readonly local_command_run?: unknown;

  /** On stream_event: one event of the API's own stream. */
  readonly event?: unknown;
  readonly api_message_id?: unknown;

  readonly claude_code_version?: unknown;
  readonly mcp_servers?: unknown;
  /** On system/status; on task_notification how the task ended. */
  readonly status?: unknown;
  readonly compact_result?: unknown;
  readonly compact_error?: unknown;
  readonly compact_metadata?: unknown;
  readonly error_status?: unknown;
  readonly retry_delay_ms?: unknown;

  /** On model_fallback and model_refusal_fallback. */
  readonly original_model?: unknown;
  readonly fallback_model?: unknown;
  readonly trigger?: unknown;

  readonly task_id?: unknown;
  /** One run of a task; a task that was resumed has another. */
  readonly run_id?: unknown;
  /** On task_* and permission_denied. */
  readonly tool_use_id?: unknown;
  readonly task_type?: unknown;
  readonly prompt?: unknown;
  readonly patch?: unknown;
  readonly summary?: unknown;

  readonly is_error?: unknown;
  readonly result?: unknown;
  readonly errors?: unknown;
  readonly terminal_reason?: unknown;
  readonly api_error?: unknown;
  readonly api_error_type?: unknown;
  readonly permission_denials?: unknown;
  readonly structured_output?: unknown;
  /** What the turn's own lane has used. */
  readonly usage?: unknown;
  readonly local_command?: unknown;
  /** Cumulative over the session's life. */
  readonly modelUsage?: unknown;
  readonly model_usage_since_last_result?: unknown;
  /** From zero, for each process. */
  readonly result_index?: unknown;

  /** On `thrown`, which no process writes: the SDK's iterator threw this. On `returned`, neither: its reader went away. */
  readonly thrown?: unknown;
}

/** The line of a recording that says: here the iterator threw. */
const thrownMark = "#thrown";

/** A recorded line. Null: not JSON, or not a line of this stream. Never throws. */
export function parseLine(line: string): ClaudeMessage | null {
  try {
    return readMessage(JSON.parse(line));
  } catch {
    return null;
  }
}

/** A value as the stream yields it. Null: not a message of this stream. */
export function readMessage(value: unknown): ClaudeMessage | null {
  if (!isRecord(value)) return null;
  if (Object.hasOwn(value, thrownMark)) return { type: "thrown", thrown: value[thrownMark] };
  return hasType(value) ? value : null;
}

function hasType(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & { readonly type: string } {
  return typeof value["type"] === "string" && value["type"] !== "";
}

/** What a line is called where it is told apart, noted and counted: its type, for system lines with the subtype. */
export function kindOf({ type, subtype }: ClaudeMessage): string {
  return type === "system" && typeof subtype === "string" ? `system.${subtype}` : type;
}

const systemSubtypes = [
  "api_retry",
  "background_tasks_changed",
  "commands_changed",
  "compact_boundary",
  "control_request_progress",
  "elicitation_complete",
  "files_persisted",
  "hook_progress",
  "hook_response",
  "hook_started",
  "informational",
  "init",
  "local_command_output",
  "memory_recall",
  "mirror_error",
  "model_fallback",
  "model_refusal_fallback",
  "model_refusal_no_fallback",
  "notification",
  "permission_denied",
  "plugin_install",
  "session_state_changed",
  "session_writes_lost",
  "status",
  "task_notification",
  "task_progress",
  "task_started",
  "task_updated",
  "thinking_tokens",
  "worker_shutting_down",
];

const knownKinds: ReadonlySet<string> = new Set([
  "active_goal",
  "assistant",
  "auth_status",
  "control_cancel_request",
  "control_request",
  "control_response",
  "conversation_reset",
  "keep_alive",
  "prompt_suggestion",
  "rate_limit_event",
  "result",
  "stream_event",
  "returned",
  "thrown",
  "tool_progress",
  "tool_use_summary",
  "user",
  ...systemSubtypes.map((subtype) => `system.${subtype}`),
]);

/** Whether anyone has taught this adapter the kind of line, be it only that it says nothing of note. */
export function isKnown(message: ClaudeMessage): boolean {
  return knownKinds.has(kindOf(message));
}
