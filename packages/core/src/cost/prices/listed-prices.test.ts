import { calcPrice, findProvider } from "@pydantic/genai-prices";
import { describe, expect, test } from "vitest";
import { bundledPrices } from "./bundled-prices.ts";
import { listedPrices } from "./listed-prices.ts";
import type { Price, PriceAsked, Unknown } from "./price.ts";
import { type DatedPrices, type ListedPrices, readProviders } from "./price-list.ts";
import { nearestNumber } from "../../report/usd.ts";

const million = 1_000_000n;

function idOf(answer: Price | Unknown): string {
  return "unknown" in answer ? answer.unknown : answer.tag.id;
}

test("of every model it lists, it finds the one and the price that the library finds", async () => {
  const list = await bundledPrices();
  const priceOf = listedPrices(list);
  let compared = 0;
  for (const at of ["2025-02-01T12:00Z", "2026-11-21T20:00Z"].map((time) => Date.parse(time)))
    for (const { id: provider, models } of list.providers)
      for (const { id: model } of models) {
        const theirs = calcPrice({}, model, { providerId: provider, timestamp: new Date(at) });
        const ours = priceOf({ model, provider, at });
        if ("unknown" in ours) {
          expect([model, theirs]).toEqual([model, null]);
          continue;
        }
        if (!theirs) throw new Error(`the library does not find ${ours.tag.id}`);
        expect(ours.tag.id).toBe(`${theirs.provider.id}/${theirs.model.id}`);
        const stated = theirs.model_price["input_mtok"];
        const base = typeof stated === "number" ? stated : stated?.base;
        expect(ours.rates.input && nearestNumber(ours.rates.input.base * million)).toBe(base);
        compared += 1;
      }
  expect(compared).toBeGreaterThan(2_000);
});

test.each([
  ["claude-sonnet-4-5-20250929", null],
  ["gpt-4o", null],
  ["gemini-2.5-pro", null],
  ["gpt-4o-20240806", "openai"],
  ["Claude-Sonnet-4-5", "Anthropic"],
  ["gemini-2.5-pro", "google_genai"],
  ["gemini-2.5-pro", "google_vertexai"],
  ["us.anthropic.claude-sonnet-4-20250514-v1:0", "amazon_bedrock"],
  ["gpt-4o", "azure"],
  ["no-such-model", null],
])("%s of %s is sold by whom the library says", async (model, provider) => {
  const priceOf = listedPrices(await bundledPrices());
  const said = provider === null ? {} : { providerId: provider };
  const seller = findProvider({ modelId: model, ...said });
  const found = priceOf({ model, provider, at: Date.parse("2026-01-31") });
  expect("unknown" in found ? undefined : found.vendor).toBe(seller?.id);
});

test("frameworks have names of their own for some providers", async () => {
  const priceOf = listedPrices(await bundledPrices());
  const ask = (model: string, provider: string): string =>
    idOf(priceOf({ model, provider, at: Date.parse("2026-01-31") }));
  expect(ask("gpt-4o", "azure.ai.openai")).toBe("azure/gpt-4o");
  expect(ask("gemini-2.5-pro", "gcp.gen_ai")).toBe("google/gemini-2.5-pro");
});

function ask(prices: ListedPrices | readonly DatedPrices[], at: string | null): Price | Unknown {
  const providers = readProviders([
    {
      id: "p",
      model_match: { starts_with: "m" },
      models: [{ id: "m", match: { equals: "m" }, prices }],
    },
  ]);
  if (!providers) throw new Error("expected a list");
  const asked: PriceAsked = { model: "m", provider: null, at: at === null ? null : Date.parse(at) };
  return listedPrices({ source: "file", from: "by hand", providers })(asked);
}
const since = (start_date: string, input_mtok: number): DatedPrices => ({
  constraint: { start_date },
  prices: { input_mtok },
});
const inputOf = (answer: Price | Unknown): unknown =>
  "unknown" in answer ? answer.unknown : nearestNumber((answer.rates.input?.base ?? 0n) * million);

