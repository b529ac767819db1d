import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unknownUsage, type Usage } from "../vocabulary/usage.ts";
import { type Charged, type Cost, priceCall } from "./price-call.ts";
import { createPriceBook } from "./prices/price-book.ts";
import type { OwnPrice } from "./prices/own-prices.ts";
import { exactText } from "../report/usd.ts";
import { type Terms, unknownTerms } from "./terms.ts";

const noon = Date.UTC(2026, 0, 31, 12);
const used: Usage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 10, reasoning: null };
const plain: OwnPrice = { input: 1, cacheRead: 0.1, cacheWrite: 2, output: 5 };

/** With one model on the list, that costs so much. */
function costOf(charged: Partial<Charged>, price: OwnPrice = plain): Cost {
  const book = createPriceBook({
    list: { source: "bundled", from: "an empty list", providers: [] },
    own: { "m-1": price },
  });
  return priceCall(
    { model: "m-1", provider: "anthropic", at: noon, usage: used, ...charged },
    book,
  );
}

function textOf(cost: Cost): string {
  return cost.usd === null ? cost.unknown : exactText(cost.usd);
}

const on = (terms: Partial<Terms>): Pick<Charged, "terms"> => ({
  terms: { ...unknownTerms, ...terms },
});

describe("what is not known costs nothing that could be said, and the reason is given", () => {
  test.each<[string, Partial<Charged>]>([
    ["which model answered is not known", { model: null }],
    ["nobody is known to sell the model m-2", { model: "m-2", provider: null }],
    ["there is no price list of the provider anthropic", { model: "m-2" }],
    ["its tokens were not counted", { usage: null }],
    ["its tokens were not counted", { usage: unknownUsage }],
    ["output tokens were not counted", { usage: { ...used, output: null } }],
    ["tokens read from a cache were not counted", { usage: { ...used, cacheRead: null } }],
    ["its tokens are no whole numbers", { usage: { ...used, input: 0.5 } }],
    ["input tokens are fewer than none", { usage: { ...used, input: -1 } }],
    [
      "anthropic/m-1 has no price for tokens written to a cache for an hour",
      { usage: { ...used, cacheWrite: 5, cacheWrite1h: 5 } },
    ],
    ["anthropic/m-1 has no price for web searches", on({ webSearches: 1 })],
    ["what anthropic charges for the service tier priority is not known", on({ tier: "priority" })],
    ["what anthropic charges for the service tier flex is not known", on({ tier: "flex" })],
    ["what anthropic charges for the speed fast is not known", on({ speed: "fast" })],
    ["what anthropic charges for the region eu is not known", on({ region: "eu" })],
  ])("%s", (reason, charged) => {
    expect(costOf(charged)).toEqual({ usd: null, unknown: reason });
  });
});

test("nobody has to know when a call was made, where there never was another price", () => {
  for (const at of [null, 9e15])
    expect(costOf({ at })).toMatchObject({ usd: expect.any(BigInt), price: { asOf: null } });
  expect(textOf(costOf({ at: null }, { ...plain, since: "2020-01-01" }))).toBe(
    "there is no price list of the provider anthropic",
  );
});

test("zero tokens cost zero, and that is known", () => {
  const nothing: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  expect(costOf({ usage: nothing })).toMatchObject({ usd: 0n, parts: [] });
});

test("where nothing is charged for a cache, nobody has to have counted it", () => {
  const usage = { ...used, cacheRead: null, cacheWrite: null };
  expect(textOf(costOf({ usage }, { input: 1, output: 5 }))).toBe("0.00015");
});

test("parts say how many of what at which price, and add up to the whole", () => {
  const usage = { ...used, cacheRead: 20, cacheWrite: 7, cacheWrite1h: 3 };
  const cost = costOf(
    { usage, ...on({ webSearches: 2 }) },
    { ...plain, cacheWrite1h: 4, webSearch: 10 },
  );
  if (cost.usd === null) throw new Error(cost.unknown);
  expect(cost.parts.map(({ charge, count, rate }) => [charge, count, exactText(rate)])).toEqual([
    ["input", 100, "0.000001"],
    ["cacheRead", 20, "0.0000001"],
    ["cacheWrite5m", 4, "0.000002"],
    ["cacheWrite1h", 3, "0.000004"],
    ["output", 10, "0.000005"],
    ["webSearch", 2, "0.01"],
  ]);
  expect(cost.parts.reduce((sum, part) => sum + part.usd, 0n)).toBe(cost.usd);
});

