import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactText, nearestNumber, priceOfOne, statedUsd, sumOf } from "./usd.ts";

const dollar = 10n ** 30n;

test("an amount is what somebody wrote, not the binary fraction behind it", () => {
  expect(statedUsd(0.1)).toBe(dollar / 10n);
  expect(statedUsd(1e-7)).toBe(dollar / 10n ** 7n);
  expect(statedUsd(1e21)).toBe(dollar * 10n ** 21n);
  expect(statedUsd(-0.25)).toBe(-dollar / 4n);
  expect(statedUsd(Number.NaN)).toBeNull();
  expect(statedUsd(Number.POSITIVE_INFINITY)).toBeNull();
});

test("the price of one is exact, and so is half of it and a tenth more", () => {
  const price = priceOfOne(3.75, 6) ?? 0n;
  expect(price * 1_000_000n).toBe(statedUsd(3.75));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 0, max: 22 }),
      (units, exponent) => {
        const one = priceOfOne(Number(`${units}e-${exponent}`), 6);
        expect(one).not.toBeNull();
        expect((one ?? 1n) % 20n).toBe(0n);
      },
    ),
  );
});

test("a price that somebody divided is kept as it is written", () => {
  expect(exactText((priceOfOne(0.083_333_333_333_333_34, 6) ?? 0n) * 1_000_000n)).toBe(
    "0.08333333333333334",
  );
});

test("what is no price, or finer than can be kept, is refused and not rounded", () => {
  expect(priceOfOne(-1, 6)).toBeNull();
  expect(priceOfOne(Number.NaN, 6)).toBeNull();
  expect(priceOfOne(1e-23, 6)).toBeNull();
});

describe("texts", () => {
  test.each([
    [0n, "0"],
    [dollar, "1"],
    [-dollar / 2n, "-0.5"],
    [1n, "0.000000000000000000000000000001"],
    [1_234_500n * 10n ** 24n, "1.2345"],
  ])("%s is %s", (usd, text) => {
    expect(exactText(usd)).toBe(text);
  });

  test("the nearest number of an amount that was written as a number is that number", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (dollars) => {
        const usd = statedUsd(dollars) ?? 0n;
        expect(nearestNumber(usd)).toBeCloseTo(dollars, 15);
      }),
    );
    expect(nearestNumber(statedUsd(0.1 + 0.2) ?? 0n)).toBe(0.300_000_000_000_000_04);
  });
});

test("ten thousand amounts add up exactly, in whatever order", () => {
  const cents = Array.from({ length: 10_000 }, () => statedUsd(0.1));
  expect(sumOf(cents)).toBe(1_000n * dollar);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 200 }), (micros) => {
      const amounts = micros.map((micro) => statedUsd(Number(`${micro}e-6`)));
      const expected = micros.reduce((sum, micro) => sum + BigInt(micro), 0n) * 10n ** 24n;
      expect(sumOf(amounts) ?? 0n).toBe(expected);
      expect(sumOf(amounts.toReversed()) ?? 0n).toBe(expected);
    }),
  );
});

test("what is unknown is left out of a sum, and a sum of nothing known is unknown", () => {
  expect(sumOf([null, dollar, null])).toBe(dollar);
  expect(sumOf([null])).toBeNull();
  expect(sumOf([])).toBeNull();
});
