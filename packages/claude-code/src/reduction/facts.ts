import type { JsonValue } from "@spoor/core";
import { allowed, keep } from "../allowed.ts";
import type { Allowed } from "../allowed.ts";
import { fieldsOf, jsonOf, known } from "../narrow.ts";

/*
 * What every source tells, in the same words, beside what the vocabulary has words for.
 */

/** What a price depends on, besides the tokens. */
const terms = allowed(
  "inference_geo server_tool_use.web_fetch_requests server_tool_use.web_search_requests service_tier speed",
);

/** What is told of a call, and the terms on which it was made. */
export function withTerms(told: JsonValue | undefined, usage: unknown): JsonValue | undefined {
  const agreed = keep(fieldsOf(usage), terms);
  return agreed === undefined ? told : jsonOf({ ...fieldsOf(told), usage: agreed });
}

const resultFacts = allowed(
  "agentId agentType backgroundTaskId code codeText duration_ms durationMs durationSeconds exitCode filePath filenames interrupted isImage " +
    "mode numFiles numLines numMatches persistedOutputPath persistedOutputSize replaceAll resolvedModel returnCodeInterpretation " +
    "searchCount status structuredContent.** task_id taskId toolStats.* toolsUsed totalDurationMs totalTokens totalToolUseCount truncated " +
    "type url userModified file.filePath file.numLines file.originalSize file.startLine file.totalLines file.type",
);

/** What a tool says of its result besides the words that the model gets: measures and names, never the content once more. */
export const toolResultFacts = (result: unknown): JsonValue | undefined =>
  keep(fieldsOf(result), resultFacts);

/** What stands beside a tool's result: who let it run, and what it says of itself. */
export function resultNative(
  permission: JsonValue | undefined,
  result: JsonValue | undefined,
): JsonValue | undefined {
  if (permission === undefined && result === undefined) return undefined;
  return known({ permission_decision: permission, tool_use_result: result });
}

const fewNames = 32;

/** Of a line that nobody has taught the adapter: what could stand on any line, and the names of the rest. `head`: told otherwise. */
export function strangeFacts(line: object, noted: Allowed, head: Allowed): JsonValue | undefined {
  const told = keep(line, noted);
  const rest = Object.keys(line).filter((name) => !noted.parts.has(name) && !head.parts.has(name));
  return rest.length === 0
    ? told
    : jsonOf({ ...fieldsOf(told), left_out: rest.slice(0, fewNames) });
}