test("reasoning that has a price of its own is taken out of the output", () => {
  const price = { ...plain, reasoning: 3 };
  expect(textOf(costOf({ usage: { ...used, output: 10, reasoning: 4 } }, price))).toBe("0.000142");
  expect(textOf(costOf({ usage: { ...used, reasoning: null } }, price))).toBe(
    "reasoning tokens were not counted",
  );
});

test("a batch halves what tokens cost, and not what searches cost", () => {
  const price = { ...plain, webSearch: 10 };
  expect(textOf(costOf(on({ tier: "batch", webSearches: 1 }), price))).toBe("0.010075");
});

test("what was taken for granted is named", () => {
  const priced = { ...plain, cacheWrite1h: 4, webSearch: 10 };
  const cost = costOf({ provider: null, usage: { ...used, cacheWrite: 5 } }, priced);
  expect(cost).toMatchObject({
    assumed: [
      "the provider is the one that sells the model",
      "service tier and region are the standard ones",
      "no web search was charged",
      "cache writes last five minutes",
    ],
  });
  const told = on({ tier: "standard", webSearches: 0 });
  expect(
    costOf({ usage: { ...used, cacheWrite: 5, cacheWrite1h: 0 }, ...told }, priced),
  ).toMatchObject({
    assumed: [],
  });
});

describe("the rest of several calls", () => {
  const tiered: OwnPrice = {
    ...plain,
    input: { base: 1, tiers: [{ start: 100, price: 2 }] },
  };

  test("may be less than nothing, so that the next one makes it good", () => {
    const usage = { ...used, input: -100, output: 10 };
    expect(textOf(costOf({ usage, besides: [] }))).toBe("-0.00005");
  });

  test("has the price of short prompts where none of them can have been long", () => {
    expect(textOf(costOf({ besides: [{ ...used, input: 100 }] }, tiered))).toBe("0.00015");
  });

  test("has no price where one of them may have been long", () => {
    const reason = "its price depends on the length of the prompt, and that is not known";
    expect(textOf(costOf({ besides: [{ ...used, input: 101 }] }, tiered))).toBe(reason);
    expect(textOf(costOf({ besides: [null] }, tiered))).toBe(reason);
    expect(textOf(costOf({ usage: { ...used, input: 101 }, besides: [] }, tiered))).toBe(reason);
  });

  test("has no price where each request costs something, because nobody counted them", () => {
    expect(textOf(costOf({ besides: [] }, { ...plain, request: 1 }))).toBe(
      "requests were not counted",
    );
    expect(textOf(costOf({}, { ...plain, request: 1 }))).toBe("0.00115");
  });
});

const anyCount = fc.oneof(
  fc.constantFrom(null, 0, Number.NaN, 0.5, -1, Number.MAX_SAFE_INTEGER, Infinity),
  fc.nat(),
);
const anyUsage: fc.Arbitrary<Usage> = fc.record(
  {
    input: anyCount,
    cacheRead: anyCount,
    cacheWrite: anyCount,
    cacheWrite1h: anyCount.map((count) => count ?? 0),
    output: anyCount,
    reasoning: anyCount,
  },
  { requiredKeys: ["input", "cacheRead", "cacheWrite", "output", "reasoning"] },
);

test("whatever is recorded has a cost that its parts add up to, or none and a reason", () => {
  const price: OwnPrice = {
    ...plain,
    output: { base: 5, tiers: [{ start: 1_000, price: 7 }] },
    reasoning: 3,
    cacheWrite1h: 4,
    webSearch: 10,
  };
  const word = fc.option(fc.constantFrom("standard", "batch", "priority", "us", "global", "x"));
  const anyTerms = fc.record({
    tier: word,
    speed: word,
    region: word,
    webSearches: fc.option(fc.nat()),
  });
  const besides = fc.option(fc.array(fc.option(anyUsage), { maxLength: 3 }));
  fc.assert(
    fc.property(anyUsage, anyTerms, besides, (usage, terms, seen) => {
      const cost = costOf({ usage, terms, ...(seen ? { besides: seen } : {}) }, price);
      if (cost.usd === null) expect(cost.unknown).not.toBe("");
      else expect(cost.parts.reduce((sum, part) => sum + part.usd, 0n)).toBe(cost.usd);
      const isCounted = [usage.input, usage.cacheRead, usage.cacheWrite, usage.output].every(
        (count) => count !== null,
      );
      if (!isCounted) expect(cost.usd).toBeNull();
    }),
    { numRuns: 500 },
  );
});
