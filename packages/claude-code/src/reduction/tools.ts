import type { EventDraft, JsonValue, Key, Outcome } from "@spoor/core";
import { fieldsOf, jsonOf, known, listOf, textOf } from "../narrow.ts";
import type { Fields } from "../narrow.ts";
import { keptContent, wordsOf } from "../content.ts";
import { toolResultFacts } from "./facts.ts";
import { confirmDecision, isDenied } from "./permissions.ts";
import { at, inferredAt } from "./session.ts";
import type { Lane, Moment, Session } from "./session.ts";

/** A block of a model call that asks for a tool, or, for tools that the API runs itself, that holds what one returned. */
export function* readToolBlock(
  session: Session,
  lane: Lane,
  causedBy: Key,
  moment: Moment,
  block: Fields,
  about: (toolUse: Key) => JsonValue | undefined = unsaid,
): Iterable<EventDraft> {
  const type = textOf(block["type"]) ?? "";
  if (type.endsWith("tool_result")) yield* endTool(session, lane, moment, block);
  const key = textOf(block["id"]);
  if (!type.endsWith("tool_use") || key === undefined || session.tools.has(key)) return;
  const name = textOf(block["name"]) ?? "tool";
  session.tools.set(key, { name, owner: lane.owner, ended: false });
  yield {
    ...session.head,
    type: "tool.started",
    key,
    name,
    parent: lane.owner,
    causedBy,
    toolCallId: key,
    ...at(moment.ms),
    ...(block["input"] === undefined ? {} : { input: jsonOf(block["input"]) }),
    ...known({ native: about(key) }),
  };
}

const unsaid = (): undefined => undefined;

/** What a line tells of a tool's result, besides the block that the model gets. */
export interface Returned {
  /** Who decided, and how, whether the tool may run. */
  readonly permission?: Fields | undefined;
  /** What may be recorded of that and of the result. */
  readonly native?: JsonValue | undefined;
}

/**
 * Every tool call ends with a result, whether it ran, failed, was denied or was no valid call to begin with. A result that answers nothing
 * that was seen tells that there was a call.
 */
export function* endTool(
  session: Session,
  lane: Lane,
  moment: Moment,
  block: Fields,
  { permission = {}, native }: Returned = {},
): Iterable<EventDraft> {
  const key = textOf(block["tool_use_id"]);
  if (key === undefined) return;
  const tool = session.tools.get(key);
  if (tool?.ended === true) return;
  if (tool === undefined) yield unasked(session, lane, key);
  session.tools.set(key, { name: tool?.name ?? "tool", owner: lane.owner, ended: true });
  const words = wordsOf(block["content"]);
  const denied = isDenied(session, key, permission);
  const outcome = outcomeOf(block["is_error"] === true, denied, words ?? "");
  yield {
    ...session.head,
    type: "tool.ended",
    key,
    outcome,
    ...at(moment.ms),
    ...(block["content"] === undefined ? {} : { output: keptContent(block["content"]) }),
    ...known({ detail: outcome.status === "ok" ? undefined : words, native }),
  };
  yield* confirmDecision(session, key, moment, permission, words);
}

const unasked = ({ head }: Session, { owner }: Lane, key: Key): EventDraft => ({
  ...head,
  type: "tool.started",
  key,
  name: "tool",
  parent: owner,
  toolCallId: key,
});

/** How the words of a message start that the interrupted, not the user, has written. */
export const interruptWords = "[Request interrupted by user";

function outcomeOf(failed: boolean, denied: boolean, words: string): Outcome {
  if (denied) return { status: "error", errorType: "permission_denied" };
  if (!failed) return { status: "ok" };
  if (words.startsWith(interruptWords)) return { status: "cancelled" };
  const invalid = words.startsWith("<tool_use_error>");
  return { status: "error", errorType: invalid ? "invalid_input" : "tool_error" };
}

const isToolResult = (block: unknown): boolean => fieldsOf(block)["type"] === "tool_result";

/** The tool results in what a user line holds. */
export const resultsIn = (content: unknown): readonly Fields[] =>
  listOf(content).filter(isToolResult).map(fieldsOf);

/** What a user line holds besides. */
export const besidesResults = (content: unknown): unknown =>
  Array.isArray(content) ? content.filter((block) => !isToolResult(block)) : content;

/** What a line says of a result beside it, it can say of one only. */
export const factsBeside = (results: readonly Fields[], result: unknown): JsonValue | undefined =>
  results.length === 1 ? toolResultFacts(result) : undefined;

/** What asked for them is over, so nobody waits for these any more: whether they ran, nobody will say. */
export function* endOrphans(
  session: Session,
  owner: Key,
  ms: number | undefined,
): Iterable<EventDraft> {
  for (const [key, tool] of session.tools) {
    if (tool.owner !== owner || tool.ended) continue;
    tool.ended = true;
    yield {
      ...session.head,
      type: "tool.ended",
      key,
      outcome: { status: "cancelled" },
      ...inferredAt(ms),
      detail: "what asked for it ended before it had a result",
    };
  }
}

/** Those that have ended are remembered for as long as a line may come back to them: to the next turn. */
export function forgetTools({ tools }: Session): void {
  for (const [key, { ended }] of tools) if (ended) tools.delete(key);
}
