/** A pair of places, one in each of two lists, whose items are the same one. */
export interface Anchor {
  readonly before: number;
  readonly after: number;
}

/**
 * What two lists surely share: items that each of them has once, or, where there are none, as often as the other; of those the most that stand in the
 * same order in both. Empty: nothing tells which of several alike is which.
 */
export function anchorsBetween(
  before: readonly number[],
  after: readonly number[],
): readonly Anchor[] {
  const [left, right] = [placesIn(before), placesIn(after)];
  const pairs = [...left].flatMap(([item, places]): readonly Anchor[] => {
    const others = right.get(item);
    if (others?.length !== places.length) return [];
    return places.map((place, nth) => ({ before: place, after: others[nth] ?? 0 }));
  });
  const unique = pairs.filter(({ before: place }) => left.get(before[place] ?? -1)?.length === 1);
  return inOneOrder(unique.length > 0 ? unique : pairs);
}

function placesIn(list: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [place, item] of list.entries()) {
    const known = places.get(item);
    if (known) known.push(place);
    else places.set(item, [place]);
  }
  return places;
}

/** The longest series of them that goes forward in both lists. */
function inOneOrder(pairs: readonly Anchor[]): readonly Anchor[] {
  const sorted = pairs.toSorted((left, right) => left.before - right.before);
  /** Of the series of each length, the one whose last item comes first. */
  const ends: Series[] = [];
  for (const anchor of sorted) {
    const length = lengthBelow(ends, anchor.after);
    ends[length] = { anchor, earlier: ends[length - 1] ?? null };
  }
  const series: Anchor[] = [];
  for (let end = ends.at(-1) ?? null; end; end = end.earlier) series.push(end.anchor);
  return series.toReversed();
}

interface Series {
  readonly anchor: Anchor;
  readonly earlier: Series | null;
}

/** How long the longest series is that ends before a place of the second list. */
function lengthBelow(ends: readonly Series[], place: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle]?.anchor.after ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
