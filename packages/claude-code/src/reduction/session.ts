import { unknownUsage } from "@spoor/core";
import type { At, JsonValue, Key, Usage } from "@spoor/core";
import { createSeen } from "./seen.ts";
import type { Seen } from "./seen.ts";

/** Who tells of a session. Each has a reduction of its own; what they say meets in the record, by key. */
export type Source = "stream" | "transcript" | "hook";

/** What is remembered of a session: its open work, and where it came from. */
export interface Session {
  /** What every draft of it starts with. */
  readonly head: { readonly session: string; readonly source: Source };
  /** The latest time that was told so far. */
  latest: number | undefined;
  /** The turn that its lines belong to, which may have ended; null between turns. */
  turn: Turn | null;
  lastTurn: Key | null;
  /** By the name that its lines have for it. An ended one is kept for its last words. */
  readonly agents: Map<string, Agent>;
  /** Tool calls by id, until what asked for them is over. */
  readonly tools: Map<Key, ToolCall>;
  /** The latest of its calls that are over: where two processes write one file, one may still have something to say. */
  readonly earlier: Call[];
  /** Tool calls that were denied, and whether that was recorded. */
  readonly denied: Map<Key, boolean>;
  readonly counter: Counter;
  /** Lines of it that were read before; read again they say nothing. */
  readonly seen: Seen;
  /** The session that it goes on from, until its first turn has said so. */
  forkedFrom: { readonly session: string; readonly key: Key } | null;
}

/** Counts what all calls use, from one reading to the next. */
export interface Counter {
  /** Both sources can tell it, so that what they say of one interval meets. */
  name: string;
  /** What the next interval will be called after: the last line of the conversation itself. */
  heard: string | null;
  /** Something was used that even the framework could not count. */
  estimated: boolean;
}

/** One line of talk with a model: the turn's own, or a subagent's. Its calls come one after the other. */
export interface Lane {
  readonly owner: Key;
  call: Call | null;
  /** What its calls that are over used, as far as that is known. */
  used: Usage;
  /** When the last prompt or tool result came: the next call cannot have started before. */
  since: number | undefined;
  latest: number | undefined;
}

export interface Turn {
  readonly key: Key;
  readonly lane: Lane;
  /** The counter that ran when it began. */
  readonly meter: string;
  ended: boolean;
  aliased: boolean;
  hasInput: boolean;
  /** Something was used in it that its source cannot count, and that has been said. */
  uncounted: boolean;
  interrupted: boolean;
  compaction: Key | null;
  /** A compaction whose summary has not been told yet. */
  unsummarised: Key | null;
  /** The model that was asked for, where another one has answered in its place. */
  requestModel: string | undefined;
}

export interface ToolCall {
  readonly name: string;
  /** The turn or the agent that runs it. */
  readonly owner: Key;
  ended: boolean;
}

export interface Agent {
  readonly key: Key;
  readonly lane: Lane;
  /** The turn in which it was first heard of. */
  readonly turn: Turn | null;
  /** Of a task that was resumed; another run of it is another piece of work. */
  readonly run: string | undefined;
  task: string | undefined;
  /** What kind of agent it is. */
  kind: string | undefined;
  aliased: boolean;
  ended: boolean;
  hasInput: boolean;
  hasOutput: boolean;
}

/** A call to the model, as its blocks come in, mostly one at a time. */
export interface Call {
  readonly key: Key;
  readonly responseId: string | undefined;
  readonly model: string | undefined;
  /** The counter that ran when it began, where the source reads one. */
  readonly meter: string | undefined;
  readonly lines: Set<string>;
  readonly blocks: JsonValue[];
  said: Usage;
  final: boolean;
  finishReason: string | undefined;
  latest: number | undefined;
  ended: boolean;
  native: JsonValue | undefined;
}

/** Where and when something was told. */
export interface Moment {
  /** Tells the line from all others of its session, in whatever source: its uuid, where it has one. */
  readonly mark: string;
  readonly ms: number | undefined;
}

/** `origin`: the mark of the first line that was seen of it. */
export function createSession(id: string, source: Source, origin: string): Session {
  return {
    head: { session: id, source },
    latest: undefined,
    turn: null,
    lastTurn: null,
    agents: new Map(),
    tools: new Map(),
    earlier: [],
    denied: new Map(),
    counter: { name: `from@${origin}`, heard: null, estimated: false },
    seen: createSeen(),
    forkedFrom: null,
  };
}

/** `since`: nothing can have happened in it before. */
export const createLane = (owner: Key, since: number | undefined): Lane => ({
  owner,
  call: null,
  used: unknownUsage,
  since,
  latest: undefined,
});

const meterSince = (mark: string): string => `since@${mark}`;

/**
 * The counter was read, or started again. `mark`: where that was, which only one source can tell; the last line of the conversation before it
 * is in all of them, so the new interval is called after that, unless an earlier one is.
 */
export function startInterval({ counter }: Session, mark: string): void {
  counter.name = meterSince(counter.heard ?? mark);
  counter.heard = null;
  counter.estimated = false;
}

/** Something is known to have happened then. */
export function reach(where: { latest: number | undefined }, ms: number | undefined): void {
  if (ms !== undefined) where.latest = Math.max(ms, where.latest ?? ms);
}

/** The lane's next call cannot have started before. */
export function wait(lane: Lane, ms: number | undefined): void {
  if (ms !== undefined) lane.since = Math.max(ms, lane.since ?? ms);
}

export const at = (ms: number | undefined): { readonly at?: At } =>
  ms === undefined ? {} : { at: { ms } };

export const inferredAt = (ms: number | undefined): { readonly at?: At } =>
  ms === undefined ? {} : { at: { ms, inferred: true } };
