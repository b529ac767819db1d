/** Where something wants to be, and how much it insists. */
export interface Wish {
  readonly wanted: number;
  readonly weight: number;
}

/**
 * Places in the given order, each as far from the one before as it has to be (`distances`, one less than there are wishes), and all together as near
 * to what was wanted as possible: the least sum of squares, by pooling those that push each other.
 */
export function apart(wishes: readonly Wish[], distances: readonly number[]): readonly number[] {
  let offset = 0;
  const pools: Pool[] = [];
  const offsets = wishes.map(({ wanted, weight }, index) => {
    offset += index === 0 ? 0 : (distances[index - 1] ?? 0);
    pools.push({ sum: (wanted - offset) * weight, weight, count: 1 });
    mergePushing(pools);
    return offset;
  });
  return pools
    .flatMap((pool) => Array.from({ length: pool.count }, () => meanOf(pool)))
    .map((place, index) => place + (offsets[index] ?? 0));
}

/** Those that stand as close as they may. */
interface Pool {
  readonly sum: number;
  readonly weight: number;
  readonly count: number;
}

const meanOf = ({ sum, weight }: Pool): number => sum / weight;

function mergePushing(pools: Pool[]): void {
  for (;;) {
    const last = pools.at(-1);
    const before = pools.at(-2);
    if (!before || !last || meanOf(before) <= meanOf(last)) return;
    pools.splice(-2, 2, {
      sum: before.sum + last.sum,
      weight: before.weight + last.weight,
      count: before.count + last.count,
    });
  }
}
