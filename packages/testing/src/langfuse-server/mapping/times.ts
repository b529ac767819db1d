/** In milliseconds, as ISO 8601: what lies below one is cut off, so siblings within one lose their order. */
export interface Times {
  readonly startTime: string;
  readonly endTime: string;
}

/** A time that is missing or no time is the other one; where both are, the server says when it read the span. */
export function timesOf(start: unknown, end: unknown, now: number): Times {
  const known = { start: timeOf(start), end: timeOf(end) };
  const arrived = new Date(now).toISOString();
  return {
    startTime: known.start ?? known.end ?? arrived,
    endTime: known.end ?? known.start ?? arrived,
  };
}

function timeOf(nanoseconds: unknown): string | null {
  try {
    if (typeof nanoseconds === "number") return new Date(nanoseconds / 1e6).toISOString();
    if (typeof nanoseconds !== "string" || nanoseconds.trim() === "") return null;
    return new Date(Number(BigInt(nanoseconds) / 1_000_000n)).toISOString();
  } catch {
    return null;
  }
}

/** When the first piece of an answer arrived. What is no date is as if it had not been said. */
export function firstOutputTime(value: unknown): string | null {
  if (isDate(value)) return value;
  try {
    const inner: unknown = JSON.parse(String(value));
    return isDate(inner) ? inner : null;
  } catch {
    return null;
  }
}

const isDate = (value: unknown): value is string =>
  typeof value === "string" && !Number.isNaN(new Date(value).getTime());
