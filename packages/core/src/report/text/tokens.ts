import type { UsageReport } from "../report.ts";

/** Three digits and a unit; a question mark where nobody knows, and at least so many where only snapshots of a growing number were seen. */
export function tokensText(tokens: number | null | undefined, isGrowing: boolean = false): string {
  if (tokens === null || tokens === undefined) return "?";
  return `${isGrowing ? "\u2265" : ""}${shortCount(tokens)}`;
}

function shortCount(count: number): string {
  if (count < 1_000) return String(Math.round(count));
  if (count < 999_500) return `${threeDigits(count / 1_000)}k`;
  return `${threeDigits(count / 1_000_000)}M`;
}

const threeDigits = (value: number): string => value.toFixed(value < 99.95 ? 1 : 0);

/** Fresh, read from and written to the cache together; null where none of it is known. */
export function inputOf({ input, cacheRead, cacheWrite }: UsageReport): number | null {
  const known = [input, cacheRead, cacheWrite].filter((tokens) => tokens !== null);
  return known.length === 0 ? null : known.reduce((sum, tokens) => sum + tokens, 0);
}

/** How much of the input was read from the cache, rounded down: all of it is all of it. Empty where that is nothing or unknown. */
export function cachedText(usage: UsageReport): string {
  const all = inputOf(usage);
  return all && usage.cacheRead ? `${Math.floor((usage.cacheRead / all) * 100)}%` : "";
}

/** What was used by no call that was seen, such as `1.2k in`; empty where the calls that were seen account for everything. */
export function unattributedTexts(unattributed: UsageReport | null): readonly string[] {
  const { output = null } = unattributed ?? {};
  const input = unattributed && inputOf(unattributed);
  return [
    ...(input ? [`${tokensText(input)} in`] : []),
    ...(output ? [`${tokensText(output)} out`] : []),
  ];
}
