import type { EventDraft, Key } from "../../vocabulary/event.ts";
import type { JsonValue } from "../../vocabulary/json.ts";

/** What stands in the journal for an observation. */
export interface Known {
  readonly session: string;
  readonly key: Key;
  readonly family: Family;
}

export type Family = "turn" | "work" | "model" | "tool";

/** What was sent in the last call of an agent. */
export interface Sent {
  readonly count: number;
  readonly messages: readonly JsonValue[];
  readonly tools: JsonValue | undefined;
}

/** What is known of the records so far. It grows with the document that they stand in, and is gone with it. */
export interface Reading {
  /** By the id of the observation. */
  readonly observations: Map<string, Known>;
  /** The turn that each trace is, or that began first in it. */
  readonly turns: Map<string, Known>;
  readonly sessions: Set<string>;
  /** What each suspended activation waits under, by the id of its observation. */
  readonly waits: Map<string, string>;
  /** By session and agent. */
  readonly sent: Map<string, Sent>;
  /** Spans whose cause has not come yet, by the id of that. */
  readonly causes: Map<string, Known[]>;
}

export const startReading = (): Reading => ({
  observations: new Map(),
  turns: new Map(),
  sessions: new Set(),
  waits: new Map(),
  sent: new Map(),
  causes: new Map(),
});

/** The witness, where the record does not tell of another. */
export const source = "langfuse";

/** Behind the first that is told of a session, because that decides under whose name its content lies. */
export function* tellSession(
  reading: Reading,
  session: string,
  isInferred: boolean,
): Iterable<EventDraft> {
  if (reading.sessions.has(session)) return;
  reading.sessions.add(session);
  yield {
    type: "session.started",
    session,
    source,
    on: null,
    mark: "session",
    framework: "langfuse",
    ...(isInferred ? { inferred: true } : {}),
  };
}
