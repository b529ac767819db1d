import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layered } from "./layered.ts";
import type { Item, Link } from "./placing.ts";

const item = (id: string, width: number = 80, height: number = 40): Item => ({ id, width, height });
const items = (names: string): readonly Item[] => names.split("").map((id) => item(id));
const links = (...ways: readonly string[]): readonly Link[] =>
  ways.map((way) => ({ from: way.charAt(0), to: way.charAt(1) }));

const anyGraph = fc
  .record({
    sizes: fc.array(
      fc.record({
        width: fc.integer({ min: 10, max: 200 }),
        height: fc.integer({ min: 10, max: 90 }),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    ways: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
    widest: fc.integer({ min: 100, max: 900 }),
  })
  .map(({ sizes, ways, widest }) => {
    const all = sizes.map(({ width, height }, place) => item(String(place), width, height));
    const joined = ways.map(([from, to]) => ({
      from: String(from % all.length),
      to: String(to % all.length),
    }));
    const unique = new Map(joined.map((link) => [`${link.from} ${link.to}`, link]));
    return { all, joined: [...unique.values()], widest };
  });

describe("items in layers", () => {
  test("stand below all earlier ones that they are joined with, whichever way", () => {
    const { placeOf } = layered(items("abcd"), links("ab", "ac", "cb", "bd", "da"), 900);
    const tops = ["a", "b", "c", "d"].map((id) => placeOf.get(id)?.y ?? 0);
    expect(tops).toEqual([0, 90, 180, 180]);
  });

  test("what is too many for a layer goes on in the next", () => {
    const all = items("abcdefg");
    const star = links("ab", "ac", "ad", "ae", "af", "ag");
    const rows = (widest: number): number => {
      const { placeOf } = layered(all, star, widest);
      return new Set([...placeOf.values()].map(({ y }) => y)).size;
    };
    expect([rows(900), rows(400), rows(200), rows(10)]).toEqual([2, 3, 4, 7]);
  });

  test("layers that one was too narrow for share evenly", () => {
    const { placeOf } = layered(items("abcdefg"), links("ab", "ac", "ad", "ae", "af", "ag"), 550);
    const rows = Map.groupBy([...placeOf.values()], ({ y }) => y);
    expect([...rows.values()].map((row) => row.length)).toEqual([1, 3, 3]);
  });

  test("are ordered so that lines do not cross where they need not", () => {
    const { placeOf } = layered(items("abcd"), links("ad", "bc"), 900);
    const x = (id: string): number => placeOf.get(id)?.x ?? 0;
    expect(x("a") < x("b")).toBe(x("d") < x("c"));
  });

  test("never overlap, and lie within the picture", () => {
    fc.assert(
      fc.property(anyGraph, ({ all, joined, widest }) => {
        const { placeOf, width, height } = layered(all, joined, widest);
        const boxes = all.map((one) => ({ ...one, x: 0, y: 0, ...placeOf.get(one.id) }));
        for (const [index, one] of boxes.entries()) {
          expect(one.x).toBeGreaterThan(-0.01);
          expect(one.x + one.width).toBeLessThan(width + 0.01);
          expect(one.y + one.height).toBeLessThan(height + 0.01);
          for (const other of boxes.slice(index + 1)) {
            const isApart =
              one.x + one.width <= other.x + 0.01 ||
              other.x + other.width <= one.x + 0.01 ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            expect(isApart).toBe(true);
          }
        }
      }),
    );
  });

  test("every line begins and ends on the edges of what it joins, on whichever side that faces", () => {
    fc.assert(
      fc.property(anyGraph, ({ all, joined, widest }) => {
        const { placeOf, routes } = layered(all, joined, widest);
        const edge = (id: string): readonly number[] => {
          const { x = 0, y = 0 } = placeOf.get(id) ?? {};
          const height = all.find((one) => one.id === id)?.height ?? 0;
          return [x, y, y + height];
        };
        expect(routes).toHaveLength(joined.filter(({ from, to }) => from !== to).length);
        for (const { link, points } of routes) {
          const ends = [points[0], points.at(-1)];
          for (const [index, id] of [link.from, link.to].entries()) {
            const [left = 0, ...sides] = edge(id);
            expect(sides).toContain(ends[index]?.y);
            expect(ends[index]?.x).toBeGreaterThan(left);
          }
        }
      }),
    );
  });
});
