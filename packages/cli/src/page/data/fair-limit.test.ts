import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fairLimit } from "./fair-limit.ts";

const lengths = fc.array(fc.nat(5_000), { maxLength: 50 });
const sumOf = (cut: readonly number[], limit: number): number =>
  cut.reduce((sum, length) => sum + Math.min(length, limit), 0);

test("what is left of all of them fits the budget, and one character more for each would not", () => {
  fc.assert(
    fc.property(lengths, fc.nat(20_000), (all, budget) => {
      const limit = fairLimit(all, budget, 1_000);
      expect(sumOf(all, limit)).toBeLessThanOrEqual(budget);
      if (limit < 1_000) expect(sumOf(all, limit + 1)).toBeGreaterThan(budget);
    }),
  );
});

test("where there is room for all, each may be as long as one may be", () => {
  expect(fairLimit([10, 2_000], 1_000_000, 1_500)).toBe(1_500);
  expect(fairLimit([], 0, 1_500)).toBe(1_500);
});
