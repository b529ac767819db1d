/** A run that both lists have: where it begins in each, and how long it is. */
export interface KeptRun {
  readonly before: number;
  readonly after: number;
  readonly count: number;
}

/** Beyond so many cuts and additions two lists have little in common. */
const mostEdits = 1_000;
/** Looking on costs their length times the number of edits; this many comparisons take well under a second. */
export const mostComparisons = 10_000_000;

/**
 * What two lists of these lengths keep on a shortest way from one to the other (Myers 1986), in order. Null: they have too little in common for
 * anybody to look for it.
 */
export function wayBetween(
  before: number,
  after: number,
  same: (left: number, right: number) => boolean,
): readonly KeptRun[] | null {
  const reaches = reachesBetween(before, after, same);
  return reaches && wayBack(before, after, reaches);
}

/** How far in the first list the best way with so many edits gets, on each diagonal (place in the first minus place in the second). */
type Reach = Int32Array;

const at = (reach: Reach, edits: number, diagonal: number): number => reach[diagonal + edits] ?? 0;

function reachesBetween(
  before: number,
  after: number,
  same: (left: number, right: number) => boolean,
): readonly Reach[] | null {
  const reaches: Reach[] = [];
  let comparisons = 0;
  for (let edits = 0; edits <= Math.min(before + after, mostEdits); edits += 1) {
    const reach: Reach = new Int32Array(2 * edits + 1);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let place = startOn(diagonal, edits, reaches);
      while (place < before && place - diagonal < after && same(place, place - diagonal)) {
        place += 1;
        comparisons += 1;
      }
      reach[diagonal + edits] = place;
      if (place >= before && place - diagonal >= after) return [...reaches, reach];
    }
    if (comparisons > mostComparisons) return null;
    reaches.push(reach);
  }
  return null;
}

/** Whether the best way to a diagonal comes down by an addition, not across by a cut. */
function isAddition(diagonal: number, edits: number, reaches: readonly Reach[]): boolean {
  if (diagonal === -edits) return true;
  const last = reaches[edits - 1];
  return (
    diagonal !== edits &&
    last !== undefined &&
    at(last, edits - 1, diagonal - 1) < at(last, edits - 1, diagonal + 1)
  );
}

function startOn(diagonal: number, edits: number, reaches: readonly Reach[]): number {
  const last = reaches[edits - 1];
  if (!last) return 0;
  return isAddition(diagonal, edits, reaches)
    ? at(last, edits - 1, diagonal + 1)
    : at(last, edits - 1, diagonal - 1) + 1;
}

function wayBack(before: number, after: number, reaches: readonly Reach[]): readonly KeptRun[] {
  const kept: KeptRun[] = [];
  let [left, right] = [before, after];
  for (let edits = reaches.length - 1; edits >= 0; edits -= 1) {
    const diagonal = left - right;
    const start = startOn(diagonal, edits, reaches);
    if (left > start) kept.push({ before: start, after: start - diagonal, count: left - start });
    [left, right] = [start, start - diagonal];
    if (edits === 0) break;
    if (isAddition(diagonal, edits, reaches)) right -= 1;
    else left -= 1;
  }
  return kept.toReversed();
}
