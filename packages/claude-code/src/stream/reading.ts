import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { textOf, timeOf } from "../narrow.ts";
import { leaveCall } from "../reduction/calls.ts";
import { createSession, startInterval } from "../reduction/session.ts";
import type { Moment, Session } from "../reduction/session.ts";
import type { Readings } from "./counter.ts";
import type { ClaudeMessage } from "./native.ts";

/** A session, with what only a stream tells of it. */
export interface StreamSession extends Session {
  /** The mark of the first line of it in this stream. */
  readonly origin: string;
  lines: number;
  /** Of the program, once it was told. */
  version: string | undefined;
  /** What the latest init said of the setting. */
  setting: JsonValue | undefined;
  /** The turn's init was seen: another one is of the next turn. */
  initialised: boolean;
  /** The key of the latest agent under each name, for good: one that is resumed may come under it again. */
  readonly agentKeys: Map<string, Key>;
  /** The agent that told of its end while no turn was open: the next turn may be about that. */
  notified: Key | null;
  /** What the counters showed at the latest result; null: nobody knows what they showed when this stream began. */
  shown: Readings | null;
  /** Counters that ended without a reading, where the process may have gone on. */
  unread: string[];
  /** What the process numbers its next result with. */
  nextResult: number;
  /** The last result told of a failure. */
  failed: boolean;
}

/** A line of the stream with what every part of the translation asks of it. */
export interface Line extends Moment {
  readonly message: ClaudeMessage;
  /** The tool use whose subagent speaks; null is the main lane. */
  readonly lane: string | null;
}

export function createStreamSession(id: string, first: ClaudeMessage): StreamSession {
  const origin = textOf(first.uuid) ?? "first";
  return {
    ...createSession(id, "stream", origin),
    origin,
    lines: 0,
    version: undefined,
    setting: undefined,
    initialised: false,
    agentKeys: new Map(),
    notified: null,
    shown: null,
    unread: [],
    nextResult: 0,
    failed: false,
  };
}

/** A line without an id of its own gets a count, which is the stream's own because it starts from the stream's first line. */
export function readLine(session: StreamSession, message: ClaudeMessage): Line {
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
export function* breakOff(session: StreamSession, mark: string): Iterable<EventDraft> {
  if (session.turn !== null) yield* leaveCall(session, session.turn.lane);
  for (const { lane } of session.agents.values()) yield* leaveCall(session, lane);
  session.turn = null;
  session.initialised = false;
  session.agents.clear();
  session.tools.clear();
  session.denied.clear();
  session.notified = null;
  startInterval(session, mark);
}
