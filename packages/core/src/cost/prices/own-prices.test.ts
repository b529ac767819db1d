import { describe, expect, test } from "vitest";
import { type OwnPrices, ownPrices } from "./own-prices.ts";
import { exactText } from "./usd.ts";

const at = Date.parse("2026-01-31T12:00Z");

/** What an input token costs of a model, at whom and when; null where nothing fits. */
function inputOf(
  prices: OwnPrices,
  model: string,
  provider: string | null = null,
  ms = at,
): unknown {
  const price = ownPrices(prices)({ model, provider, at: ms });
  return price && exactText((price.rates.input?.base ?? 0n) * 1_000_000n);
}

test("a price holds for its model alone", () => {
  expect(inputOf({ "m-1": { input: 3 } }, "m-1")).toBe("3");
  expect(inputOf({ "m-1": { input: 3 } }, "m-10")).toBeNull();
});

test("a model that is named wins over a pattern, and a longer pattern over a shorter one", () => {
  const prices = {
    "*": { input: 1 },
    "m-*": { input: 2 },
    "m-1*": { input: 3 },
    "m-12": { input: 4 },
  };
  expect(["x", "m-2", "m-1", "m-12"].map((model) => inputOf(prices, model))).toEqual([
    "1",
    "2",
    "3",
    "4",
  ]);
});

test("of several prices the one in force since last counts, at the provider that is meant", () => {
  const prices: OwnPrices = {
    m: [
      { input: 1 },
      { input: 3, since: "2026-01-31" },
      { input: 2, since: "2025-06-01" },
      { input: 9, since: "2026-01-31", provider: "azure" },
    ],
  };
  expect(inputOf(prices, "m")).toBe("3");
  expect(inputOf(prices, "m", null, Date.parse("2026-01-30T23:59Z"))).toBe("2");
  expect(inputOf(prices, "m", null, 0)).toBe("1");
  expect(inputOf({ m: prices["m"] ?? [], "m*": { input: 5 } }, "m", "azure")).toBe("3");
  expect(inputOf({ m: { input: 9, provider: "azure" } }, "m", "azure")).toBe("9");
  expect(inputOf({ m: { input: 9, provider: "azure" } }, "m", "openai")).toBeNull();
});

test("a line says that the price is one's own, and where it comes from", () => {
  const price = ownPrices({ "m*": { input: 1, since: "2026-01-01", note: "contract 7" } });
  expect(price({ model: "m-1", provider: "openai", at })).toMatchObject({
    vendor: "openai",
    tag: {
      id: "openai/m*",
      asOf: "2026-01-31",
      since: "2026-01-01",
      source: "own",
      from: "contract 7",
    },
  });
});

test("what is left out has no price", () => {
  const price = ownPrices({ m: { input: 1, webSearch: 10 } })({ model: "m", provider: null, at });
  expect(Object.keys(price?.rates ?? {})).toEqual(["input", "webSearch"]);
  expect(exactText(price?.rates.webSearch?.base ?? 0n)).toBe("0.01");
});

describe("what is no price is refused", () => {
  test.each<[OwnPrices, string]>([
    [{ m: { input: -1 } }, "the price of m for input is no amount of dollars"],
    [{ m: { output: 1e-23 } }, "with at most 22 decimals: 1e-23"],
    [{ m: { input: 1, since: "soon" } }, "the price of m holds since no day (2026-01-31): soon"],
  ])("%j", (prices, sentence) => {
    expect(() => ownPrices(prices)).toThrow(sentence);
  });
});
