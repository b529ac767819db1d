import type { EventOf, EventType, Held } from "./event.ts";

/** The fields typed as content: the only ones that can hold a reference. */
export type ContentFieldOf<Type extends EventType> = {
  [Field in keyof EventOf<Type>]-?: [Held] extends [NonNullable<EventOf<Type>[Field]>]
    ? Field
    : never;
}[keyof EventOf<Type>];

/**
 * The fields of each event that hold content: what came from a user, a model, a tool or a framework. They stand at the top level only, so
 * nothing slips past redaction. Its type names every one of them, so a field cannot be forgotten here.
 */
const table: { readonly [Type in EventType]: Readonly<Record<ContentFieldOf<Type>, true>> } = {
  "session.started": { native: true, userId: true },
  "turn.started": { native: true, input: true, userId: true },
  "work.started": { native: true, input: true, expected: true },
  "model.started": { native: true, input: true, parameters: true },
  "tool.started": { native: true, input: true },
  "turn.ended": { native: true, output: true, detail: true },
  "work.ended": { native: true, output: true, detail: true },
  "model.ended": { native: true, output: true, detail: true },
  "tool.ended": { native: true, output: true, detail: true },
  "usage.reported": { native: true },
  "span.amended": { native: true, input: true, output: true, expected: true },
  "message.sent": { native: true, content: true },
  "message.received": { native: true, content: true },
  "message.unhandled": { native: true, reason: true },
  "handoff.made": { native: true },
  "interrupt.raised": { native: true, payload: true },
  "interrupt.resolved": { native: true, answer: true },
  "attempt.failed": { native: true },
  "decision.made": { native: true, choice: true, options: true, why: true },
  "checkpoint.saved": { native: true, state: true },
  "checkpoint.written": { native: true, writes: true },
  "checkpoint.refused": { native: true, detail: true },
  "checkpoint.restored": { native: true, state: true },
  "checkpoint.removed": { native: true },
  "score.given": { native: true, why: true },
  "limit.reached": { native: true },
  "output.began": { native: true },
  "finding.raised": { native: true, detail: true },
  "log.written": { native: true, content: true },
  "native.noted": { native: true },
  "record.reduced": { native: true },
};

const names: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(table).map(([type, fields]) => [type, Object.keys(fields)]),
);

export function contentFieldsOf(type: EventType): readonly string[] {
  return names.get(type) ?? [];
}
