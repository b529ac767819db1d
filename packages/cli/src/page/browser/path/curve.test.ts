import { expect, test } from "vitest";
import { along, curveThrough, headOf } from "./curve.ts";

const [top, aside] = [
  { x: 0, y: 0 },
  { x: 10, y: 20 },
];

test("a line is straight where its points stand above each other, else it leaves and arrives upright", () => {
  expect(curveThrough([top, { x: 0, y: 5 }])).toBe("M0 0V5");
  expect(curveThrough([top, aside])).toBe("M0 0C0 10 10 10 10 20");
  expect(curveThrough([])).toBe("");
});

test("a point along it lies on it", () => {
  expect(along(top, aside, 0)).toEqual(top);
  expect(along(top, aside, 0.5)).toEqual({ x: 5, y: 10 });
  expect(along(top, aside, 1)).toEqual(aside);
});

test("an arrow points where its line arrives: down, up, or from the side", () => {
  expect(headOf([top, aside])).toBe("M10 20L13.5 13L6.5 13Z");
  expect(headOf([aside, top])).toBe("M0 0L-3.5 7L3.5 7Z");
  expect(headOf([{ x: 9, y: 0 }, top])).toBe("M0 0L7 -3.5L7 3.5Z");
  expect(headOf([aside, top, top])).toBe(headOf([aside, top]));
});
