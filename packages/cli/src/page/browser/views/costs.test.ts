import { expect, test } from "vitest";
import { costSource, paidFact, paidText } from "./costs.ts";

const cost = { usd: 0.018, reportedUsd: null, unpriced: 0, unpricedRests: 0 };
const unknown = { ...cost, usd: null };

test("a sum that lacks a call, a rest or a final figure is a lower bound, and says what it lacks", () => {
  expect(paidText(cost, true)).toBe("$0.0180");
  expect(paidText(cost, false)).toBe("\u2265$0.0180");
  expect(paidText({ ...cost, unpriced: 1 }, true)).toBe("\u2265$0.0180");
  expect(paidText({ ...cost, unpricedRests: 1 }, true)).toBe("\u2265$0.0180");
  expect(costSource({ ...cost, unpriced: 2, unpricedRests: 1 })).toBe(
    "by list prices, 2 calls and 1 rest without one",
  );
});

test("where there is nothing to pay, nothing is said; where nobody knows, that is", () => {
  expect([paidText(unknown, true), paidFact(unknown, true)]).toEqual(["", ""]);
  expect(paidText({ ...unknown, unpricedRests: 1 }, true)).toBe("?");
  expect(paidFact({ ...unknown, unpriced: 1 }, true)).toBe("?  cost unknown");
});
