import { type KeptRun, wayBetween } from "./shortest-way.ts";

/** One step of the way from a list to another. Places count from 0; null where the item is not on that side. */
export type Edit<Item> =
  | { readonly kind: "kept"; readonly item: Item; readonly before: number; readonly after: number }
  | { readonly kind: "cut"; readonly item: Item; readonly before: number; readonly after: null }
  | { readonly kind: "added"; readonly item: Item; readonly before: null; readonly after: number };

export interface Difference<Item> {
  /** What is kept and cut is the one list, what is kept and added the other, each in its order. */
  readonly edits: readonly Edit<Item>[];
  /** False: they have so little in common that nobody looked for a shortest way; all between what they share at both ends was cut and added. */
  readonly isShortest: boolean;
}

/** What became of one list on the way to another, in bounded time whatever they are; what comes to the same is cut before it is added. */
export function difference<Item>(
  before: readonly Item[],
  after: readonly Item[],
  same: (left: Item, right: Item) => boolean = Object.is,
): Difference<Item> {
  const isSame = (left: number, right: number): boolean =>
    same(before[left] as Item, after[right] as Item);
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && isSame(head, head)) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(before.length - 1 - tail, after.length - 1 - tail)) tail += 1;

  const [left, right] = [before.length - head - tail, after.length - head - tail];
  const way = wayBetween(left, right, (one, other) => isSame(head + one, head + other));
  const inner = (way ?? []).map((run) => ({
    before: head + run.before,
    after: head + run.after,
    count: run.count,
  }));
  const kept: readonly KeptRun[] = [
    { before: 0, after: 0, count: head },
    ...inner,
    { before: before.length - tail, after: after.length - tail, count: tail },
  ];
  return { edits: editsAround(kept, before, after), isShortest: way !== null };
}

/** What is kept, and between that what is cut and added. */
function editsAround<Item>(
  kept: readonly KeptRun[],
  before: readonly Item[],
  after: readonly Item[],
): readonly Edit<Item>[] {
  const edits: Edit<Item>[] = [];
  let [left, right] = [0, 0];
  for (const run of kept) {
    for (; left < run.before; left += 1)
      edits.push({ kind: "cut", item: before[left] as Item, before: left, after: null });
    for (; right < run.after; right += 1)
      edits.push({ kind: "added", item: after[right] as Item, before: null, after: right });
    for (const end = left + run.count; left < end; left += 1, right += 1)
      edits.push({ kind: "kept", item: before[left] as Item, before: left, after: right });
  }
  return edits;
}
