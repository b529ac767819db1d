import type { Usage } from "@spoor/core";
import { countOf, fieldsOf } from "../narrow.ts";

const count = (value: unknown): number | null => countOf(value) ?? null;

/**
 * What a call used, in disjoint buckets. CrewAI counts what came from a cache, and what was written to one, into the input, whatever the provider does; only a
 * provider's own words (`cache_read_input_tokens`) stand beside it. Null where it is unknown: a stream without usage says nothing, an answer without usage says
 * a total of 0, and a call with tools of its own (planning) says null.
 */
export function usageOfCall(value: unknown): Usage | null {
  const usage = fieldsOf(value);
  const input = countOf(usage["prompt_tokens"]) ?? countOf(usage["input_tokens"]);
  const output = countOf(usage["completion_tokens"]) ?? countOf(usage["output_tokens"]);
  if (input === undefined || output === undefined || input + output === 0) return null;
  const reasoning = count(
    usage["reasoning_tokens"] ?? fieldsOf(usage["completion_tokens_details"])["reasoning_tokens"],
  );
  const beside = countOf(usage["cache_read_input_tokens"]);
  const besideWritten = countOf(usage["cache_creation_input_tokens"]);
  if (beside !== undefined || besideWritten !== undefined)
    return {
      input,
      cacheRead: beside ?? null,
      cacheWrite: besideWritten ?? null,
      output,
      reasoning,
    };
  const read = count(
    usage["cached_prompt_tokens"] ??
      usage["cached_tokens"] ??
      fieldsOf(usage["prompt_tokens_details"])["cached_tokens"],
  );
  const written = count(usage["cache_creation_tokens"]);
  // Some servers tell of more than the prompt has.
  const cacheRead = read === null ? null : Math.min(read, input);
  const cacheWrite = written === null ? null : Math.min(written, input - (cacheRead ?? 0));
  return {
    input: input - (cacheRead ?? 0) - (cacheWrite ?? 0),
    cacheRead,
    cacheWrite,
    output,
    reasoning,
  };
}
