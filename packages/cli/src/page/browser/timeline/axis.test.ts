import * as fc from "fast-check";
import { expect, test } from "vitest";
import { clockAxis, workingAxis } from "./axis.ts";

const work = fc.array(
  fc
    .record({ start: fc.nat(1_000_000), length: fc.nat(20_000) })
    .map(({ start, length }) => ({ start, end: start + length })),
  { minLength: 1, maxLength: 20 },
);

test("on every axis later is never before, and all that was done lies on it", () => {
  fc.assert(
    fc.property(work, (intervals) => {
      for (const axis of [clockAxis(intervals), workingAxis(intervals)]) {
        const times = intervals.flatMap(({ start, end }) => [start, end]).toSorted((a, b) => a - b);
        const places = times.map((ms) => axis.at(ms));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...places)).toBeLessThanOrEqual(axis.length);
      }
    }),
  );
});

test("without waiting, what is left out is a narrow band that says how long it was", () => {
  const axis = workingAxis([
    { start: 0, end: 10_000 },
    { start: 3_610_000, end: 3_620_000 },
  ]);
  expect(axis.folds).toEqual([{ from: 10_000, to: 10_200, ms: 3_600_000 }]);
  expect(axis.length).toBe(20_200);
  expect(axis.at(3_615_000)).toBe(15_200);
});
