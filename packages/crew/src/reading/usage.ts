import type { Usage } from "@spoor/core";
import { type Fields, fieldsOf } from "./narrow.ts";

/** Of a number that is no count, a sum would be none. */
const tokensOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const count = (value: unknown): number | null => tokensOf(value) ?? null;

/**
 * What a call used, in disjoint buckets. CrewAI and LiteLLM count what came from a cache, and what was written to one, into the input, whatever the provider
 * does; only where a provider's own answer was passed on (`input_tokens` and `cache_read_input_tokens`) it stands beside. Null where it is unknown: a stream
 * without usage says nothing, an answer without usage says a total of 0, and a call with tools of its own (planning) says null.
 */
export function usageOfCall(value: unknown): Usage | null {
  const usage = fieldsOf(value);
  const prompt = tokensOf(usage["prompt_tokens"]);
  const input = prompt ?? tokensOf(usage["input_tokens"]);
  const output = tokensOf(usage["completion_tokens"]) ?? tokensOf(usage["output_tokens"]);
  if (input === undefined || output === undefined || input + output === 0) return null;
  const cacheRead = cacheReadIn(usage);
  const cacheWrite = cacheWriteIn(usage);
  const reasoning = count(
    usage["reasoning_tokens"] ?? fieldsOf(usage["completion_tokens_details"])["reasoning_tokens"],
  );
  const isBeside = prompt === undefined && providersOwn.some((name) => isCounted(usage, name));
  if (isBeside) return { input, cacheRead, cacheWrite, output, reasoning };
  // Some servers tell of more than the prompt has.
  const read = cacheRead === null ? null : Math.min(cacheRead, input);
  const written = cacheWrite === null ? null : Math.min(cacheWrite, input - (read ?? 0));
  return {
    input: input - (read ?? 0) - (written ?? 0),
    cacheRead: read,
    cacheWrite: written,
    output,
    reasoning,
  };
}

const providersOwn = ["cache_read_input_tokens", "cache_creation_input_tokens"] as const;

const isCounted = (usage: Fields, name: string): boolean => tokensOf(usage[name]) !== undefined;

const cacheReadIn = (usage: Fields): number | null =>
  count(
    usage["cached_prompt_tokens"] ??
      usage["cached_tokens"] ??
      usage["cache_read_input_tokens"] ??
      fieldsOf(usage["prompt_tokens_details"])["cached_tokens"],
  );

const cacheWriteIn = (usage: Fields): number | null =>
  count(
    usage["cache_creation_tokens"] ??
      usage["cache_creation_input_tokens"] ??
      fieldsOf(usage["prompt_tokens_details"])["cache_creation_tokens"] ??
      fieldsOf(usage["prompt_tokens_details"])["cache_write_tokens"],
  );
