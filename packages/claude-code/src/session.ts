import type { At, JsonValue, Key, Usage } from "@spoor/core";
import { noReadings } from "./counter.ts";
import type { Readings } from "./counter.ts";
import type { ClaudeMessage } from "./native.ts";
import { textOf, timeOf } from "./narrow.ts";

/** What is remembered of a session: its open work, its counter, and where it came from. */
export interface Session {
  /** What every draft of it starts with. */
  readonly head: { readonly session: string; readonly source: "stream" };
  /** The first line of it in this stream. */
  readonly origin: string;
  lines: number;
  /** The latest time on the lines before this one. */
  latest: number | undefined;
  turn: Turn | null;
  /** By the id that its lines name it with. An ended one is kept until the next result, for its last words. */
  readonly agents: Map<string, Agent>;
  readonly denied: Set<Key>;
  counter: Counter;
  lastTurn: Key | null;
  forkedFrom: { readonly session: string; readonly key: Key } | null;
}

/** What was used since a result, and is shown at the next. */
export interface Counter {
  readonly name: string;
  readonly before: Readings;
  /** A call was cut, so the framework can only estimate. */
  estimated: boolean;
}

/** One line of talk with a model: the turn's own, or a subagent's. Its calls come one after the other. */
export interface Lane {
  readonly owner: Key;
  call: Call | null;
  /** When the last prompt or tool result came: the next call cannot have started before. */
  since: number | undefined;
  latest: number | undefined;
}

export interface Turn {
  readonly key: Key;
  readonly lane: Lane;
  aliased: boolean;
  hasInput: boolean;
  interrupted: boolean;
  compaction: Key | null;
}

export interface Agent {
  readonly key: Key;
  readonly lane: Lane;
  task: string | undefined;
  ended: boolean;
  hasOutput: boolean;
}

/** A call to the model, as its blocks come in, each on a line of its own. */
export interface Call {
  readonly key: Key;
  readonly model: string | undefined;
  readonly meter: string;
  readonly lines: Set<string>;
  readonly blocks: JsonValue[];
  said: Usage;
  final: boolean;
  finishReason: string | undefined;
  latest: number | undefined;
  ended: boolean;
  native: JsonValue | undefined;
}

/** A line of the stream with what every part of the translation asks of it. */
export interface Line {
  readonly message: ClaudeMessage;
  /** Its uuid; for a line without one a count, which is the stream's own because it starts from the stream's first line. */
  readonly mark: string;
  /** The tool use whose subagent speaks; null is the main lane. */
  readonly lane: string | null;
  readonly ms: number | undefined;
}

export function createSession(id: string, first: ClaudeMessage): Session {
  const origin = textOf(first.uuid) ?? "first";
  return {
    head: { session: id, source: "stream" },
    origin,
    lines: 0,
    latest: undefined,
    turn: null,
    agents: new Map(),
    denied: new Set(),
    counter: { name: meterSince(origin), before: noReadings, estimated: false },
    lastTurn: null,
    forkedFrom: null,
  };
}

/** `since`: nothing can have happened in it before. */
export function createLane(owner: Key, since: number | undefined): Lane {
  return { owner, call: null, since, latest: undefined };
}

export const meterSince = (mark: string): string => `since@${mark}`;

export function readLine(session: Session, message: ClaudeMessage): Line {
  session.lines += 1;
  return {
    message,
    mark: textOf(message.uuid) ?? `${session.origin}#${session.lines}`,
    lane: textOf(message.parent_tool_use_id) ?? null,
    ms: timeOf(message.timestamp),
  };
}

/**
 * The process is gone: what was open stays open, and nobody will tell more of it. What it used since its last result is in no counter to
 * come, since the next process starts its own.
 */
export function breakOff(session: Session, mark: string): void {
  session.turn = null;
  session.agents.clear();
  session.counter = { ...session.counter, name: meterSince(mark), estimated: false };
}

/** Something is known to have happened then. */
export function reach(where: { latest: number | undefined }, ms: number | undefined): void {
  if (ms !== undefined) where.latest = Math.max(ms, where.latest ?? ms);
}

export const at = (ms: number | undefined): { readonly at?: At } =>
  ms === undefined ? {} : { at: { ms } };

export const inferredAt = (ms: number | undefined): { readonly at?: At } =>
  ms === undefined ? {} : { at: { ms, inferred: true } };
