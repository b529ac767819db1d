import type { StoredObservation } from "./stored.ts";

/** As a tree is read: by the time of the start, then by trace and by id. */
export function inOrder(rows: readonly StoredObservation[]): readonly StoredObservation[] {
  return rows.toSorted((a, b) => compared(placeOf(a), placeOf(b)));
}

const placeOf = ({ startTime, traceId, id }: StoredObservation): string =>
  `${startTime} ${traceId} ${id}`;

export function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
