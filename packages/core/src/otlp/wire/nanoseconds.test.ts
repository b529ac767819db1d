import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nanosecondsOf } from "./nanoseconds.ts";

test("keeps the digits below a millisecond as they were said", () => {
  expect(nanosecondsOf(1_764_000_000_123.456)).toBe("1764000000123456000");
  expect(nanosecondsOf(0.000_001)).toBe("1");
  expect(nanosecondsOf(0)).toBe("0");
  expect(nanosecondsOf(0.25)).toBe("250000");
  expect(nanosecondsOf(0.000_000_1)).toBe("0");
  expect(nanosecondsOf(7)).toBe("7000000");
});

test("gives the milliseconds back, to the last digit that a time since 1973 can have", () => {
  const ms = fc.double({ min: 1e11, max: 18_446_744_073_708, noNaN: true });
  fc.assert(
    fc.property(ms, (said) => {
      const nanoseconds = nanosecondsOf(said) ?? "";
      expect(Number(`${nanoseconds.slice(0, -6)}.${nanoseconds.slice(-6)}`)).toBe(said);
    }),
  );
});

test("says nothing of what is no time there", () => {
  for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY, 18_446_744_073_710])
    expect(nanosecondsOf(ms)).toBeNull();
});
