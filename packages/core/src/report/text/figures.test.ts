import { expect, test } from "vitest";
import { countText } from "./count.ts";
import { durationBetween, durationText } from "./duration.ts";
import { costText, dollarsText } from "./money.ts";
import { cachedText, tokensText, unattributedTexts } from "./tokens.ts";

test("what is something is never rounded to nothing, and a sign stands before the currency", () => {
  expect([1_234.5, 1, 0.0426, 0.000_01, 0, -0.045, -0.000_01].map(dollarsText)).toEqual([
    "$1,234.50",
    "$1.00",
    "$0.0426",
    "<$0.0001",
    "$0.0000",
    "\u2212$0.0450",
    "\u2212<$0.0001",
  ]);
});

test("a sum is a lower bound where a call or a rest has no price, or not everything was counted", () => {
  const whole = { usd: 0.5, reportedUsd: null, unpriced: 0, unpricedRests: 0 };
  expect(costText(whole)).toBe("$0.5000");
  expect(costText({ ...whole, unpriced: 1 })).toBe("\u2265$0.5000");
  expect(costText({ ...whole, unpricedRests: 1 })).toBe("\u2265$0.5000");
  expect(costText(whole, false)).toBe("\u2265$0.5000");
  expect(costText({ ...whole, usd: null, unpriced: 1 })).toBe("");
});

test("a duration has two figures at most", () => {
  const [second, minute, hour] = [1_000, 60_000, 3_600_000];
  expect(
    [7.4, 999.6, 1.25 * second, 59_960, 3 * minute + 5 * second, 16.3666 * hour, 9 * 24 * hour].map(
      durationText,
    ),
  ).toEqual(["7ms", "1.0s", "1.3s", "1m 00s", "3m 05s", "16h 22m", "9 days"]);
});

test("between times that nobody knows lies nobody knows how long, and a reasoned one says so", () => {
  const [start, end] = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.007Z"];
  expect(durationBetween(start, end)).toBe("7ms");
  expect(durationBetween(start, end, true)).toBe("~7ms");
  expect(durationBetween(start, null, true)).toBe("?");
  expect(durationBetween(end, start)).toBe("?");
});

test("tokens have three digits, and unknown is not zero", () => {
  expect(
    [null, undefined, 0, 999, 1_000, 99_949, 99_951, 999_500].map((one) => tokensText(one)),
  ).toEqual(["?", "?", "0", "999", "1.0k", "99.9k", "100k", "1.0M"]);
  expect(tokensText(1_500, true)).toBe("\u22651.5k");
  expect(tokensText(null, true)).toBe("?");
});

test("of the input, what came from the cache is rounded down", () => {
  const usage = { input: 1, cacheRead: 999, cacheWrite: null, output: 3, reasoning: null };
  expect(cachedText(usage)).toBe("99%");
  expect(cachedText({ ...usage, cacheRead: 0 })).toBe("");
  expect(unattributedTexts(usage)).toEqual(["1.0k in", "3 out"]);
  expect(unattributedTexts(null)).toEqual([]);
});

test("one is one, many are many", () => {
  expect([countText(1, "turn"), countText(1_200, "turn")]).toEqual(["1 turn", "1,200 turns"]);
});
