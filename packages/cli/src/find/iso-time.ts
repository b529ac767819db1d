const furthest = 8.64e15;

/** ISO 8601 in UTC with milliseconds; null where the time is unknown or beyond what a date can say. */
export function isoTime(ms: number | null): string | null {
  return ms !== null && Math.abs(ms) <= furthest ? new Date(ms).toISOString() : null;
}
