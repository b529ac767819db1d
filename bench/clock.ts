import { performance } from "node:perf_hooks";
import { median } from "./statistics.ts";

export interface Stopwatch {
  /** Milliseconds by the clock. */
  elapsed(): number;
  /** Milliseconds of processor time, of all threads: what others do on the machine is not in it, the collector and the compiler are. */
  spent(): number;
}

export function stopwatch(): Stopwatch {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  return {
    elapsed: () => performance.now() - startedAt,
    spent: () => {
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    },
  };
}

/** One block of what is timed side by side: does it, and says how many items that were. */
export type Body = (block: number) => number;

/** A body that does the same with each item of a block. */
export const forEach =
  <Item>(blocks: readonly (readonly Item[])[], each: (item: Item) => unknown): Body =>
  (block) => {
    const items = blocks[block] ?? [];
    for (const item of items) each(item);
    return items.length;
  };

/**
 * Microseconds of processor time an item: the median over blocks, the first third of them left out as warm-up. Block by block side by side,
 * so that all share the same state of compiler, collector and machine, and a difference between two of them means something.
 */
export function sideBySide<Name extends string>(
  blocks: number,
  bodies: Readonly<Record<Name, Body>>,
): Readonly<Record<Name, number>> {
  const named = Object.entries<Body>(bodies);
  const times = named.map((): number[] => []);
  for (let block = 0; block < blocks; block += 1) {
    for (const [index, [, body]] of named.entries()) {
      const watch = stopwatch();
      const items = body(block);
      if (block >= blocks / 3) times[index]?.push((watch.spent() * 1_000) / items);
    }
  }
  return Object.fromEntries(
    named.map(([name], index) => [name, median(times[index] ?? [])]),
  ) as Record<Name, number>;
}

/** Milliseconds since the epoch, as fine as the clock is: what the observer stamps events with. */
export const now = (): number => performance.timeOrigin + performance.now();
