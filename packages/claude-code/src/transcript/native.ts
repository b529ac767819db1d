import { isRecord } from "@spoor/core";
import { fieldsOf, textOf } from "../narrow.ts";

/**
 * A line of a file under `projects/`, where Claude Code keeps its conversations. The format is the program's own and promises nothing, so
 * everything but `type` is narrowed where it is read.
 */
export interface TranscriptLine {
  readonly type: string;
  readonly subtype?: unknown;
  readonly uuid?: unknown;
  readonly parentUuid?: unknown;
  readonly sessionId?: unknown;
  /** ISO 8601. */
  readonly timestamp?: unknown;
  readonly version?: unknown;
  readonly cwd?: unknown;

  /** A subagent speaks: in a file of its own where `agentId` says which, in older versions between the lines of the conversation. */
  readonly isSidechain?: unknown;
  readonly agentId?: unknown;
  readonly attributionAgent?: unknown;

  /** On assistant and user: the API's message. */
  readonly message?: unknown;
  /** On assistant: the session that made the call. Another than the line's own where a fork has copied it. */
  readonly requestSessionId?: unknown;
  /** The `api-request` that it answers. */
  readonly requestRef?: unknown;
  readonly requestedModel?: unknown;
  readonly requestId?: unknown;
  readonly isAbortedMidStream?: unknown;
  readonly isApiErrorMessage?: unknown;
  readonly error?: unknown;
  readonly apiError?: unknown;
  readonly apiErrorType?: unknown;

  /** On user: the same on all that belongs to one prompt. */
  readonly promptId?: unknown;
  readonly isMeta?: unknown;
  readonly isCompactSummary?: unknown;
  readonly origin?: unknown;
  readonly toolUseResult?: unknown;
  readonly permissionDecision?: unknown;
  /** The call that a safety classifier has stopped. */
  readonly refusedMessageId?: unknown;

  /** On `api-request`, what `requestRef` refers to. */
  readonly id?: unknown;
  readonly attachment?: unknown;
  /** On system lines. */
  readonly content?: unknown;
  readonly commandRun?: unknown;
  readonly compactMetadata?: unknown;
  readonly retryInMs?: unknown;
  readonly retryAttempt?: unknown;
  readonly maxRetries?: unknown;

  /** On `agent_metadata`: what stands in the file beside a subagent's. */
  readonly agentType?: unknown;
  readonly description?: unknown;
  readonly toolUseId?: unknown;
}

/** They hold whole prompts, which are nobody's business here; to parse them only to drop them would take most of the time. */
const promptLine = /^\{"type":"(api-request-(?:blob|shape))",/;

/** A recorded line. Null: not JSON, or not a line of a transcript. Never throws. */
export function parseLine(line: string): TranscriptLine | null {
  const prompt = promptLine.exec(line)?.[1];
  if (prompt !== undefined && line.trimEnd().endsWith("}")) return { type: prompt };
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && hasType(value) ? value : null;
  } catch {
    return null;
  }
}

function hasType(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & { readonly type: string } {
  return typeof value["type"] === "string" && value["type"] !== "";
}

/** What a line is called where it is told apart, noted and counted: its type, for system lines and attachments with their kind. */
export function kindOf({ type, subtype, attachment }: TranscriptLine): string {
  if (type === "system") return typeof subtype === "string" ? `system.${subtype}` : type;
  if (type !== "attachment") return type;
  const kind = textOf(fieldsOf(attachment)["type"]);
  return kind === undefined ? type : `attachment.${kind}`;
}

const attached = (kinds: string): readonly string[] =>
  kinds.split(" ").map((kind) => `attachment.${kind}`);

/** What the program notes of its own state, in the file of the session that it is in. */
const stateKinds: ReadonlySet<string> = new Set([
  "api-request",
  "api-request-blob",
  "api-request-shape",
  "atis-latch",
  "cost-state",
  "last-prompt",
  "queue-operation",
  "tools-used",
]);

export const isOwnState = ({ type }: TranscriptLine): boolean => stateKinds.has(type);

/** State of the program's own, prompts as they were sent, what the model is reminded of, and copies of what stands elsewhere. */
const quietKinds: ReadonlySet<string> = new Set([
  "api-request",
  "api-request-blob",
  "api-request-shape",
  "atis-latch",
  "file-history-snapshot",
  "last-prompt",
  "mode",
  "permission-mode",
  "progress",
  "queue-operation",
  "tools-used",
  ...attached(
    "agent_listing_delta budget_usd date deferred_tools_delta environment model prompt_snapshot remote_session_change session_context " +
      "skill_listing total_tokens_reminder",
  ),
]);

const tellingKinds: ReadonlySet<string> = new Set([
  "agent_metadata",
  "ai-title",
  "assistant",
  "cost-state",
  "custom-title",
  "summary",
  "system",
  "system.api_error",
  "system.compact_boundary",
  "system.informational",
  "system.local_command",
  "system.stop_hook_summary",
  "system.turn_duration",
  "tag",
  "user",
]);

/** Whether a line of the kind says nothing that is recorded. */
export const isQuiet = (line: TranscriptLine): boolean => quietKinds.has(kindOf(line));

/**
 * Whether anyone has taught this adapter the kind of line, be it only that it says nothing of note. Of attachments there are many, and more with
 * each version: those that are not quiet are noted by their name.
 */
export function isKnown(line: TranscriptLine): boolean {
  return line.type === "attachment" || isQuiet(line) || tellingKinds.has(kindOf(line));
}
