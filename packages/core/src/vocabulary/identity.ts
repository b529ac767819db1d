import { hash } from "node:crypto";
import type { EventDraft, EventId, Key, SpanId, TraceId } from "./event.ts";

/** The bytes behind every id: the JSON text of a list of strings, so that no two lists are spelt alike. */
function digest(parts: readonly (string | null)[]): string {
  return hash("sha256", JSON.stringify(parts), "hex");
}

/** W3C forbids the all-zero id. */
function neverZero(hex: string): string {
  return /^0+$/.test(hex) ? `${hex.slice(0, -1)}1` : hex;
}

/** The same in every process and language: docs/spec/event-format.md says how it is made. */
export function spanIdOf(session: string, key: Key): SpanId {
  return neverZero(digest([session, key]).slice(0, 16)) as SpanId;
}

/** The trace of a turn that nobody gave one, where each turn is a trace. Starts like the turn's span id, by construction. */
export function traceIdOf(session: string, turnKey: Key): TraceId {
  return neverZero(digest([session, turnKey]).slice(0, 32)) as TraceId;
}

/** What a trace is: one turn, or all turns of a session. */
export type TracePer = "turn" | "session";

/** The trace of all turns of a session that nobody gave one. */
export function traceIdOfSession(session: string): TraceId {
  return neverZero(digest([session]).slice(0, 32)) as TraceId;
}

/** The trace of a turn that nobody gave one. */
export function derivedTraceIdOf(session: string, turnKey: Key, per: TracePer): TraceId {
  return per === "session" ? traceIdOfSession(session) : traceIdOf(session, turnKey);
}

export function eventIdOf(draft: EventDraft): EventId {
  const key = "key" in draft ? draft.key : draft.on;
  const mark = "mark" in draft ? draft.mark : null;
  return digest([draft.session, key, draft.type, draft.source, mark]).slice(0, 32) as EventId;
}
