/** 64 unsigned bits of nanoseconds end in the year 2554. */
const latestMs = 18_446_744_073_709;

/**
 * Nanoseconds since the epoch, as OTLP's JSON writes them. The decimal digits of the milliseconds stand as they were said: multiplying would
 * lose them. Null for what is no time there.
 */
export function nanosecondsOf(ms: number): string | null {
  if (!(ms >= 0 && ms < latestMs)) return null;
  const digits = ms < 1e-6 ? "0" : String(ms);
  const point = digits.indexOf(".");
  if (point === -1) return digits === "0" ? "0" : `${digits}000000`;
  const below = digits.slice(point + 1, point + 7).padEnd(6, "0");
  return ms < 1 ? String(Number(below)) : digits.slice(0, point) + below;
}
