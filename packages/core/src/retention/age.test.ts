import { expect, test } from "vitest";
import { ageInMs } from "./age.ts";

test.each([
  ["90m", 5_400_000],
  ["36h", 129_600_000],
  ["90d", 7_776_000_000],
  ["27w", 16_329_600_000],
  ["2y", 63_072_000_000],
  [1_500, 1_500],
  [0, 0],
])("%s is %d ms", (said, ms) => {
  expect(ageInMs(said)).toBe(ms);
});

test.each(["", "90", "d", "1.5d", "-1d", "6 months", "1M", " 1d", -1, 0.5, Number.NaN, null, {}])(
  "%o is no age",
  (said) => {
    expect(ageInMs(said)).toBe(null);
  },
);
