import type { CostReport, UsageReport } from "../report.ts";

/** Three digits and a unit; a question mark where nobody knows. */
export function tokensText(tokens: number | null): string {
  if (tokens === null) return "?";
  if (tokens < 1_000) return String(Math.round(tokens));
  if (tokens < 999_500) return `${threeDigits(tokens / 1_000)}k`;
  return `${threeDigits(tokens / 1_000_000)}M`;
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
  if (!all || !usage.cacheRead) return "";
  return `${Math.floor((usage.cacheRead / all) * 100)}% cached`;
}

/** Between two times of a report; a question mark where one of them is unknown. */
export function durationText(startedAt: string | null, endedAt: string | null): string {
  if (startedAt === null || endedAt === null) return "?";
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  if (ms < 1_000) return `${ms}ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${padded(seconds % 60)}s`;
  return `${Math.floor(seconds / 3_600)}h ${padded(Math.floor((seconds % 3_600) / 60))}m`;
}

const padded = (value: number): string => String(value).padStart(2, "0");

/** Cents from a dollar on, else hundredths of a cent, because a turn costs cents. What is less than that is not nothing. */
export function dollarsText(usd: number): string {
  if (usd > 0 && usd < 0.000_05) return "<$0.0001";
  return `$${usd >= 1 ? usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }) : usd.toFixed(4)}`;
}

/** By our prices; at least, where something has none; empty where nothing has one. */
export function costText({ unpriced, usd }: Pick<CostReport, "usd" | "unpriced">): string {
  if (usd === null) return "";
  return `${unpriced > 0 ? "\u2265" : ""}${dollarsText(usd)}`;
}

export const countText = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;
