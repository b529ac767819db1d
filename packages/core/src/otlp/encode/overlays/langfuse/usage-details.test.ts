import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Usage } from "../../../../vocabulary/usage.ts";
import { usageDetailsOf } from "./usage-details.ts";

const usage = { input: 12, cacheRead: 300, cacheWrite: 40, output: 25, reasoning: 9 };

describe("tokens stand in buckets that are priced", () => {
  test("reasoning by itself only where the model's list has a price of it", () => {
    for (const model of [
      "gpt-5-mini",
      "o3",
      "openai/gpt-5.2",
      "gemini-2.5-pro",
      "models/Gemini-3-flash",
    ])
      expect(usageDetailsOf(usage, model)).toMatchObject({
        output: 16,
        output_reasoning_tokens: 9,
      });
    for (const model of ["claude-sonnet-4-5", "gpt-4o", "gemini-2.0-flash", "deepseek-r1", null]) {
      const details = usageDetailsOf(usage, model);
      expect(details).toMatchObject({ output: 25 });
      expect(details).not.toHaveProperty("output_reasoning_tokens");
    }
  });

  test("what is kept for an hour apart from what is kept for minutes, where that is known", () => {
    expect(usageDetailsOf(usage, null)).toMatchObject({ input_cache_creation: 40 });
    expect(usageDetailsOf({ ...usage, cacheWrite1h: 30 }, null)).toEqual({
      input: 12,
      input_cached_tokens: 300,
      input_cache_creation_5m: 10,
      input_cache_creation_1h: 30,
      output: 25,
      total: 377,
    });
    expect(usageDetailsOf({ ...usage, cacheWrite1h: 41 }, null)).toMatchObject({
      input_cache_creation: 40,
    });
  });
});

test("what nobody counted is no number, and no total of what else was counted", () => {
  const unknown = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
  expect(usageDetailsOf(unknown, "gpt-5")).toBeNull();
  expect(usageDetailsOf({ ...unknown, reasoning: 3 }, "gpt-5")).toBeNull();
  expect(usageDetailsOf({ ...unknown, output: 3 }, "gpt-5")).toEqual({ output: 3 });
  expect(usageDetailsOf({ ...unknown, input: 0, output: 0 }, null)).toEqual({
    input: 0,
    output: 0,
    total: 0,
  });
});

test("whatever was counted, all are whole numbers from zero on, and add up to the total", () => {
  const tokens = fc.oneof(fc.constant(null), fc.nat(), fc.integer(), fc.double(), fc.maxSafeNat());
  const arbitraryUsage = fc.record(
    {
      input: tokens,
      cacheRead: tokens,
      cacheWrite: tokens,
      output: tokens,
      reasoning: tokens,
      cacheWrite1h: fc.oneof(fc.nat(), fc.double()),
    },
    { requiredKeys: ["input", "cacheRead", "cacheWrite", "output", "reasoning"] },
  ) as fc.Arbitrary<Usage>;
  fc.assert(
    fc.property(arbitraryUsage, fc.constantFrom("gpt-5", "claude", null), (any, model) => {
      const { total, ...buckets } = usageDetailsOf(any, model) ?? {};
      for (const count of Object.values(buckets)) {
        expect(Number.isSafeInteger(count)).toBe(true);
        expect(count).toBeGreaterThanOrEqual(0);
      }
      const sum = Object.values(buckets).reduce((all, count) => all + count, 0);
      const isTotalKnown = [any.input, any.output].every(isCounted) && Number.isSafeInteger(sum);
      expect(total).toBe(isTotalKnown ? sum : undefined);
    }),
  );
});

const isCounted = (tokens: number | null): boolean =>
  tokens !== null && Number.isSafeInteger(tokens) && tokens >= 0;
