import type { StoredSpan } from "../store/spans.ts";

export type Order = "newest" | "oldest";

/** A session, and the first and the last time that is told of it. */
export interface SessionExtent {
  readonly id: number;
  readonly first: number | null;
  readonly last: number | null;
}

/**
 * The spans of some sessions as one stream. `spansOf`: those of one session, in that order, with times that are known. A session is opened when its turn
 * comes: who wants the newest of very many looks at the last few.
 */
export function* merged(
  sessions: readonly SessionExtent[],
  order: Order,
  spansOf: (session: SessionExtent) => Iterable<StoredSpan>,
): Iterable<StoredSpan> {
  const placeOf = (time: number | null): number =>
    time === null ? Infinity : order === "newest" ? -time : time;
  const edgeOf = ({ first, last }: SessionExtent): number =>
    placeOf(order === "newest" ? last : first);
  const waiting = sessions.toSorted(byPlace(edgeOf));
  const streams: Stream[] = [];
  for (let opened = 0; ;) {
    const [nearest] = streams.toSorted(byPlace(({ next }) => placeOf(next.at)));
    const session = waiting[opened];
    if (session && (!nearest || edgeOf(session) <= placeOf(nearest.next.at))) {
      opened += 1;
      const stream = streamOf(spansOf(session));
      if (stream) streams.push(stream);
    } else if (nearest) {
      yield nearest.next;
      if (!nearest.advance()) streams.splice(streams.indexOf(nearest), 1);
    } else return;
  }
}

interface Stream {
  next: StoredSpan;
  /** False: there is no other one. */
  advance(): boolean;
}

/** Null: there is nothing in it. */
function streamOf(spans: Iterable<StoredSpan>): Stream | null {
  const rest = spans[Symbol.iterator]();
  const { value, done } = rest.next();
  if (done) return null;
  const stream: Stream = {
    next: value,
    advance() {
      const following = rest.next();
      if (!following.done) stream.next = following.value;
      return !following.done;
    },
  };
  return stream;
}

function byPlace<Item>(placeOf: (item: Item) => number): (left: Item, right: Item) => number {
  return (left, right) => {
    const [one, other] = [placeOf(left), placeOf(right)];
    return one === other ? 0 : one - other;
  };
}
