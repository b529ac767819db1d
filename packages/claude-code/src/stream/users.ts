import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { fieldsOf, listOf, textOf } from "../narrow.ts";
import { tellSummary } from "../reduction/compaction.ts";
import { keep } from "../allowed.ts";
import { keptContent, wordsOf } from "../content.ts";
import { resultNative } from "../reduction/facts.ts";
import { receive } from "../reduction/marks.ts";
import { reach, wait } from "../reduction/session.ts";
import type { Lane } from "../reduction/session.ts";
import {
  besidesResults,
  endTool,
  factsBeside,
  interruptWords,
  resultsIn,
} from "../reduction/tools.ts";
import type { Returned } from "../reduction/tools.ts";
import { tellInput } from "../reduction/turns.ts";
import { permissionFacts } from "./facts.ts";
import type { Line, StreamSession } from "./reading.ts";
import { agentReturned } from "./tasks.ts";

/** A user line: what tools returned, what a user or the program in a user's name said, or both. */
export function* readUser(session: StreamSession, lane: Lane, line: Line): Iterable<EventDraft> {
  const { content } = fieldsOf(line.message.message);
  reach(lane, line.ms);
  const results = resultsIn(content);
  const facts = factsBeside(results, line.message.tool_use_result);
  for (const result of results) {
    const tool = textOf(result["tool_use_id"]) ?? "";
    yield* agentReturned(session, line, tool);
    yield* endTool(session, lane, line, result, returned(line, tool, facts));
  }
  const refused = textOf(line.message.refused_message_id);
  if (refused !== undefined && lane.call?.key === refused) lane.call.finishReason ??= "refusal";
  const said = besidesResults(content);
  if (isSomething(said)) yield* hear(session, lane, line, keptContent(said));
  wait(lane, line.ms);
}

function returned({ message }: Line, tool: Key, facts: JsonValue | undefined): Returned {
  const about = listOf(message.tool_result_meta).map(fieldsOf);
  const permission = fieldsOf(about.find(({ id }) => id === tool)?.["permission_decision"]);
  return { permission, native: resultNative(keep(permission, permissionFacts), facts) };
}

const isSomething = (said: unknown): boolean =>
  Array.isArray(said) ? said.length > 0 : textOf(said) !== undefined;

function* hear(
  session: StreamSession,
  lane: Lane,
  line: Line,
  content: JsonValue,
): Iterable<EventDraft> {
  const isSynthetic = line.message.isSynthetic === true;
  yield receive(session, lane.owner, line, isSynthetic ? "synthetic" : "user", content);
  const turn = line.lane === null ? session.turn : null;
  if (turn === null) return;
  const words = wordsOf(content) ?? "";
  if (isSynthetic) yield* tellSummary(session, turn, content);
  if (words.startsWith(interruptWords)) turn.interrupted = true;
  if (line.message.isReplay === true && !isCommandOutput(words)) {
    yield* tellInput(session, turn, content);
  }
}

/** What a local command printed comes back as a user message, too. */
const isCommandOutput = (words: string): boolean => /^<local-command-(stdout|stderr)>/.test(words);
