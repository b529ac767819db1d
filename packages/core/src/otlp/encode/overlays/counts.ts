import { type Usage, usageBuckets } from "../../../vocabulary/usage.ts";

/** Whole numbers that were counted, in the three forms that products ask for. Null is unknown. */
export interface Counts {
  /** With what was read from and written to a cache. */
  readonly allInput: number | null;
  readonly output: number | null;
  readonly total: number | null;
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly reasoning: number | null;
}

export function countsOf(usage: Usage | null): Counts | null {
  if (usage === null) return null;
  const [input, cacheRead, cacheWrite, output, reasoning] = usageBuckets.map((bucket) =>
    counted(usage[bucket]),
  ) as [number | null, number | null, number | null, number | null, number | null];
  const allInput = input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0);
  const total = allInput === null || output === null ? null : allInput + output;
  return { allInput, output, total, input, cacheRead, cacheWrite, reasoning };
}

const counted = (tokens: number | null): number | null =>
  tokens !== null && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : null;
