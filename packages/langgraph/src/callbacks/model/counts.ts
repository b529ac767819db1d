import type { Usage } from "@spoor/core";
import { countOf, fieldsOf } from "../reading.ts";

/** Tokens as providers and LangChain count them: what was read from a cache or written to it is in `prompt` too. */
export interface Counts {
  readonly prompt: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly output: number | undefined;
  readonly reasoning: number | undefined;
  readonly total: number | undefined;
}

/** Undefined where nobody counted anything. */
export function disjoint(counts: Counts): Usage | undefined {
  const { prompt, cacheRead, cacheWrite, output, reasoning } = counts;
  if (prompt === undefined && output === undefined) return undefined;
  return {
    input: prompt === undefined ? null : Math.max(0, prompt - (cacheRead ?? 0) - (cacheWrite ?? 0)),
    cacheRead: cacheRead ?? null,
    cacheWrite: cacheWrite ?? null,
    output: output ?? null,
    reasoning: reasoning ?? null,
  };
}

/** `usage_metadata`: LangChain's own form, which its integrations fill in. */
export function countsOfMetadata(value: unknown): Counts {
  const usage = fieldsOf(value);
  const input = fieldsOf(usage["input_token_details"]);
  return {
    prompt: countOf(usage["input_tokens"]),
    cacheRead: countOf(input["cache_read"]),
    cacheWrite: countOf(input["cache_creation"]),
    output: countOf(usage["output_tokens"]),
    reasoning: countOf(fieldsOf(usage["output_token_details"])["reasoning"]),
    total: countOf(usage["total_tokens"]),
  };
}

/** `tokenUsage`: LangChain's older form, which knows no caches. */
export function countsOfTokenUsage(value: unknown): Counts {
  const usage = fieldsOf(value);
  return {
    prompt: countOf(usage["promptTokens"]),
    cacheRead: undefined,
    cacheWrite: undefined,
    output: countOf(usage["completionTokens"]),
    reasoning: undefined,
    total: countOf(usage["totalTokens"]),
  };
}

/** As the provider's API said it. Anthropic alone counts cached input beside `input_tokens`, not in it. */
export function countsOfProvider(value: unknown): Counts {
  const usage = fieldsOf(value);
  const input = fieldsOf(usage["prompt_tokens_details"] ?? usage["input_tokens_details"]);
  const output = fieldsOf(usage["completion_tokens_details"] ?? usage["output_tokens_details"]);
  const read = countOf(usage["cache_read_input_tokens"]);
  const write = countOf(usage["cache_creation_input_tokens"]);
  const counted = countOf(usage["prompt_tokens"]) ?? countOf(usage["input_tokens"]);
  return {
    prompt: counted === undefined ? undefined : counted + (read ?? 0) + (write ?? 0),
    cacheRead: read ?? countOf(input["cached_tokens"]),
    cacheWrite: write,
    output: countOf(usage["completion_tokens"]) ?? countOf(usage["output_tokens"]),
    reasoning: countOf(output["reasoning_tokens"]),
    total: countOf(usage["total_tokens"]),
  };
}

/** The same call, counted with more detail elsewhere. Where the two do not agree on the whole, the details are of something else. */
export function detailedBy(counts: Counts, other: Counts): Counts {
  if (counts.prompt !== other.prompt || counts.output !== other.output) return counts;
  return {
    ...counts,
    cacheRead: counts.cacheRead ?? other.cacheRead,
    cacheWrite: counts.cacheWrite ?? other.cacheWrite,
    reasoning: counts.reasoning ?? other.reasoning,
  };
}

const names = ["prompt", "cacheRead", "cacheWrite", "output", "reasoning", "total"] as const;

const combined = (left: Counts, right: Counts, both: (a: number, b: number) => number): Counts => {
  const count = (name: keyof Counts) => {
    const [a, b] = [left[name], right[name]];
    return a === undefined ? b : b === undefined ? a : both(a, b);
  };
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<
    keyof Counts,
    number | undefined
  >;
};

export const greaterCounts = (left: Counts, right: Counts): Counts =>
  combined(left, right, Math.max);

/** What was counted between two readings of one counter. */
export const countsBetween = (earlier: Counts, later: Counts): Counts =>
  combined(later, earlier, (now, before) => now - before);
