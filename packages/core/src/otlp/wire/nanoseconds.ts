/** 64 unsigned bits of nanoseconds end in the year 2554. */
const latestMs = 18_446_744_073_709;

/**
 * Nanoseconds since the epoch, as OTLP's JSON writes them. The decimal digits of the milliseconds stand as they were said: multiplying would
 * lose them. Null for what is no time there.
 */
export function nanosecondsOf(ms: number): string | null {
  if (!(ms >= 0 && ms < latestMs)) return null;
  const [whole = "0", fraction = ""] = (ms < 1e-6 ? "0" : String(ms)).split(".");
  return BigInt(whole + fraction.padEnd(6, "0").slice(0, 6)).toString();
}
