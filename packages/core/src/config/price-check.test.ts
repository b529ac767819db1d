import { expect, test } from "vitest";
import { prices } from "./price-check.ts";

const problemsOf = (value: unknown): readonly string[] => prices(value, "prices").problems;

test("the address of a list may have a query, and no password, which is not said again", () => {
  expect(problemsOf({ refresh: "https://prices.example/list.json?token=1" })).toEqual([]);
  for (const refresh of ["https://user:hunter2@prices.example/", "https://user@prices.example/"]) {
    const problems = problemsOf({ refresh });
    expect(problems).toEqual([
      "`prices.refresh`: an address with a user or a password cannot be fetched: leave them out",
    ]);
  }
});

test("no model costs more than a million dollars a million", () => {
  expect(problemsOf({ models: { m: { input: 1_000_000 } } })).toEqual([]);
  expect(problemsOf({ models: { m: { input: 1e308 } } })).toEqual([
    "`prices.models.m.input`: expected a number from 0 to 1000000, received 1e+308",
  ]);
});
