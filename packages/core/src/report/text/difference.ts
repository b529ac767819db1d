import { anchorsBetween } from "./anchors.ts";
import { sharedEnds } from "./shared-ends.ts";
import { type KeptRun, mostComparisons, wayBetween } from "./shortest-way.ts";

/** One step of the way from a list to another. Places count from 0; null where the item is not on that side. */
export type Edit<Item> =
  | { readonly kind: "kept"; readonly item: Item; readonly before: number; readonly after: number }
  | { readonly kind: "cut"; readonly item: Item; readonly before: number; readonly after: null }
  | { readonly kind: "added"; readonly item: Item; readonly before: null; readonly after: number };

export interface Difference<Item> {
  /** What is kept and cut is the one list, what is kept and added the other, each in its order. */
  readonly edits: readonly Edit<Item>[];
  /** False: somewhere they have so little in common that nobody looked for a shortest way, so all that lies there was cut and added. */
  readonly isCompared: boolean;
}

export interface HowToCompare<Item> {
  /** Two items are the same where their names are. Default: the item itself. */
  readonly nameOf?: (item: Item) => unknown;
  /**
   * What becomes of items that the lists have several times and not equally often, where nothing beside them tells which is which: `aligned` on a
   * shortest way, as suits the lines of a text, or `apart`, because one that is gone and one that is new are not one that stayed. Default: aligned.
   */
  readonly repeats?: "aligned" | "apart";
}

/**
 * What became of one list on the way to another, in bounded time whatever they are: first what both have once, then what stands beside that, then
 * the rest. What comes to the same is cut before it is added.
 */
export function difference<Item>(
  before: readonly Item[],
  after: readonly Item[],
  { nameOf = (item) => item, repeats = "aligned" }: HowToCompare<Item> = {},
): Difference<Item> {
  const numbers = new Map<unknown, number>();
  const numberOf = (item: Item): number => {
    const name = nameOf(item);
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  const { kept, isCompared } = keptBetween(before.map(numberOf), after.map(numberOf), repeats);
  return { edits: editsAround(kept, before, after), isCompared };
}

/** A stretch of both lists, each from a place to before another. */
interface Stretch {
  readonly before: readonly [from: number, to: number];
  readonly after: readonly [from: number, to: number];
}

function keptBetween(
  before: readonly number[],
  after: readonly number[],
  repeats: "aligned" | "apart",
): { readonly kept: readonly KeptRun[]; readonly isCompared: boolean } {
  const kept: KeptRun[] = [];
  let comparisons = 0;
  let isCompared = true;
  const keep = (left: number, right: number, count: number): void => {
    if (count > 0) kept.push({ before: left, after: right, count });
  };

  const align = (left: number, right: number, lengths: readonly [number, number]): void => {
    if (repeats === "apart" || lengths.includes(0)) return;
    const way =
      comparisons > mostComparisons
        ? null
        : wayBetween(...lengths, (one, other) => {
            comparisons += 1;
            return before[left + one] === after[right + other];
          });
    if (!way) isCompared = false;
    for (const run of way ?? []) keep(left + run.before, right + run.after, run.count);
  };

  const compare = ({ before: [left, leftEnd], after: [right, rightEnd] }: Stretch): void => {
    const [one, other] = [before.slice(left, leftEnd), after.slice(right, rightEnd)];
    const { head, tail } = sharedEnds(one, other);
    keep(left, right, head);
    const inner = [one.slice(head, one.length - tail), other.slice(head, other.length - tail)];
    const [from = [], to = []] = inner;
    const anchors = anchorsBetween(from, to);
    if (anchors.length === 0) align(left + head, right + head, [from.length, to.length]);
    else
      compareAround(anchors, {
        before: [left + head, leftEnd - tail],
        after: [right + head, rightEnd - tail],
      });
    keep(leftEnd - tail, rightEnd - tail, tail);
  };

  const compareAround = (
    anchors: ReturnType<typeof anchorsBetween>,
    { before: [left, leftEnd], after: [right, rightEnd] }: Stretch,
  ): void => {
    let [from, to] = [left, right];
    for (const anchor of anchors) {
      const [at, there] = [left + anchor.before, right + anchor.after];
      compare({ before: [from, at], after: [to, there] });
      keep(at, there, 1);
      [from, to] = [at + 1, there + 1];
    }
    compare({ before: [from, leftEnd], after: [to, rightEnd] });
  };

  compare({ before: [0, before.length], after: [0, after.length] });
  return { kept, isCompared };
}

/** What is kept, and between that what is cut and added. */
function editsAround<Item>(
  kept: readonly KeptRun[],
  before: readonly Item[],
  after: readonly Item[],
): readonly Edit<Item>[] {
  const edits: Edit<Item>[] = [];
  let [left, right] = [0, 0];
  const goTo = (run: KeptRun): void => {
    for (; left < run.before; left += 1)
      edits.push({ kind: "cut", item: before[left] as Item, before: left, after: null });
    for (; right < run.after; right += 1)
      edits.push({ kind: "added", item: after[right] as Item, before: null, after: right });
    for (const end = left + run.count; left < end; left += 1, right += 1)
      edits.push({ kind: "kept", item: before[left] as Item, before: left, after: right });
  };
  for (const run of kept) goTo(run);
  goTo({ before: before.length, after: after.length, count: 0 });
  return edits;
}
