import { nanosecondsOf } from "../otlp/wire/nanoseconds.ts";
import type { Span } from "../run-tree/span.ts";

/** Milliseconds since the epoch: what a batch adds came after `start`, and up to `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** When a batch comes: after the one before; the first one after `since`, because a process before may have told of what was until then. */
export interface Place {
  readonly before: Stretch | null;
  readonly since: number;
  /** Keeps a time from counting that is yet to come, and stands for one where nothing has a time. */
  readonly now: number;
}

/**
 * The time of a batch: when the last of it ended, and always later than the batch before, because who adds deltas up leaves out what is not. It
 * rests on nothing but the batch and the one before, so what is sent again has the same time, and is left out where it had arrived.
 */
export function stretchOf(batch: readonly Span[], { before, since, now }: Place): Stretch {
  const times = batch
    .flatMap(({ startedAt, endedAt }) => [startedAt, endedAt])
    .filter((at) => at !== null)
    .filter((at) => at <= now && nanosecondsOf(at) !== null);
  const latest = times.reduce<number | null>((one, other) => Math.max(one ?? other, other), null);
  const end = Math.max(latest ?? now, (before?.end ?? since) + 1);
  if (before) return { start: before.end, end };
  const earliest = times.reduce((one, other) => Math.min(one, other), end - 1);
  return { start: Math.max(since, earliest), end };
}
