import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { priceCall } from "./price-call.ts";
import { bundledPrices } from "./prices/bundled-prices.ts";
import { createPriceBook } from "./prices/price-book.ts";
import { exactText } from "../report/usd.ts";
import { type Terms, unknownTerms } from "./terms.ts";

type Row = Readonly<Record<string, string>>;

const page = readFileSync(new URL("price-table.fixture.md", import.meta.url), "utf8");
const [head = [], , ...cells] = page
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
const rows: readonly Row[] = cells.map((row) =>
  Object.fromEntries(row.map((cell, column) => [head[column], cell])),
);

const numberIn = (cell = ""): number | null => (cell === "" ? null : Number(cell));

/** Of a cell like `tier: batch, webSearches: 3`. */
function termsIn(cell = ""): Terms {
  const said = new Map(cell.split(", ").map((term) => term.split(": ") as [string, string]));
  return {
    ...unknownTerms,
    tier: said.get("tier") ?? null,
    region: said.get("region") ?? null,
    webSearches: numberIn(said.get("webSearches")),
  };
}

const book = createPriceBook({ list: await bundledPrices() });

test("there are rows of many kinds", () => {
  expect(rows.length).toBeGreaterThanOrEqual(25);
});

test.each(rows)("$call costs what its vendor's published prices come to", (row) => {
  const oneHour = numberIn(row["of it for 1 h"]);
  const cost = priceCall(
    {
      model: row["model"] ?? null,
      provider: row["provider"] || null,
      at: Date.parse(row["at"] ?? ""),
      usage: {
        input: numberIn(row["input"]),
        cacheRead: numberIn(row["cache read"]),
        cacheWrite: numberIn(row["cache write"]),
        ...(oneHour === null ? {} : { cacheWrite1h: oneHour }),
        output: numberIn(row["output"]),
        reasoning: numberIn(row["reasoning"]),
      },
      terms: termsIn(row["terms"]),
    },
    book,
  );
  expect(cost.usd === null ? cost.unknown : exactText(cost.usd)).toBe(row["dollars, or why not"]);
});
