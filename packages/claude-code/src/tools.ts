import type { EventDraft, Key, Outcome } from "@spoor/core";
import { keptContent, wordsOf } from "./content.ts";
import { fieldsOf, jsonOf, known, listOf, textOf } from "./narrow.ts";
import { at } from "./session.ts";
import type { Lane, Line, Session } from "./session.ts";

type Block = Readonly<Record<string, unknown>>;

/** A block of a model call that asks for a tool, or, for tools that the API runs itself, that holds what one returned. */
export function* readToolBlock(
  session: Session,
  lane: Lane,
  causedBy: Key,
  line: Line,
  block: Block,
): Iterable<EventDraft> {
  const type = textOf(block["type"]) ?? "";
  if (type.endsWith("tool_result")) yield* endTool(session, line, block);
  const key = textOf(block["id"]);
  if (!type.endsWith("tool_use") || key === undefined) return;
  yield {
    ...session.head,
    type: "tool.started",
    key,
    name: textOf(block["name"]) ?? "tool",
    parent: lane.owner,
    causedBy,
    toolCallId: key,
    ...at(line.ms),
    ...(block["input"] === undefined ? {} : { input: jsonOf(block["input"]) }),
  };
}

/** Every tool call ends with a result, whether it ran, failed, was denied or was no valid call to begin with. */
export function* endTool(session: Session, line: Line, block: Block): Iterable<EventDraft> {
  const key = textOf(block["tool_use_id"]);
  if (key === undefined) return;
  const decision = permissionFor(line, key);
  const denied = session.denied.delete(key) || fieldsOf(decision)["decision"] === "reject";
  const words = wordsOf(block["content"]);
  const outcome = outcomeOf(block["is_error"] === true, denied, words ?? "");
  yield {
    ...session.head,
    type: "tool.ended",
    key,
    outcome,
    ...at(line.ms),
    ...(block["content"] === undefined ? {} : { output: keptContent(block["content"]) }),
    ...known({
      detail: outcome.status === "ok" ? undefined : words,
      native: decision === undefined ? undefined : { permission_decision: jsonOf(decision) },
    }),
  };
}

function permissionFor({ message }: Line, toolUse: Key): unknown {
  const about = listOf(message.tool_result_meta).map(fieldsOf);
  return about.find(({ id }) => id === toolUse)?.["permission_decision"];
}

/** How the words of a message start that the interrupted, not the user, has written. */
export const interruptWords = "[Request interrupted by user";

function outcomeOf(failed: boolean, denied: boolean, words: string): Outcome {
  if (denied) return { status: "error", errorType: "permission_denied" };
  if (!failed) return { status: "ok" };
  if (words.startsWith(interruptWords)) return { status: "cancelled" };
  const invalid = words.startsWith("<tool_use_error>");
  return { status: "error", errorType: invalid ? "invalid_input" : "tool_error" };
}

/** An automatic denial, told before the tool's result is. */
export function* denyTool(session: Session, line: Line): Iterable<EventDraft> {
  const on = textOf(line.message.tool_use_id);
  if (on === undefined) return;
  session.denied.add(on);
  yield {
    ...session.head,
    type: "decision.made",
    on,
    mark: line.mark,
    kind: "permission",
    choice: "reject",
    ...known({ why: textOf(line.message.message) }),
  };
}
