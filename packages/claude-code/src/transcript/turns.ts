import type { EventDraft, JsonValue, Outcome } from "@spoor/core";
import { keptContent, wordsOf } from "../content.ts";
import { fieldsOf, textOf } from "../narrow.ts";
import { agentKey } from "../reduction/agents.ts";
import { endCall } from "../reduction/calls.ts";
import { receive } from "../reduction/marks.ts";
import { at, inferredAt, startInterval, wait } from "../reduction/session.ts";
import type { Agent, Call, Lane, Turn } from "../reduction/session.ts";
import { endTurn, nameSum, openTurn, tellCause } from "../reduction/turns.ts";
import { commandIn } from "./command-words.ts";
import { compact, tellPrompt } from "./compaction.ts";
import { kindOf } from "./native.ts";
import { isCopied } from "./reading.ts";
import type { Line, Thread, TranscriptSession } from "./reading.ts";

/** The turn that a line stands in. One that nothing has begun begins with it. */
export function* turnOf(session: TranscriptSession, line: Line): Generator<EventDraft, Turn> {
  return session.turn ?? (yield* beginTurn(session, line));
}

/** What comes next is another turn, whether or not anybody saw the one before end. */
function* beginTurn(
  session: TranscriptSession,
  line: Line,
  beginning: { readonly trigger?: string | undefined; readonly input?: JsonValue } = {},
): Generator<EventDraft, Turn> {
  if (session.turn !== null) {
    yield* conclude(session, session.turn);
    yield* endCall(session, session.turn.lane);
  }
  startInterval(session, line.mark);
  session.denied.clear();
  session.prompt = undefined;
  session.compactions = [];
  session.namedCompactions = 0;
  const turn = yield* openTurn(session, line, { ...at(line.ms), ...beginning });
  const said = session.beforehand;
  session.beforehand = [];
  for (const earlier of said) {
    yield* isBoundary(earlier)
      ? compact(session, turn, earlier)
      : hear(session, turn.lane, earlier);
  }
  return turn;
}

const isBoundary = ({ native }: Line): boolean => kindOf(native) === "system.compact_boundary";

/**
 * The conversation was summarised. In the middle of a turn that is a part of it; where somebody asked for it, it is one by itself; else the
 * prompt that made it necessary comes next.
 */
export function* readBoundary(session: TranscriptSession, line: Line): Iterable<EventDraft> {
  const { turn } = session;
  if (fieldsOf(line.native.compactMetadata)["trigger"] === "manual") {
    yield* compact(session, yield* beginTurn(session, line), line);
  } else if (turn === null || turn.ended) {
    session.beforehand.push(line);
  } else {
    yield* compact(session, turn, line);
  }
}

/** A prompt sets a turn off: a person's, or one that another program writes in a person's place. */
export function* readPrompt(
  session: TranscriptSession,
  thread: Thread,
  line: Line,
): Iterable<EventDraft> {
  const { message, origin, promptId } = line.native;
  const { content } = fieldsOf(message);
  const input = commandIn(wordsOf(content)) ?? keptContent(content);
  const kind = textOf(fieldsOf(origin)["kind"]);
  const trigger = kind === undefined || kind === "human" ? "user" : kind;
  const turn = yield* beginTurn(session, line, { trigger, input });
  // A copy is given the prompt of the fork.
  const prompt = isCopied(session, thread) ? undefined : textOf(promptId);
  if (prompt !== undefined) yield* tellPrompt(session, turn, prompt);
  const agent = trigger === "task-notification" ? notifierIn(session, wordsOf(input)) : undefined;
  if (agent !== undefined) yield* tellCause(session, turn, agent.key);
}

const taskName = /<(?:task-id|tool-use-id)>([^<]+)</g;

/** The agent that a notification is about, which names it in its words. */
function notifierIn(session: TranscriptSession, words = ""): Agent | undefined {
  const names = Array.from(words.matchAll(taskName), ([, name = ""]) => name);
  const keys = new Set(names.map(agentKey));
  return (
    [...session.agents.values()].find((agent) => keys.has(agent.key)) ??
    names.map((name) => session.agents.get(name)).find((agent) => agent !== undefined)
  );
}

/** Something that was said in a lane besides its prompt. */
export function* hear(session: TranscriptSession, lane: Lane, line: Line): Iterable<EventDraft> {
  const { isMeta, isCompactSummary, message } = line.native;
  wait(lane, line.ms);
  const role = isMeta === true || isCompactSummary === true ? "synthetic" : "user";
  const content = keptContent(fieldsOf(message)["content"]);
  yield receive(session, lane.owner, line, role, content);
}

/** Words with which a model ends what it has been asked for: it stopped by itself, and waits for nothing. */
export function lastWords({ blocks, finishReason }: Call): string | undefined {
  return finishReason === "end_turn" || finishReason === "stop_sequence"
    ? wordsOf(blocks)
    : undefined;
}

/** No line of its own closes a turn: its last words do, an interruption or a failure. */
export function* finish(
  session: TranscriptSession,
  turn: Turn,
  line: Line,
  outcome: Outcome,
  words: { readonly output?: string | undefined; readonly detail?: string | undefined } = {},
): Iterable<EventDraft> {
  yield* endCall(session, turn.lane);
  yield* nameSum(session, turn, line, turn.lane.used);
  yield* endTurn(session, turn, { outcome, ...at(line.ms), ...words });
}

/** Older versions do not say why a model stopped. Where it spoke last, asked for nothing and then the turn was left, that was its answer. */
export function* conclude(session: TranscriptSession, turn: Turn): Iterable<EventDraft> {
  const { call } = turn.lane;
  if (turn.ended || call === null || call.ended || call.finishReason !== undefined) return;
  const asks = call.blocks.some((block) => textOf(fieldsOf(block)["type"])?.endsWith("tool_use"));
  const output = asks ? undefined : wordsOf(call.blocks);
  if (output === undefined) return;
  yield* endTurn(session, turn, { outcome: { status: "ok" }, ...inferredAt(call.latest), output });
}
