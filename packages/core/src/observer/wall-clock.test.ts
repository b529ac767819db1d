import { expect, test } from "vitest";
import { wallClock } from "./wall-clock.ts";

test("tells parts of a millisecond", () => {
  let fine = 0;
  const clock = wallClock(
    () => 1_000 + Math.floor(fine),
    () => fine,
  );
  fine = 0.25;
  expect(clock()).toBe(1_000.25);
  fine = 0.75;
  expect(clock()).toBe(1_000.75);
});

test("follows the time of day after the machine has slept", () => {
  let [coarse, fine] = [1_000, 0];
  const clock = wallClock(
    () => coarse,
    () => fine,
  );
  [coarse, fine] = [3_601_000, 1];
  expect(clock()).toBe(3_601_000);
  [coarse, fine] = [3_601_002, 3.5];
  expect(clock()).toBe(3_601_002.5);
});
