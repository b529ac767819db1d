import * as fc from "fast-check";
import { expect, test } from "vitest";
import { difference } from "./difference.ts";

const list = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 30 });

test("without what was added it is the first list, without what was cut the second", () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const changes = difference(before, after);
      const without = (kind: string): readonly number[] =>
        changes.filter((change) => change.kind !== kind).map(({ item }) => item);
      expect(without("added")).toEqual(before);
      expect(without("cut")).toEqual(after);
    }),
  );
});

test("a list is the same as itself", () => {
  fc.assert(
    fc.property(list, (same) => {
      expect(difference(same, same).every(({ kind }) => kind === "kept")).toBe(true);
    }),
  );
});

test("no more changes than it takes", () => {
  const changes = difference([1, 2, 3, 4], [1, 3, 5, 4]).filter(({ kind }) => kind !== "kept");
  expect(changes).toEqual([
    { kind: "cut", item: 2 },
    { kind: "added", item: 5 },
  ]);
});
