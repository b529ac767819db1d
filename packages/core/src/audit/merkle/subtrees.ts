/** The entries from `start` up to, but without, `end`. */
export interface Subtree {
  readonly start: number;
  readonly end: number;
}

/** The greatest power of two up to `size`, which is at least 1. In numbers, because 32 bits do not hold a size. */
export function powerWithin(size: number): number {
  let power = 1;
  while (power * 2 <= size) power *= 2;
  return power;
}

/** A tree of two entries or more divides after the greatest power of two that is smaller than it. */
export function halvesOf({ start, end }: Subtree): readonly [left: Subtree, right: Subtree] {
  const middle = start + powerWithin(end - start - 1);
  return [
    { start, end: middle },
    { start: middle, end },
  ];
}

/**
 * The subtrees beside the way from an entry to the root, from its sibling up to the root's child (RFC 6962, section 2.1.1). They and the
 * entry cover the tree exactly.
 */
export function inclusionSubtrees(index: number, size: number): readonly Subtree[] {
  const beside: Subtree[] = [];
  let within: Subtree = { start: 0, end: size };
  while (within.end - within.start > 1) {
    const [left, right] = halvesOf(within);
    const toTheLeft = index < left.end;
    within = toTheLeft ? left : right;
    beside.push(toTheLeft ? right : left);
  }
  return beside.toReversed();
}

/**
 * The subtrees beside the way from the right edge of the older tree to the newer one's root (RFC 6962, section 2.1.2), both of at least one
 * entry. They cover the newer tree exactly, and those that end within the older size the older tree. The first one ends at its edge, and is
 * all of it where it is a complete tree.
 */
export function consistencySubtrees(oldSize: number, newSize: number): readonly Subtree[] {
  const beside: Subtree[] = [];
  let within: Subtree = { start: 0, end: newSize };
  while (within.end > oldSize) {
    const [left, right] = halvesOf(within);
    const toTheLeft = oldSize <= left.end;
    within = toTheLeft ? left : right;
    beside.push(toTheLeft ? right : left);
  }
  return [within, ...beside.toReversed()];
}