describe("a list by hand", () => {
  test("has the price of the day of the call, and says since when", () => {
    const prices = [{ prices: { input_mtok: 3 } }, since("2026-02-01", 2), since("2026-03-01", 1)];
    expect(inputOf(ask(prices, "2026-01-31T23:59:59.999Z"))).toBe(3);
    expect(inputOf(ask(prices, "2026-02-01T00:00Z"))).toBe(2);
    expect(ask(prices, "2027-01-01T00:00Z")).toMatchObject({
      tag: { id: "p/m", asOf: "2027-01-01", since: "2026-03-01", source: "file", from: "by hand" },
    });
  });

  test("may have a price of its own for five minutes of cache", () => {
    const price = ask({ cache_write_mtok: 3, cache_write_5m_mtok: 4 }, "2026-01-31");
    expect(price).toMatchObject({ rates: { cacheWrite5m: { base: 4n * 10n ** 24n } } });
  });

  test("tells whether sounds or pictures have another price", () => {
    const price = ask({ input_mtok: 3, input_audio_mtok: 4 }, "2026-01-31");
    expect(price).toMatchObject({ hasOtherMedia: true });
    expect(ask({ input_mtok: 3 }, "2026-01-31")).toMatchObject({ hasOtherMedia: false });
  });

  test("has a price at a time that nobody knows, where there never was another one", () => {
    expect(ask({ input_mtok: 3 }, null)).toMatchObject({ tag: { asOf: null } });
    expect(ask([{ prices: { input_mtok: 3 } }, since("2026-02-01", 2)], null)).toEqual({
      unknown: "when the call was made is not known, and the price of p/m depends on it",
    });
  });

  test("has no price for a time before the first", () => {
    expect(ask([since("2026-02-01", 2)], "2026-01-31")).toEqual({
      unknown: "no price of p/m is known for 2026-01-31",
    });
  });

  test("may have another price by night", () => {
    const night = { start_time: "16:30:00Z", end_time: "00:30:00Z" };
    const prices = [
      { prices: { input_mtok: 3 } },
      { constraint: night, prices: { input_mtok: 1 } },
    ];
    expect(inputOf(ask(prices, "2026-01-31T16:29:59Z"))).toBe(3);
    expect(inputOf(ask(prices, "2026-01-31T16:30:00Z"))).toBe(1);
    expect(inputOf(ask(prices, "2026-01-31T00:29:59Z"))).toBe(1);
    expect(inputOf(ask(prices, "2026-01-31T00:30:00Z"))).toBe(3);
  });

  test("with a condition that nobody has taught us, goes by the price before", () => {
    const prices = [
      { prices: { input_mtok: 3 } },
      { constraint: { moon: "full" }, prices: { input_mtok: 1 } },
    ];
    expect(inputOf(ask(prices, "2026-01-31"))).toBe(3);
  });

  test.each([["three"], [-1], [1e308], [{ base: 1 }], [{ base: 1, tiers: [{ start: 1 }] }]])(
    "that says %j for a price has none",
    (input_mtok) => {
      expect(ask({ input_mtok }, "2026-01-31")).toEqual({
        unknown: "what the list has as the price of p/m is none that can be used",
      });
    },
  );
});

test.each([
  [null],
  [[]],
  [{}],
  ["prices"],
  [[{ id: "p", models: [] }]],
  [[{ id: "p" }]],
  [[{ id: "p", models: [{ id: "m" }] }]],
  [[{ id: "p", models: [{ id: "m", match: { equals: "m" }, prices: 3 }] }]],
  [[{ id: "p", models: [{ id: "m", match: { regex: "(" }, prices: {} }] }]],
  [[{ id: "p", models: [{ id: "m", match: { or: "m" }, prices: {} }] }]],
  [[{ id: "p", provider_match: { contains: 3 }, models: [] }]],
])("%j is no price list", (value) => {
  expect(readProviders(value)).toBeNull();
});

test("a match that goes on for ever is none, and nothing is thrown", () => {
  let match: unknown = { equals: "m" };
  for (let depth = 0; depth < 20_000; depth += 1) match = { or: [match] };
  expect(readProviders([{ id: "p", models: [{ id: "m", match, prices: {} }] }])).toBeNull();
});
