import { isRecord } from "../../../vocabulary/json.ts";
import type { Usage } from "../../../vocabulary/usage.ts";
import { numberOf, objectIn, type Row, rowOf } from "../row.ts";

export interface CallUsage {
  readonly usage: Usage;
  /** False where Langfuse counted the text itself. */
  readonly final: boolean;
  readonly reportedUsd?: number;
}

type Bucket = Exclude<keyof Usage, "cacheWrite1h">;

/** Under which names integrations send tokens. Of what is told by several, no two hold the same tokens. */
const buckets: readonly (readonly [RegExp, readonly Bucket[]])[] = [
  [/^total|_total$/, []],
  [/cache_?creation|cache_?write/i, ["cacheWrite"]],
  [/cache/i, ["cacheRead"]],
  [/reasoning|thought/i, ["output", "reasoning"]],
  [/^(?:output|completion)/i, ["output"]],
  [/^(?:input|prompt)/i, ["input"]],
];

/** Tokens of a call, and what Langfuse says it cost. Null: nobody counted, and nothing is known of either. */
export function usageOf(row: Row): CallUsage | null {
  const details = detailsOf(row);
  const usd = usdOf(row);
  if (details === null && usd === null) return null;
  return {
    usage: inBuckets(details ?? {}),
    final: !isGuessed(row),
    ...(usd === null ? {} : { reportedUsd: usd }),
  };
}

/** Older servers give three figures, which are zero where nobody counted. */
function detailsOf(row: Row): Row | null {
  const details = objectIn(row["usageDetails"]);
  if (Object.keys(details).length > 0) return details;
  const { unit, ...usage } = rowOf(row["usage"]);
  const isTokens = unit === undefined || unit === null || unit === "TOKENS";
  return isTokens && Object.values(usage).some((count) => Number(count) > 0) ? usage : null;
}

function inBuckets(details: Row): Usage {
  const sums: Partial<Record<Bucket | "cacheWrite1h", number>> = {};
  for (const [name, given] of Object.entries(details)) {
    const tokens = numberOf(given);
    if (tokens === null) continue;
    const [, into = []] = buckets.find(([pattern]) => pattern.test(name)) ?? [];
    for (const bucket of into) sums[bucket] = (sums[bucket] ?? 0) + tokens;
    if (into.includes("cacheWrite") && /1h/.test(name))
      sums.cacheWrite1h = (sums.cacheWrite1h ?? 0) + tokens;
  }
  const {
    input = null,
    cacheRead = null,
    cacheWrite = null,
    output = null,
    reasoning = null,
  } = sums;
  const { cacheWrite1h } = sums;
  return {
    input,
    cacheRead,
    cacheWrite,
    ...(cacheWrite1h === undefined ? {} : { cacheWrite1h }),
    output,
    reasoning,
  };
}

/** A download says what the application had given beside what the server made of it. */
function isGuessed(row: Row): boolean {
  const provided = row["providedUsageDetails"];
  return isRecord(provided) && Object.keys(provided).length === 0;
}

function usdOf(row: Row): number | null {
  const provided = row["providedCostDetails"];
  const details =
    isRecord(provided) && Object.keys(provided).length > 0
      ? provided
      : objectIn(row["costDetails"]);
  return numberOf(details["total"]);
}
