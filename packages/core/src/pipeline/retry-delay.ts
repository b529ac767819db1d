const firstMs = 250;
const longestMs = 30_000;
const longestAskedMs = 10 * 60_000;

/** Doubles with each attempt, up to half a minute, and spreads over the upper half so that many processes do not come at once. */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return ceiling / 2 + random() * (ceiling / 2);
}

/** What a destination asks for: never sooner than it would be without its word, and never later than in ten minutes. */
export function askedDelayMs(askedMs: number | null, ownMs: number): number {
  return askedMs !== null && askedMs > ownMs ? Math.min(askedMs, longestAskedMs) : ownMs;
}
