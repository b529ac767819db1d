import type { Usage } from "@spoor/core";
import { isRecord } from "@spoor/core";
import type { ModelAnswer } from "./answer.ts";
import type { Fields } from "../native.ts";
import { countOf, fieldsOf } from "../reading.ts";

const nothing: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/**
 * What a call used, from the first place that knows. Undefined where nobody counted. An answer from LangChain's cache used nothing,
 * though `tokenUsage` still shows what the original call did.
 */
export function usageOf(
  answer: ModelAnswer,
  call: { readonly cached: boolean; readonly provider: string | undefined },
): Usage | undefined {
  if (call.cached) return nothing;
  const usage =
    fromMessage(answer, call.provider) ??
    fromTokenUsage(answer.output["tokenUsage"]) ??
    fromProvider(answer.output["usage"]) ??
    fromProvider(answer.response["usage"]) ??
    fromTokenUsage(answer.output["estimatedTokenUsage"]);
  const oneHour = oneHourCacheOf(answer);
  return usage === undefined || oneHour === undefined ? usage : { ...usage, cacheWrite1h: oneHour };
}

interface Counts {
  /** All input, cached or not. */
  readonly prompt: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly output: number | undefined;
  readonly reasoning: number | undefined;
}

function disjoint({ prompt, cacheRead, cacheWrite, output, reasoning }: Counts): Usage | undefined {
  if (prompt === undefined && output === undefined) return undefined;
  return {
    input: prompt === undefined ? null : Math.max(0, prompt - (cacheRead ?? 0) - (cacheWrite ?? 0)),
    cacheRead: cacheRead ?? null,
    cacheWrite: cacheWrite ?? null,
    output: output ?? null,
    reasoning: reasoning ?? null,
  };
}

function fromMessage({ fields }: ModelAnswer, provider = ""): Usage | undefined {
  const usage = fieldsOf(fields["usage_metadata"]);
  const input = fieldsOf(usage["input_token_details"]);
  const details = fieldsOf(usage["output_token_details"]);
  const prompt = countOf(usage["input_tokens"]);
  const said = countOf(usage["output_tokens"]);
  const reasoning = countOf(details["reasoning"]);
  const thoughts =
    reasoning === undefined && provider.startsWith("google") ? droppedThoughts(usage) : undefined;
  return disjoint({
    prompt,
    cacheRead: countOf(input["cache_read"]),
    cacheWrite: countOf(input["cache_creation"]),
    output: said === undefined ? undefined : said + (thoughts ?? 0),
    reasoning: reasoning ?? thoughts,
  });
}

/** Gemini's integration leaves thoughts out of the output but not out of the total. */
function droppedThoughts(usage: Fields): number | undefined {
  const [input, output, total] = ["input_tokens", "output_tokens", "total_tokens"].map((name) =>
    countOf(usage[name]),
  );
  if (input === undefined || output === undefined || total === undefined) return undefined;
  return total > input + output ? total - input - output : undefined;
}

function fromTokenUsage(value: unknown): Usage | undefined {
  const usage = fieldsOf(value);
  return disjoint({
    prompt: countOf(usage["promptTokens"]),
    cacheRead: undefined,
    cacheWrite: undefined,
    output: countOf(usage["completionTokens"]),
    reasoning: undefined,
  });
}

/** As the provider's API said it. Anthropic alone counts cached input beside `input_tokens`, not in it. */
function fromProvider(value: unknown): Usage | undefined {
  const usage = fieldsOf(value);
  const input = fieldsOf(usage["prompt_tokens_details"] ?? usage["input_tokens_details"]);
  const output = fieldsOf(usage["completion_tokens_details"] ?? usage["output_tokens_details"]);
  const read = countOf(usage["cache_read_input_tokens"]);
  const write = countOf(usage["cache_creation_input_tokens"]);
  const counted = countOf(usage["prompt_tokens"]) ?? countOf(usage["input_tokens"]);
  return disjoint({
    prompt: counted === undefined ? undefined : counted + (read ?? 0) + (write ?? 0),
    cacheRead: read ?? countOf(input["cached_tokens"]),
    cacheWrite: write,
    output: countOf(usage["completion_tokens"]) ?? countOf(usage["output_tokens"]),
    reasoning: countOf(output["reasoning_tokens"]),
  });
}

function oneHourCacheOf({ output, response }: ModelAnswer): number | undefined {
  const usage = [output["usage"], response["usage"]].find(isRecord);
  return countOf(fieldsOf(usage?.["cache_creation"])["ephemeral_1h_input_tokens"]);
}
