import type { Usage } from "@spoor/core";
import { countOf, type Fields, fieldsOf } from "../messages/narrow.ts";

const count = (value: unknown): number | null => countOf(value) ?? null;

/**
 * What a logged call used, in disjoint buckets. A provider of OpenAI's kind counts cached tokens into the prompt, Anthropic beside it. Null
 * where the line says 0/0: that is what a stream without usage says, and an answered call never has no prompt.
 */
export function usageOfCall(line: Fields): Usage | null {
  const [prompt, output] = [countOf(line["prompt_tokens"]), countOf(line["completion_tokens"])];
  if (prompt === undefined || output === undefined || prompt + output === 0) return null;
  const usage = fieldsOf(fieldsOf(line["response"])["usage"]);
  if (countOf(usage["input_tokens"]) !== undefined)
    return {
      input: prompt,
      cacheRead: count(usage["cache_read_input_tokens"]),
      cacheWrite: count(usage["cache_creation_input_tokens"]),
      output,
      reasoning: count(fieldsOf(usage["output_tokens_details"])["thinking_tokens"]),
    };
  const told = countOf(fieldsOf(usage["prompt_tokens_details"])["cached_tokens"]);
  // Some servers tell of more than the prompt has.
  const cached = told === undefined ? null : Math.min(told, prompt);
  return {
    input: prompt - (cached ?? 0),
    cacheRead: cached,
    cacheWrite: null,
    output,
    reasoning: count(fieldsOf(usage["completion_tokens_details"])["reasoning_tokens"]),
  };
}
