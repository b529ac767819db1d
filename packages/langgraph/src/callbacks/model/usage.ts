import type { Usage } from "@spoor/core";
import type { ModelAnswer } from "./answer.ts";
import { cameInEvents, cameInPieces, rawUsageOf } from "./answer.ts";
import type { Arrival } from "./arrival.ts";
import type { Counts } from "./counts.ts";
import {
  countsOfMetadata,
  countsOfProvider,
  countsOfTokenUsage,
  detailedBy,
  disjoint,
} from "./counts.ts";
import { countOf, fieldsOf } from "../reading.ts";

/** What decides how an answer's counts are to be read, besides the answer. */
export interface CountedCall {
  readonly cached: boolean;
  readonly provider: string | undefined;
  readonly arrival?: Arrival | undefined;
}

const nothing: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/**
 * What a call used, as its provider counted it, also where LangChain's sums say something else. Undefined where nobody counted. An answer
 * from LangChain's cache used nothing, though `tokenUsage` still shows what the original call did.
 */
export function usageOf(answer: ModelAnswer, call: CountedCall): Usage | undefined {
  if (call.cached) return nothing;
  const usage = disjoint(countsOf(answer, call));
  const oneHour = oneHourCacheOf(answer);
  return usage === undefined || oneHour === undefined ? usage : { ...usage, cacheWrite1h: oneHour };
}

function countsOf(answer: ModelAnswer, { provider = "", arrival }: CountedCall): Counts {
  if (provider === "anthropic") return countedByAnthropic(answer, arrival);
  if (provider.startsWith("google")) return countedByGoogle(answer);
  return countedAnywhere(answer);
}

const isCounted = ({ prompt, output }: Counts): boolean =>
  prompt !== undefined || output !== undefined;

/** The first place that knows; details that it leaves out, from what the provider itself said. */
function countedAnywhere({ fields, output, response }: ModelAnswer): Counts {
  const raw = [output["usage"], response["usage"]].map(countsOfProvider);
  const places = [
    countsOfMetadata(fields["usage_metadata"]),
    countsOfTokenUsage(output["tokenUsage"]),
    ...raw,
    countsOfTokenUsage(output["estimatedTokenUsage"]),
  ];
  return raw.reduce(detailedBy, places.find(isCounted) ?? countsOfMetadata(undefined));
}

/**
 * Each event of Anthropic's stream counts all output so far, and LangChain adds the events up: 51 for 50. So the greatest of them is
 * right. Where none was seen, how much is too much is not known, and so the output is not.
 */
function countedByAnthropic(answer: ModelAnswer, arrival: Arrival | undefined): Counts {
  const raw = countsOfProvider(rawUsageOf(answer));
  if (raw.prompt !== undefined && raw.output !== undefined) return raw;
  if (arrival?.greatest !== undefined) return arrival.greatest;
  const counts = countedAnywhere(answer);
  const isStreamed = arrival !== undefined || cameInPieces(answer) || cameInEvents(answer);
  return isStreamed ? { ...counts, output: undefined } : counts;
}

/**
 * Gemini's integration leaves thoughts out of the output but not out of the total (nor what Google's own tools read: that cannot be told
 * apart). It leaves a count of cached input out where that is zero; in a stream it adds up the same count once a piece, and tells no
 * callback how often, so there it is not known, and neither is what of the prompt was not read from the cache.
 */
function countedByGoogle(answer: ModelAnswer): Counts {
  const counts = countedAnywhere(answer);
  const { prompt, output, total } = counts;
  if (prompt === undefined || output === undefined) return counts;
  const cached = counts.cacheRead ?? 0;
  const isSplit = cached === 0 || !cameInPieces(answer);
  const split = isSplit
    ? { ...counts, cacheRead: cached }
    : { ...counts, prompt: undefined, cacheRead: undefined };
  if (split.reasoning !== undefined || total === undefined) return split;
  const thoughts = Math.max(0, total - prompt - output);
  return { ...split, output: output + thoughts, reasoning: thoughts };
}

function oneHourCacheOf(answer: ModelAnswer): number | undefined {
  return countOf(fieldsOf(rawUsageOf(answer)["cache_creation"])["ephemeral_1h_input_tokens"]);
}
