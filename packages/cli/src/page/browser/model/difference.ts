/** One step from a list to another. */
export interface Change<Item> {
  readonly kind: "kept" | "cut" | "added";
  readonly item: Item;
}

/** Beyond so many pairs in the middle, what lies between the common ends is cut and added as a whole. */
const mostPairs = 4_000_000;

/** What has to be cut and added to get from one list to another: the longest common subsequence stays. */
export function difference<Item>(
  before: readonly Item[],
  after: readonly Item[],
): readonly Change<Item>[] {
  const head = commonEnd(before, after, (list, index) => list[index]);
  const [left, right] = [before.slice(head), after.slice(head)];
  const tail = commonEnd(left, right, (list, index) => list[list.length - 1 - index]);
  const kept = (item: Item): Change<Item> => ({ kind: "kept", item });
  return [
    ...before.slice(0, head).map(kept),
    ...middle(left.slice(0, left.length - tail), right.slice(0, right.length - tail)),
    ...left.slice(left.length - tail).map(kept),
  ];
}

function commonEnd<Item>(
  left: readonly Item[],
  right: readonly Item[],
  at: (list: readonly Item[], index: number) => Item | undefined,
): number {
  const shorter = Math.min(left.length, right.length);
  let length = 0;
  while (length < shorter && at(left, length) === at(right, length)) length += 1;
  return length;
}

function middle<Item>(before: readonly Item[], after: readonly Item[]): readonly Change<Item>[] {
  const cut = (item: Item): Change<Item> => ({ kind: "cut", item });
  const added = (item: Item): Change<Item> => ({ kind: "added", item });
  if (before.length * after.length > mostPairs) return [...before.map(cut), ...after.map(added)];
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const changes: Change<Item>[] = [];
  let [row, column] = [0, 0];
  while (row < before.length && column < after.length) {
    const [old, fresh] = [before[row] as Item, after[column] as Item];
    const ifCut = common[(row + 1) * width + column] ?? 0;
    const ifAdded = common[row * width + column + 1] ?? 0;
    if (old === fresh) changes.push({ kind: "kept", item: old });
    else changes.push(ifCut >= ifAdded ? cut(old) : added(fresh));
    const isCut = changes.at(-1)?.kind === "cut";
    if (old === fresh || isCut) row += 1;
    if (old === fresh || !isCut) column += 1;
  }
  return [...changes, ...before.slice(row).map(cut), ...after.slice(column).map(added)];
}

/** How much two ends of the lists have in common, from each pair of places on. */
function commonLengths<Item>(before: readonly Item[], after: readonly Item[]): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        before[row] === after[column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(
              lengths[(row + 1) * width + column] ?? 0,
              lengths[row * width + column + 1] ?? 0,
            );
  return lengths;
}
