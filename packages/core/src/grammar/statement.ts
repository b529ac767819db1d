import type { AgentEvent, EventId, Key } from "../vocabulary/event.ts";
import { type RecordingPlace, recordingOrder } from "../vocabulary/recording-order.ts";
import type { Family } from "./problem.ts";

/** What the rules ask of an event: its place in the grammar, and the little that the grammar knows of its type. */
export type Statement =
  | { readonly role: "opening" | "closing"; readonly event: EventId; readonly family: Family }
  | { readonly role: "mark"; readonly event: EventId; readonly usage: "call" | "total" | null };

export function statementOf(event: AgentEvent): Statement {
  if ("mark" in event) {
    const usage = event.type === "usage.reported" ? event.basis : null;
    return { role: "mark", event: event.id, usage };
  }
  const role = "outcome" in event ? "closing" : "opening";
  return { role, event: event.id, family: event.type.split(".", 1)[0] as Family };
}

/** The key that an event is about; null where it is about the session. */
export const subjectOf = (event: AgentEvent): Key | null => ("key" in event ? event.key : event.on);

/** A parent, and where in the recording it was named. */
export interface ParentStatement extends RecordingPlace {
  readonly parent: Key;
}

/** Null where the event names none, or one from outside. */
export function parentStatementOf(event: AgentEvent): ParentStatement | null {
  if (!("parent" in event) || typeof event.parent !== "string") return null;
  const { parent, id, recordedAt, sequence } = event;
  return { parent, id, recordedAt, sequence };
}

/** The one that counts of two: what was recorded first stands. */
export function firstOf(one: ParentStatement, other: ParentStatement): ParentStatement {
  return recordingOrder(one, other) < 0 ? one : other;
}
