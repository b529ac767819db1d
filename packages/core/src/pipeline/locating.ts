import type { Whereabouts } from "../run-tree/whereabouts.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { AgentEvent, EventId, SpanId } from "../vocabulary/event.ts";
import { isClosing, isOpening } from "../vocabulary/event-kind.ts";

/** Where an event of a batch stands. */
export interface Location extends Whereabouts {
  /** Of a beginning or an end: another witness has told of it already. */
  readonly isToldAgain: boolean;
}

/** An event on its way, and where it stood when it was read: so it says the same when its batch comes again. */
export interface LocatedEvent {
  readonly event: AgentEvent;
  readonly location: Location;
}

interface Known {
  readonly whereabouts: Whereabouts;
  readonly opening: EventId | null;
  readonly closing: EventId | null;
}

const rememberedSpans = 20_000;

/** Remembers of spans what is asked of events that come when the run tree has let them go: a late score, the end that another witness tells. */
export class Locating {
  readonly #known: BoundedMap<SpanId, Known> = new BoundedMap(rememberedSpans);

  /** `whereabouts`: what is known of it apart from that. */
  locate(event: AgentEvent, whereabouts: Whereabouts): LocatedEvent {
    const spanId = whereabouts.span?.spanId ?? event.spanId;
    if (spanId === null) return { event, location: { ...whereabouts, isToldAgain: false } };
    const known = this.#known.get(spanId);
    const best = whereabouts.span || !known ? whereabouts : known.whereabouts;
    const opening = known?.opening ?? (isOpening(event) ? event.id : null);
    const closing = known?.closing ?? (isClosing(event) ? event.id : null);
    if (isOpening(event) || isClosing(event))
      this.#known.set(spanId, { whereabouts: best, opening, closing });
    const isToldAgain =
      (isOpening(event) && opening !== event.id) || (isClosing(event) && closing !== event.id);
    return { event, location: { ...best, isToldAgain } };
  }
}
