import { describe, expect, test } from "vitest";
import { type OwnPrices, ownPrices, type SellerOf } from "./own-prices.ts";
import { bundledPrices } from "./bundled-prices.ts";
import { createPriceBook } from "./price-book.ts";
import { priceCall } from "../price-call.ts";
import { unknownUsage } from "../../vocabulary/usage.ts";
import { type Terms, unknownTerms } from "../terms.ts";
import { exactText } from "../../report/usd.ts";

const at = Date.parse("2026-01-31T12:00Z");

const asSaid: SellerOf = (_, said) => said;

/** What an input token costs of a model, at whom and when; null where nothing fits. */
function inputOf(
  prices: OwnPrices,
  model: string,
  provider: string | null = null,
  ms = at,
): unknown {
  const price = ownPrices(prices, asSaid)({ model, provider, at: ms });
  return price && exactText((price.rates.input?.base ?? 0n) * 1_000_000n);
}

test("a price holds for its model alone", () => {
  expect(inputOf({ "m-1": { input: 3 } }, "m-1")).toBe("3");
  expect(inputOf({ "m-1": { input: 3 } }, "m-10")).toBeNull();
  expect(inputOf({ "M-1": { input: 3 } }, "m-1")).toBe("3");
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
      { input: 9, since: "2025-12-01", provider: "azure" },
    ],
  };
  expect(inputOf(prices, "m")).toBe("3");
  expect(inputOf(prices, "m", null, Date.parse("2026-01-30T23:59Z"))).toBe("2");
  expect(inputOf(prices, "m", null, 0)).toBe("1");
  expect(inputOf(prices, "m", "azure")).toBe("9");
  expect(inputOf(prices, "m", "azure", 0)).toBe("1");
  expect(inputOf({ m: { input: 9, provider: "azure" } }, "m", "azure")).toBe("9");
  expect(inputOf({ m: { input: 9, provider: "azure" } }, "m", "openai")).toBeNull();
});

test("a line says that the price is one's own, and where it comes from", () => {
  const price = ownPrices({ "m*": { input: 1, since: "2026-01-01", note: "contract 7" } }, asSaid);
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
  const price = ownPrices(
    { m: { input: 1, webSearch: 10 } },
    asSaid,
  )({
    model: "m",
    provider: null,
    at,
  });
  expect(Object.keys(price?.rates ?? {})).toEqual(["input", "webSearch"]);
  expect(exactText(price?.rates.webSearch?.base ?? 0n)).toBe("0.01");
});

describe("what is no price is refused", () => {
  test.each<[OwnPrices, string]>([
    [{ m: { input: -1 } }, "the price of m for input is no amount of dollars"],
    [{ m: { output: 1e-23 } }, "with at most 22 decimals: 1e-23"],
    [{ m: { input: 1e308 } }, "the price of m for input is no amount of dollars up to a million"],
    [{ m: { input: 1, since: "soon" } }, "the price of m holds since no day (2026-01-31): soon"],
    [{ m: { input: 1, since: "2026-02-30" } }, "holds since no day (2026-01-31): 2026-02-30"],
  ])("%j", (prices, sentence) => {
    expect(() => ownPrices(prices, asSaid)).toThrow(sentence);
  });
});

describe("whoever sells a model is one, however frameworks spell it", () => {
  test.each<[stated: string, said: string | null, model: string]>([
    ["aws", "aws.bedrock", "claude-sonnet-4-5"],
    ["aws.bedrock", "aws", "claude-sonnet-4-5"],
    ["azure", "azure.ai.openai", "gpt-4o"],
    ["OpenAI", "openai", "gpt-4o"],
    ["openai", null, "gpt-4o"],
    ["My Proxy", "my proxy", "gpt-4o"],
  ])("a price at %s holds for a call at %s", async (provider, said, model) => {
    const own = { "*": { input: 1, provider } };
    const book = createPriceBook({ list: await bundledPrices(), own });
    expect(book.priceOf({ model, provider: said, at })).toMatchObject({ tag: { source: "own" } });
  });

  test("so its terms are known", async () => {
    const list = await bundledPrices();
    const usdOf = (model: string, provider: string | null, said: Partial<Terms>): unknown => {
      const own = { "*": { input: 1, output: 1 } };
      const usage = { ...unknownUsage, input: 1_000_000, output: 0, cacheRead: 0, cacheWrite: 0 };
      const terms = { ...unknownTerms, ...said };
      const cost = priceCall({ model, provider, at, usage, terms }, createPriceBook({ list, own }));
      return cost.usd === null ? cost.unknown : exactText(cost.usd);
    };
    expect(usdOf("claude-sonnet-4-5", null, { tier: "batch" })).toBe("0.5");
    expect(usdOf("claude-sonnet-4-5", null, { region: "us" })).toBe("1.1");
    expect(usdOf("claude-sonnet-4-5", null, { region: "not_available" })).toBe("1");
    expect(usdOf("gpt-4o", "OpenAI", { tier: "flex" })).toBe("0.5");
    expect(usdOf("nobody-knows-it", null, { tier: "batch" })).toBe(
      "what own charges for the service tier batch is not known",
    );
  });
});

test.each(["1", "2026-02-30", "2026-1-31", "2026-01-31T00:00Z"])(
  "prices cannot be pinned to %s: that is no day",
  async (pinnedTo) => {
    const list = await bundledPrices();
    expect(() => createPriceBook({ list, pinnedTo })).toThrow("prices are pinned to a day like");
  },
);
