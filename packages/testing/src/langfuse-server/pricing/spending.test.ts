import { expect, test } from "vitest";
import { spendingOf, type Told } from "./spending.ts";

const nothing: Told = {
  model: null,
  providedUsageDetails: {},
  providedCostDetails: {},
  input: null,
  output: null,
};

test("any cost that is said keeps the server from working one out, and has a total only if it is simple", () => {
  const model = { model: "gpt-4o", providedUsageDetails: { input: 1_000 } };
  const costOf = (providedCostDetails: Told["providedCostDetails"]): unknown =>
    spendingOf({ ...nothing, ...model, providedCostDetails }).costDetails;
  expect(costOf({ input: 1, output: 2 })).toEqual({ input: 1, output: 2, total: 3 });
  expect(costOf({ input: 1, input_cache_read: 2 })).toEqual({ input: 1, input_cache_read: 2 });
  expect(costOf({ input: 1, total: null })).toEqual({ input: 1 });
  expect(costOf({ total: 0 })).toEqual({ total: 0 });
  expect(costOf({ input: null })).toEqual({ input: 0.0025, total: 0.0025 });
});

test("a bucket without a price is free, without a word", () => {
  const { costDetails } = spendingOf({
    ...nothing,
    model: "claude-sonnet-4-5-20250929",
    providedUsageDetails: { input: 1_000, output: 100, output_reasoning: 5_000 },
  });
  expect(costDetails).toEqual({ input: 0.003, output: 0.0015, total: 0.0045 });
});

test("a total that nobody said is the sum of all buckets", () => {
  const { usageDetails } = spendingOf({
    ...nothing,
    providedUsageDetails: { input: 1, output: 2, input_cache_read: 3 },
  });
  expect(usageDetails).toEqual({ input: 1, output: 2, input_cache_read: 3, total: 6 });
});

test("where nothing is said of a known model, the server counts the text and prices what it counted", () => {
  const { estimated, usageDetails, costDetails } = spendingOf({
    ...nothing,
    model: "gpt-4o",
    input: "x".repeat(400),
  });
  expect([estimated, usageDetails, costDetails]).toEqual([
    true,
    { input: 100, total: 100 },
    { input: 0.00025, total: 0.00025 },
  ]);
  for (const model of ["unknown", "gemini-2.5-flash"])
    expect(spendingOf({ ...nothing, model, input: "x" }).usageDetails).toEqual({});
});
