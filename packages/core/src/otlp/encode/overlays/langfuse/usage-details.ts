import type { Usage } from "../../../../vocabulary/usage.ts";
import { countsOf } from "../counts.ts";

/** Models for which Langfuse has a price of reasoning by itself; for all others what has a bucket of its own would be free. */
const reasoningPriced = /(?:^|[/.])(?:o[1-9]|gpt-[5-9]|gemini-(?:2\.5|[3-9]))/;

/**
 * Tokens in buckets of which no two share one, under names that Langfuse's price lists have, because it adds them up and takes a name without a price
 * for free. Null where nobody counted anything.
 */
export function usageDetailsOf(
  usage: Usage,
  model: string | null,
): Readonly<Record<string, number>> | null {
  const counts = countsOf(usage);
  if (counts === null) return null;
  const { input, cacheRead, output, reasoning, total } = counts;
  const isReasoningApart =
    output !== null && reasoning !== null && reasoning <= output && isPricedApart(model);
  const buckets = {
    input,
    input_cached_tokens: cacheRead,
    ...cacheWriteDetails(usage),
    output: isReasoningApart ? output - reasoning : output,
    output_reasoning_tokens: isReasoningApart ? reasoning : null,
    total: total !== null && Number.isSafeInteger(total) ? total : null,
  };
  const known = Object.entries(buckets).filter(
    (bucket): bucket is [string, number] => bucket[1] !== null,
  );
  return known.length === 0 ? null : Object.fromEntries(known);
}

const isPricedApart = (model: string | null): boolean =>
  model !== null && reasoningPriced.test(model.toLowerCase());

/** What is kept for an hour costs more than what is kept for minutes. */
function cacheWriteDetails(usage: Usage): Readonly<Record<string, number | null>> {
  const written = countsOf(usage)?.cacheWrite ?? null;
  const { cacheWrite1h: hour } = usage;
  const isSplit = written !== null && Number.isSafeInteger(hour) && hour !== undefined;
  return isSplit && hour >= 0 && hour <= written
    ? { input_cache_creation_5m: written - hour, input_cache_creation_1h: hour }
    : { input_cache_creation: written };
}
