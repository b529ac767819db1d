import type { Format } from "./number.ts";

/** OpenMetrics where a scrape asks for it, and not less than for the text format; `accept` is its header. */
export function formatFor(accept: string = ""): Format {
  const ranges = accept.toLowerCase().split(",");
  const openmetrics = weightOf("application/openmetrics-text", ranges);
  return openmetrics > 0 && openmetrics >= weightOf("text/plain", ranges) ? "openmetrics" : "text";
}

/** From 0 to 1, as HTTP weighs what it would accept; without a weight it is 1. */
function weightOf(type: string, ranges: readonly string[]): number {
  const weights = ranges
    .map((range) => range.split(";").map((part) => part.trim()))
    .filter(([wanted]) => wanted === type)
    .map((parts) => Number(parts.find((part) => part.startsWith("q="))?.slice(2) ?? 1));
  return Math.max(0, ...weights.filter(Number.isFinite));
}
