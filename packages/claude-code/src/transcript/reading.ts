import type { Key } from "@spoor/core";
import { textOf, timeOf } from "../narrow.ts";
import { createSession } from "../reduction/session.ts";
import { createSeen } from "../reduction/seen.ts";
import type { Seen } from "../reduction/seen.ts";
import type { Moment, Session } from "../reduction/session.ts";
import type { TranscriptLine } from "./native.ts";

/** What is remembered of the lines so far: open work, and what has been said but not yet answered. */
export interface Reading {
  readonly sessions: Map<string, TranscriptSession>;
  readonly threads: Map<string, Thread>;
  /** What lies beside subagents' transcripts, by agent. */
  readonly metadata: Map<string, TranscriptLine>;
  /** The thread that spoke last. */
  latest: Thread | null;
  /** Lines that name no session, from before the first one that does. */
  early: TranscriptLine[];
}

/** One line of talk in a file: the conversation, or a subagent's. */
export interface Thread {
  /** The session that the file is of. */
  readonly own: string;
  /** The subagent whose file it is. */
  readonly agentId: string | undefined;
  /** Lines of it that were read before; read again they say nothing. */
  readonly seen: Seen;
  /** How many of its lines had no id. */
  nameless: number;
  /** Whose lines these are: in the beginning of a fork's file those of the session that it has left. Null: nothing has told yet. */
  session: TranscriptSession | null;
  /** What copies tell again of other sessions, apart from what their own files tell. */
  readonly copied: Map<string, TranscriptSession>;
  /** Nothing tells a new prompt from one that a fork has copied, until it is answered. */
  waiting: Line[];
  /** When requests were sent whose answer has not come yet. */
  readonly requests: Map<string, number>;
}

/** A session, with what only a transcript tells of it. */
export interface TranscriptSession extends Session {
  started: boolean;
  /** The prompt that set the turn off. */
  prompt: string | undefined;
  /** Compactions of the turn, and how many of them hooks have a name for. */
  compactions: Key[];
  namedCompactions: number;
  /** The model that spoke last in the conversation. */
  model: string | undefined;
  /** What was delegated and has not come back, by the tool use that asked for it. */
  readonly delegations: Map<Key, Delegation>;
  /** What the program has said about the prompt that comes next. */
  beforehand: Line[];
}

export interface Delegation {
  readonly kind: string | undefined;
  readonly prompt: string | undefined;
  readonly ms: number | undefined;
}

/** A line with what every part of the translation asks of it. */
export interface Line extends Moment {
  readonly native: TranscriptLine;
  /** A subagent's, and not of the conversation itself. */
  readonly aside: boolean;
}

export const startReading = (): Reading => ({
  sessions: new Map(),
  threads: new Map(),
  metadata: new Map(),
  latest: null,
  early: [],
});

/** The thread that a line stands in; one that names no session is about the one that spoke last. */
export function threadOf(reading: Reading, native: TranscriptLine): Thread | null {
  const own = textOf(native.sessionId);
  if (own === undefined) return reading.latest;
  const agentId = textOf(native.agentId);
  const { latest } = reading;
  if (latest?.own === own && latest.agentId === agentId) return latest;
  const name = JSON.stringify([own, agentId ?? null]);
  let thread = reading.threads.get(name);
  if (thread === undefined) {
    thread = {
      own,
      agentId,
      seen: createSeen(),
      nameless: 0,
      session: null,
      copied: new Map(),
      waiting: [],
      requests: new Map(),
    };
    reading.threads.set(name, thread);
  }
  reading.latest = thread;
  return thread;
}

/** A line without an id of its own gets its number among such lines of its file, which only grows. */
export function readLine(thread: Thread, native: TranscriptLine): Line {
  const id = textOf(native.uuid);
  if (id === undefined) thread.nameless += 1;
  return {
    native,
    mark: id ?? `${thread.agentId ?? "main"}#${thread.nameless}`,
    ms: timeOf(native.timestamp),
    aside: native.isSidechain === true || thread.agentId !== undefined,
  };
}

/** Whether the thread's file has said it before; a line without an id is known by all that it says. */
export const isAgain = ({ seen }: Thread, native: TranscriptLine): boolean =>
  seen.again(textOf(native.uuid) ?? JSON.stringify(native));

/** From here on the thread's lines are of that session. Where they were another's, it has forked off from there. */
export function goOn(reading: Reading, thread: Thread, id: string, { mark }: Line): void {
  const sessions = id === thread.own ? reading.sessions : thread.copied;
  const session = sessions.get(id) ?? createTranscriptSession(id, mark);
  sessions.set(id, session);
  const { session: left } = thread;
  if (left !== null && left !== session && left.lastTurn !== null) {
    session.forkedFrom = { session: left.head.session, key: left.lastTurn };
  }
  thread.session = session;
}

/** Whether the lines are copies of what stands in the file of the session that they are of. */
export const isCopied = (session: TranscriptSession, thread: Thread): boolean =>
  session.head.session !== thread.own;

const createTranscriptSession = (id: string, origin: string): TranscriptSession => ({
  ...createSession(id, "transcript", origin),
  started: false,
  prompt: undefined,
  compactions: [],
  namedCompactions: 0,
  model: undefined,
  delegations: new Map(),
  beforehand: [],
});
