import type { Span } from "../run-tree/span.ts";

/** How long a span took. Null where one of its times was not read off a clock, or two clocks contradict each other. */
export function secondsOf({ startedAt, endedAt, inferred }: Span): number | null {
  return inferred.length > 0 ? null : secondsBetween(startedAt, endedAt);
}

/** From the beginning of a call until its answer began. */
export function secondsToFirstOutput({ startedAt, firstOutputAt, inferred }: Span): number | null {
  return inferred.includes("startedAt") ? null : secondsBetween(startedAt, firstOutputAt);
}

export function secondsBetween(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : (to - from) / 1_000;
}
