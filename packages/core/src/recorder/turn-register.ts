import type { SpanContext } from "../vocabulary/carrier.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { Key, SpanId, TraceId } from "../vocabulary/event.ts";
import { spanIdOf } from "../vocabulary/identity.ts";

/** A turn, as far as its activations have said where it belongs. */
export interface Turn {
  /** Of its first activation, where that is known; else of the one that was seen. */
  readonly spanId: SpanId;
  /** The activation that says this of it. */
  readonly activationSpanId: SpanId;
  /** Null: it goes on from a suspension that is not in this journal, and nobody has told the trace yet. */
  traceId: TraceId | null;
  /** The trace came from outside, and whoever began it decided not to sample it. */
  readonly isUnsampled: boolean;
  /** What its trace is called as long as nobody tells. */
  readonly untoldTraceId: TraceId;
}

/** Where a key stands. */
export interface Place {
  readonly spanId: SpanId;
  readonly session: string;
  readonly key: Key;
  /** Null as soon as its turn is known. */
  parent: Place | null;
  turn: Turn | null;
  /** It is an activation, so its turn is its own and not one above it. */
  began: boolean;
}

const rememberedKeys = 20_000;
/** Of what has ended: its late children find it for a while. */
const rememberedEnded = 5_000;

/**
 * Which turn each key belongs to, so that an opening can be stamped with its trace. Bounded: a key forgotten here is stamped without a trace,
 * and the fold over the record still finds its turn.
 */
export class TurnRegister {
  readonly #places: BoundedMap<string, Place> = new BoundedMap(rememberedKeys);
  readonly #ended: BoundedMap<string, Place> = new BoundedMap(rememberedEnded);
  /** Most often, what is told next is of the same key. */
  #last: Place | null = null;

  /** A key that nobody has opened yet has a place too: its children may come first. */
  placeOf(session: string, key: Key): Place {
    const last = this.#last;
    if (last?.key === key && last.session === session) return last;
    const name = nameOf(session, key);
    const known = this.#places.get(name) ?? this.#ended.get(name);
    return (this.#last = known ?? this.#places.set(name, newPlace(session, key)));
  }

  /** It is forgotten before what goes on. */
  end(place: Place): void {
    const name = nameOf(place.session, place.key);
    if (this.#places.get(name) !== place) return;
    this.#places.delete(name);
    this.#ended.set(name, place);
  }

  /** The turn of an activation that was told of before, or of which somebody said where it comes from. */
  activationAt(place: Place): Turn | null {
    return place.began || place.turn?.spanId === place.spanId ? place.turn : null;
  }

  begin(place: Place, turn: Turn): Turn {
    place.began = true;
    place.turn = turn;
    return turn;
  }

  hang(place: Place, session: string, parent: Key): void {
    if (place.turn === null && place.parent === null && parent !== place.key)
      place.parent = this.placeOf(session, parent);
  }

  /**
   * Null: not known yet. Work that begins in a turn whose trace nobody has told settles it: from then on it is the one derived from the
   * turn's key.
   */
  contextOf(place: Place): SpanContext | null {
    const turn = this.turnOf(place);
    if (!turn) return null;
    turn.traceId ??= turn.untoldTraceId;
    return { traceId: turn.traceId, spanId: place.spanId };
  }

  turnOf(place: Place): Turn | null {
    if (place.turn) return place.turn;
    const visited = new Set<Place>();
    let at: Place | null = place;
    while (at && at.turn === null && !visited.has(at)) {
      visited.add(at);
      at = at.parent;
    }
    const turn = at?.turn ?? null;
    if (!turn) return null;
    for (const below of visited) {
      below.turn = turn;
      below.parent = null;
    }
    return turn;
  }
}

function newPlace(session: string, key: Key): Place {
  return { spanId: spanIdOf(session, key), session, key, parent: null, turn: null, began: false };
}

function nameOf(session: string, key: Key): string {
  return `${session.length}:${session}${key}`;
}
