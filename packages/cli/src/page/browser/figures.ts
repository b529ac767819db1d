import type { UsageReport } from "../page-data.ts";

/** Three digits and a unit; a question mark where nobody knows. */
export function tokensText(tokens: number | null | undefined): string {
  if (tokens === null || tokens === undefined) return "?";
  if (tokens < 1_000) return String(Math.round(tokens));
  if (tokens < 999_500) return `${threeDigits(tokens / 1_000)}k`;
  return `${threeDigits(tokens / 1_000_000)}M`;
}

/** At least so many, where only snapshots of a growing number were seen. */
export function countedText(tokens: number | null | undefined, isGrowing: boolean): string {
  const text = tokensText(tokens);
  return isGrowing && text !== "?" ? `\u2265${text}` : text;
}

const threeDigits = (value: number): string => value.toFixed(value < 99.95 ? 1 : 0);

/** Fresh, read from and written to the cache together; null where none of it is known. */
export function inputOf({ input, cacheRead, cacheWrite }: UsageReport): number | null {
  const known = [input, cacheRead, cacheWrite].filter((tokens) => tokens !== null);
  return known.length === 0 ? null : known.reduce((sum, tokens) => sum + tokens, 0);
}

/** How much of the input was read from the cache, rounded down. Empty where that is nothing or unknown. */
export function cachedText(usage: UsageReport): string {
  const all = inputOf(usage);
  return all && usage.cacheRead ? `${Math.floor((usage.cacheRead / all) * 100)}%` : "";
}

/** Four decimals, because a turn costs cents; never nothing where it is something. */
export function dollarsText(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return "?";
  if (usd > 0 && usd < 0.00005) return "<$0.0001";
  return usd >= 100 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(4)}`;
}

/** Empty where one of the times is unknown. */
export function durationText(start: number | undefined, end: number | undefined): string {
  return start === undefined || end === undefined ? "" : lengthText(end - start);
}

function lengthText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.round(ms / 1_000) / 60;
  if (minutes < 60) return `${Math.floor(minutes)} m ${padded(Math.round((minutes % 1) * 60))} s`;
  const hours = Math.round(ms / 60_000) / 60;
  if (hours < 48) return `${Math.floor(hours)} h ${padded(Math.round((hours % 1) * 60))} m`;
  return `${Math.round(hours / 24)} days`;
}

const padded = (value: number): string => String(value).padStart(2, "0");

export const countText = (count: number, noun: string): string =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** Of a time of the report; undefined where it is unknown. */
export const msOf = (iso: string | null): number | undefined =>
  iso === null ? undefined : Date.parse(iso);

/** A clock time in the reader's own zone; the date stands where it is asked for. */
export function timeText(ms: number, withDate: boolean): string {
  const at = new Date(ms);
  if (Number.isNaN(at.getTime())) return "?";
  const time = `${padded(at.getHours())}:${padded(at.getMinutes())}:${padded(at.getSeconds())}`;
  const date = `${at.getFullYear()}-${padded(at.getMonth() + 1)}-${padded(at.getDate())}`;
  return withDate ? `${date} ${time}` : `${time}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}

export function sizeText(characters: number): string {
  return characters < 1_000
    ? countText(characters, "character")
    : `${tokensText(characters)} characters`;
}
