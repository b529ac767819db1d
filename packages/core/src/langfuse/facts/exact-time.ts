/** Longer ago, or further ahead, than any date can say. */
const furthestMs = 8.64e15;

/** A time as it is, where Langfuse, which keeps whole milliseconds, would lose some of it. Null: it loses nothing, or there is none. */
export function millisecondsLost(ms: number | null): number | null {
  return ms === null || (Number.isInteger(ms) && Math.abs(ms) <= furthestMs) ? null : ms;
}
