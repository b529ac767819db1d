import { nanosecondsOf } from "../otlp/wire/nanoseconds.ts";
import type { Span } from "../run-tree/span.ts";

/** Milliseconds since the epoch: what a batch adds came after `start`, and up to `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The time of a batch: when the last of it ended, and always later than the batch before, because who adds deltas up leaves out what is not. It
 * rests on nothing but the batch and the one before, so what is sent again has the same time, and is left out where it had arrived. `now` only
 * keeps a time from counting that is yet to come.
 */
export function stretchOf(batch: readonly Span[], before: Stretch | null, now: number): Stretch {
  const times = batch
    .flatMap(({ startedAt, endedAt }) => [startedAt, endedAt])
    .filter((at) => at !== null)
    .filter((at) => at <= now && nanosecondsOf(at) !== null);
  const latest = times.reduce<number | null>((one, other) => Math.max(one ?? other, other), null);
  if (before) return { start: before.end, end: Math.max(latest ?? now, before.end + 1) };
  const end = latest ?? now;
  const earliest = times.reduce((one, other) => Math.min(one, other), end - 1);
  return { start: Math.max(0, earliest), end };
}
