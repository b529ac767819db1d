import * as fc from "fast-check";
import { expect, test } from "vitest";
import { steadyTime } from "./steady-time.ts";

const jump = fc.oneof(fc.nat(10), fc.integer({ min: -1e6, max: 1e6 }), fc.constant(Number.NaN));

test("whatever its clock says, it never runs back, is never behind what was told, and goes on with the clock", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(jump, fc.nat(100))), (steps) => {
      let told = 0;
      const time = steadyTime(() => told);
      let latest = time(0);
      for (const [by, least] of steps) {
        told = (Number.isNaN(told) ? 0 : told) + by;
        const now = time(least);
        expect(now).toBeGreaterThanOrEqual(Math.max(latest, least));
        latest = now;
      }
      told = 0;
      const before = time(0);
      told = 5;
      expect(time(0)).toBe(before + 5);
    }),
  );
});

test("a clock that throws stands still", () => {
  let isBroken = false;
  const time = steadyTime(() => {
    if (isBroken) throw new Error("no clock");
    return 7;
  });
  expect(time(0)).toBe(7);
  isBroken = true;
  expect(time(3)).toBe(7);
  expect(time(9)).toBe(9);
});
