import type { Span } from "../../run-tree/span.ts";
import { nanosecondsOf } from "../wire/nanoseconds.ts";

type TimeName = Span["inferred"][number];

/** When a span is said to have been. Null only where nobody knows when it was, nor when it was recorded. */
export interface SpanTimes {
  readonly start: string | null;
  readonly end: string | null;
  readonly inferred: readonly TimeName[];
  /** Stand where the other time stands, or at the first word of the span: OTLP has no word for a time that nobody knows, and reads none as 1970. */
  readonly unknown: readonly TimeName[];
}

/** An end before its start, as two clocks may tell it, moves to the start and counts as inferred: backends underflow on less than nothing. */
export function timesOf({ startedAt, endedAt, recordedAt, inferred }: Span): SpanTimes {
  const start = startedAt === null ? null : nanosecondsOf(startedAt);
  const end = endedAt === null ? null : nanosecondsOf(endedAt);
  const recorded = recordedAt === undefined ? null : nanosecondsOf(recordedAt);
  const unknown: readonly TimeName[] = [
    ...(start === null ? (["startedAt"] as const) : []),
    ...(end === null ? (["endedAt"] as const) : []),
  ];
  const isReversed = start !== null && end !== null && Number(endedAt) < Number(startedAt);
  return {
    start: start ?? end ?? recorded,
    end: isReversed ? start : (end ?? start ?? recorded),
    inferred: [
      ...new Set<TimeName>([...inferred, ...(isReversed ? (["endedAt"] as const) : [])]),
    ].filter((name) => !unknown.includes(name)),
    unknown,
  };
}
