import { createObserver } from "@spoor/core";
import { expect, test } from "vitest";
import { countingIds } from "./counting-ids.ts";
import { manualClock } from "./manual-clock.ts";

test("a clock stands until it is moved, and goes back only on purpose", () => {
  const clock = manualClock(1_000);
  expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
  clock.advance(0.5);
  expect(clock.now()).toBe(1_000.5);
  expect(() => clock.advance(-1)).toThrow("use set");
  expect(() => clock.advance(NaN)).toThrow("use set");
  clock.set(10);
  expect(clock.now()).toBe(10);
});

test("two counters do not know of each other", () => {
  const one = countingIds();
  const other = countingIds("turn");
  expect([one(), one(), other()]).toEqual(["key 1", "key 2", "turn 1"]);
});

test("both can be handed to an observer as they are", async () => {
  const { now } = manualClock(5_000);
  const observer = createObserver({ journal: "memory", clock: now, newKey: countingIds() });
  observer.session({ id: "s" }).turn().end();
  expect(observer.health().recorder).toMatchObject({ refused: 0 });
  await observer.close();
});
