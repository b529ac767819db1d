import type { Span } from "../../../../run-tree/span.ts";
import { nanosecondsOf } from "../../../wire/nanoseconds.ts";

/** When an observation is said to have been, in milliseconds: a row that lacks one time is given the other, because Langfuse has to file it somewhere. */
export interface ObservationTimes {
  readonly start: number | null;
  readonly end: number | null;
}

/** An end before its start, as two clocks may tell it, moves to the start. */
export function observationTimesOf({ startedAt, endedAt, recordedAt }: Span): ObservationTimes {
  const [start, end, recorded] = [startedAt, endedAt, recordedAt ?? null].map(timeOrNull);
  const first = start ?? end ?? recorded ?? null;
  const last = end ?? first;
  return { start: first, end: first !== null && last !== null ? Math.max(first, last) : last };
}

/** Null for what is no time on the wire. */
export const timeOrNull = (ms: number | null): number | null =>
  ms !== null && nanosecondsOf(ms) !== null ? ms : null;
