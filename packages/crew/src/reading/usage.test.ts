import { expect, test } from "vitest";
import { usageOfCall } from "./usage.ts";

test.each([
  [
    "OpenAI, which counts the cache into the prompt",
    {
      prompt_tokens: 158,
      completion_tokens: 27,
      total_tokens: 185,
      cached_prompt_tokens: 48,
      reasoning_tokens: 16,
    },
    { input: 110, cacheRead: 48, cacheWrite: null, output: 27, reasoning: 16 },
  ],
  [
    "Anthropic, as CrewAI adds it up",
    {
      input_tokens: 112,
      output_tokens: 12,
      total_tokens: 124,
      cached_prompt_tokens: 0,
      cache_creation_tokens: 40,
    },
    { input: 72, cacheRead: 0, cacheWrite: 40, output: 12, reasoning: null },
  ],
  [
    "Anthropic in its own words, where the cache stands beside the input",
    {
      input_tokens: 72,
      output_tokens: 12,
      cache_read_input_tokens: 8,
      cache_creation_input_tokens: 40,
    },
    { input: 72, cacheRead: 8, cacheWrite: 40, output: 12, reasoning: null },
  ],
  [
    "LiteLLM, with details",
    {
      prompt_tokens: 100,
      completion_tokens: 9,
      prompt_tokens_details: { cached_tokens: 20 },
      completion_tokens_details: { reasoning_tokens: 4 },
    },
    { input: 80, cacheRead: 20, cacheWrite: null, output: 9, reasoning: 4 },
  ],
  [
    "LiteLLM of a provider with words of its own, which it has added to the prompt",
    {
      prompt_tokens: 120,
      completion_tokens: 9,
      cache_read_input_tokens: 8,
      cache_creation_input_tokens: 40,
      prompt_tokens_details: { cached_tokens: 8, cache_creation_tokens: 40 },
    },
    { input: 72, cacheRead: 8, cacheWrite: 40, output: 9, reasoning: null },
  ],
  [
    "a server that tells of more in the cache than the prompt has",
    { prompt_tokens: 10, completion_tokens: 1, cached_prompt_tokens: 48 },
    { input: 0, cacheRead: 10, cacheWrite: null, output: 1, reasoning: null },
  ],
])("usage of %s is in buckets that do not overlap", (_, told, usage) => {
  expect(usageOfCall(told)).toEqual(usage);
});

test.each([
  [null],
  [{ total_tokens: 0 }],
  [{ prompt_tokens: 0, completion_tokens: 0 }],
  [{}],
  ["repr"],
  [{ prompt_tokens: 1e308, completion_tokens: 1 }],
  [{ prompt_tokens: 1, completion_tokens: 0.5 }],
])("%j is unknown, and not zero", (told) => {
  expect(usageOfCall(told)).toBeNull();
});
