import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import type { EventOf, MarkEvent } from "../../vocabulary/event.ts";
import { recordingOrder } from "../../vocabulary/recording-order.ts";
import type { Turn } from "../turn.ts";

type CheckpointEvent = Extract<MarkEvent, { readonly type: `checkpoint.${string}` }>;

/** What was told of a checkpointer, and where it belongs. */
export interface CheckpointFact<Event extends CheckpointEvent = CheckpointEvent> {
  readonly event: Event;
  /** Null: the session's own. */
  readonly span: Span | null;
  /** Its place, from 0; null: in none that is known. */
  readonly turn: number | null;
}

export type Saved = CheckpointFact<EventOf<"checkpoint.saved">>;
export type Written = CheckpointFact<EventOf<"checkpoint.written">>;

/** In the order in which it was recorded. */
export function checkpointFacts(
  view: SessionView,
  turns: readonly Turn[],
): readonly CheckpointFact[] {
  const places = new Map(turns.map(({ id }, index) => [id, index]));
  const ofSpans = view.spans.flatMap((span) => {
    const turn = span.turnSpanId === null ? null : (places.get(span.turnSpanId) ?? null);
    return span.marks.filter(isOfCheckpointer).map((event) => ({ event, span, turn }));
  });
  const ofSession = view.marks
    .filter(isOfCheckpointer)
    .map((event) => ({ event, span: null, turn: null }));
  return [...ofSession, ...ofSpans].toSorted((left, right) =>
    recordingOrder(left.event, right.event),
  );
}

/** What tells a checkpoint of a thread from all others. */
export function placeOf({
  namespace = "",
  checkpoint = "",
}: {
  readonly namespace?: string | undefined;
  readonly checkpoint?: string | undefined;
}): string {
  return JSON.stringify([namespace, checkpoint]);
}

function isOfCheckpointer(event: { readonly type: string }): event is CheckpointEvent {
  return event.type.startsWith("checkpoint.");
}
