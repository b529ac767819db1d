import { expect, test } from "vitest";
import { pageOf, spanOf } from "../model/page.fixture.ts";
import { sessionModel } from "../model/session-model.ts";
import { timelineLayout, usualAxis } from "./layout.ts";

const model = sessionModel(
  pageOf(
    [
      spanOf({ kind: "turn", turn: 0, start: 0, end: 100 }),
      spanOf({ parent: 0, turn: 0, start: 10, end: 60 }),
      spanOf({ parent: 0, turn: 0, start: 20, end: 90 }),
      spanOf({ kind: "agent", name: "Explore", parent: 2, turn: 0, start: 30, end: 80 }),
      spanOf({ parent: 3, turn: 0, start: 40 }),
      spanOf({ parent: 3, turn: 0 }),
    ],
    1,
  ),
);

test("in a lane nothing covers anything, and an agent has a lane of its own", () => {
  const { bars, lanes } = timelineLayout(model, "time");
  expect(bars.map(({ span, row }) => [span, row])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 5],
    [4, 6],
  ]);
  expect(lanes.map(({ name }) => name)).toEqual(["main", "Explore"]);
});

test("what nobody saw end goes on to the end, and what has no time is counted, not placed", () => {
  const { axis, barOf, untimed } = timelineLayout(model, "time");
  expect(barOf.get(4)).toMatchObject({ to: axis.length, isOpen: true });
  expect(untimed).toBe(1);
});

test("what began last and is open has a bar, beyond the last time that is known", () => {
  const open = sessionModel(
    pageOf(
      [
        spanOf({ kind: "turn", turn: 0, start: 0 }),
        spanOf({ parent: 0, turn: 0, start: 10, end: 90 }),
        spanOf({ parent: 0, turn: 0, start: 100 }),
      ],
      1,
    ),
  );
  for (const name of ["time", "working"] as const) {
    const { axis, barOf } = timelineLayout(open, name);
    const { from = 0, to = 0 } = barOf.get(2) ?? {};
    expect((to - from) / axis.length).toBeGreaterThan(0.04);
  }
});

test("in order, everything has a place: parents span what is below them", () => {
  const { bars, untimed } = timelineLayout(model, "order");
  expect(bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 3],
    [0, 1],
    [1, 3],
    [1, 3],
    [1, 2],
    [2, 3],
  ]);
  expect(untimed).toBe(0);
});

test("a recording without times is shown in order, one that mostly waited without the waiting", () => {
  const untimed = [spanOf({ kind: "turn", turn: 0 }), spanOf({ parent: 0, turn: 0 })];
  expect(usualAxis(sessionModel(pageOf(untimed, 1)))).toBe("order");
  const waiting = [spanOf({ start: 0, end: 10_000 }), spanOf({ start: 9_000_000, end: 9_010_000 })];
  expect(usualAxis(sessionModel(pageOf(waiting, 1)))).toBe("working");
  expect(usualAxis(model)).toBe("time");
});
