import type { EventDraft, JsonValue } from "@spoor/core";
import { agentReturned } from "./agents.ts";
import { keptContent, wordsOf } from "./content.ts";
import { fieldsOf, listOf, textOf } from "./narrow.ts";
import { at, reach } from "./session.ts";
import type { Lane, Line, Session } from "./session.ts";
import { endTool, interruptWords } from "./tools.ts";

/** A user line: what tools returned, what a user or the program in a user's name said, or both. */
export function* readUser(session: Session, lane: Lane, line: Line): Iterable<EventDraft> {
  const { content } = fieldsOf(line.message.message);
  reach(lane, line.ms);
  for (const result of listOf(content).map(fieldsOf).filter(isToolResult)) {
    yield* agentReturned(session, line, textOf(result["tool_use_id"]) ?? "");
    yield* endTool(session, line, result);
  }
  const said = Array.isArray(content)
    ? content.filter((block) => !isToolResult(fieldsOf(block)))
    : content;
  if (isSomething(said)) yield* receive(session, lane, line, keptContent(said));
  if (line.ms !== undefined) lane.since = Math.max(line.ms, lane.since ?? line.ms);
}

const isToolResult = (block: Readonly<Record<string, unknown>>): boolean =>
  block["type"] === "tool_result";

const isSomething = (said: unknown): boolean =>
  Array.isArray(said) ? said.length > 0 : textOf(said) !== undefined;

function* receive(
  session: Session,
  lane: Lane,
  line: Line,
  content: JsonValue,
): Iterable<EventDraft> {
  const words = wordsOf(content) ?? "";
  yield {
    ...session.head,
    type: "message.received",
    on: lane.owner,
    mark: line.mark,
    ...at(line.ms),
    role: line.message.isSynthetic === true ? "synthetic" : "user",
    content,
  };
  const turn = line.lane === null ? session.turn : null;
  if (turn === null) return;
  if (words.startsWith(interruptWords)) turn.interrupted = true;
  if (line.message.isReplay !== true || turn.hasInput || isCommandOutput(words)) return;
  turn.hasInput = true;
  yield { ...session.head, type: "span.amended", on: turn.key, mark: "input", input: content };
}

/** What a local command printed comes back as a user message, too. */
const isCommandOutput = (words: string): boolean => /^<local-command-(stdout|stderr)>/.test(words);
