import * as fc from "fast-check";
import { expect, test } from "vitest";
import { apart } from "./apart.ts";

const wish = (wanted: number, weight: number = 1): { wanted: number; weight: number } => ({
  wanted,
  weight,
});

test("what has room stands where it wants to", () => {
  expect(apart([wish(0), wish(10), wish(30)], [5, 5])).toEqual([0, 10, 30]);
});

test("what pushes each other shares the way, by how much each insists", () => {
  expect(apart([wish(10), wish(10)], [4])).toEqual([8, 12]);
  expect(apart([wish(10, 3), wish(10)], [4])).toEqual([9, 13]);
});

test("distances are kept, whatever is wanted", () => {
  const wishes = fc.array(
    fc.record({ wanted: fc.integer(), weight: fc.integer({ min: 1, max: 9 }) }),
    {
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(wishes, (all) => {
      const places = apart(
        all,
        all.map((_, index) => index + 1),
      );
      expect(places).toHaveLength(all.length);
      for (const [index, place] of places.entries())
        expect(place - (places[index - 1] ?? -Infinity)).toBeGreaterThan(index - 0.01);
    }),
  );
});
