import { isRoot } from "../storage/events-table.ts";
import type { StoredObservation } from "../storage/stored.ts";

type Test = (row: StoredObservation, value: string) => boolean;

const tests: readonly (readonly [string, Test])[] = [
  ["traceId", (row, value) => row.traceId === value],
  ["sessionId", (row, value) => row.sessionId === value],
  ["userId", (row, value) => row.userId === value],
  ["type", (row, value) => row.type === value],
  ["name", (row, value) => row.name === value],
  ["level", (row, value) => row.level === value],
  ["environment", (row, value) => row.environment === value],
  ["version", (row, value) => row.version === value],
  ["parentObservationId", (row, value) => row.parentObservationId === value],
  ["isRootObservation", (row, value) => String(isRoot(row)) === value],
  ["fromStartTime", (row, value) => Date.parse(row.startTime) >= Date.parse(value)],
  ["toStartTime", (row, value) => Date.parse(row.startTime) < Date.parse(value)],
];

/** Those that a query asks for, newest first. */
export function matching(
  rows: readonly StoredObservation[],
  query: URLSearchParams,
): readonly StoredObservation[] {
  const asked = tests.flatMap(([name, test]) => {
    const value = query.get(name);
    return value === null ? [] : [(row: StoredObservation) => test(row, value)];
  });
  return rows.filter((row) => asked.every((test) => test(row))).toReversed();
}
