import type { At, EventDraft, JsonValue, Key, Outcome, Usage } from "@spoor/core";
import { known } from "../narrow.ts";
import { endCall } from "./calls.ts";
import { createLane } from "./session.ts";
import type { Moment, Session, Turn } from "./session.ts";
import { endOrphans, forgetTools } from "./tools.ts";

/** What is known of a turn when it begins. */
export interface Beginning {
  readonly at?: At;
  readonly name?: string | undefined;
  readonly trigger?: string | undefined;
  readonly input?: JsonValue | undefined;
  readonly native?: JsonValue | undefined;
}

/** A turn begins with the line that first shows it; the one before it has been left, whether or not anybody saw it end. */
export function* openTurn(
  session: Session,
  { mark, ms }: Moment,
  { at, name = "turn", ...facts }: Beginning,
): Generator<EventDraft, Turn> {
  forgetTools(session);
  const key = `turn@${mark}`;
  yield {
    ...session.head,
    type: "turn.started",
    key,
    name,
    ...known({ at, ...facts }),
    ...(session.forkedFrom === null ? {} : { links: [{ kind: "fork", ...session.forkedFrom }] }),
  };
  session.forkedFrom = null;
  session.lastTurn = key;
  session.turn = {
    key,
    lane: createLane(key, at === undefined ? undefined : ms),
    meter: session.counter.name,
    ended: false,
    aliased: false,
    hasInput: facts.input !== undefined,
    uncounted: false,
    interrupted: false,
    compaction: null,
    unsummarised: null,
    requestModel: undefined,
  };
  return session.turn;
}

/**
 * A line of the conversation itself that every source has, under the same id. Sources name a turn differently; the first such line in it is
 * its other name, under which they meet.
 */
export function* hearTurn(session: Session, line: string | undefined): Iterable<EventDraft> {
  const { turn, counter } = session;
  if (line === undefined) return;
  counter.heard = line;
  if (turn === null || turn.aliased) return;
  turn.aliased = true;
  yield { ...session.head, type: "span.amended", on: turn.key, mark: "alias", alias: line };
}

/** As hooks call a turn. */
export const promptKey = (prompt: string): Key => `prompt@${prompt}`;

/** Hooks and transcripts know the prompt that set a turn off; streams do not. */
export function* namePrompt(
  session: Session,
  { key: on }: Turn,
  prompt: string,
): Iterable<EventDraft> {
  const alias = promptKey(prompt);
  yield { ...session.head, type: "span.amended", on, mark: "prompt", alias };
}

/**
 * What the calls of its own lane used by the time that it ends. A result tells it, and so do the lines of the calls, so a turn of which two
 * sources have no line in common still has a name in common. Gives whether it has: a sum that has been there before tells nothing apart.
 */
export function* nameSum(
  session: Session,
  { key: on }: Turn,
  { mark }: Moment,
  { input, cacheRead, cacheWrite, output }: Usage,
): Generator<EventDraft, boolean> {
  const sums = [input, cacheRead, cacheWrite, output].map((tokens) => tokens ?? 0);
  const alias = `used@${sums.join("/")}`;
  if (sums.every((tokens) => tokens === 0) || session.seen.again(alias)) return false;
  yield { ...session.head, type: "span.amended", on, mark: `used@${mark}`, alias };
  return true;
}

/** A conversation is cleared once, before anything else happens in it, so that names the turn, too. */
export function* nameClearing(session: Session, { key: on }: Turn): Iterable<EventDraft> {
  yield { ...session.head, type: "span.amended", on, mark: "clearing", alias: "clearing" };
}

/** The work that set the turn off: an agent that came to its end. */
export function* tellCause(
  session: Session,
  { key: on }: Turn,
  causedBy: Key,
): Iterable<EventDraft> {
  yield { ...session.head, type: "span.amended", on, mark: "cause", causedBy };
}

/** What the user wants, where it was not known when the turn began; said once. */
export function* tellInput(session: Session, turn: Turn, input: JsonValue): Iterable<EventDraft> {
  if (turn.hasInput) return;
  turn.hasInput = true;
  yield { ...session.head, type: "span.amended", on: turn.key, mark: "input", input };
}

/** How a turn ended, with its answer or with what went wrong. */
export interface Ending {
  readonly outcome: Outcome;
  readonly at?: At;
  readonly output?: JsonValue | undefined;
  readonly detail?: JsonValue | undefined;
  readonly native?: JsonValue | undefined;
}

/** What goes on in the turn's own lane is over with it. Agents are not: they may outlive it. */
export function* endTurn(
  session: Session,
  turn: Turn,
  { outcome, ...facts }: Ending,
): Iterable<EventDraft> {
  yield* endCall(session, turn.lane);
  if (turn.ended) return;
  turn.ended = true;
  yield* endOrphans(session, turn.key, turn.lane.latest);
  yield { ...session.head, type: "turn.ended", key: turn.key, outcome, ...known(facts) };
}
