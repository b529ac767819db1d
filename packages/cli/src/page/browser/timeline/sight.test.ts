import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fitting, moved, showing, type Sight, zoomed } from "./sight.ts";

const length = 1_000;
const sight = fc
  .tuple(fc.nat(900), fc.integer({ min: 1, max: 100 }))
  .map(([from, width]): Sight => ({ from, to: from + width }));

test("whatever is done, it stays on the axis and never shuts", () => {
  fc.assert(
    fc.property(
      sight,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.nat(1_000),
      (seen, by, at) => {
        const around = Math.min(seen.to, Math.max(seen.from, at));
        const next = [
          zoomed(seen, length, by, around),
          moved(seen, length, by * 10 - 500),
          showing(seen, length, at, at + by),
          fitting(length, at, Math.min(length, at + by)),
        ];
        for (const { from, to } of next) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(length + 1e-9);
          expect(to).toBeGreaterThan(from);
        }
      },
    ),
  );
});

test("closer keeps what lies under the pointer where it is", () => {
  const next = zoomed({ from: 400, to: 600 }, length, 0.5, 450);
  expect((450 - next.from) / (next.to - next.from)).toBeCloseTo(0.25);
});
