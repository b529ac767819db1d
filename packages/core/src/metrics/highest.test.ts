import { expect, test } from "vitest";
import { Highest } from "./highest.ts";

test("the greatest value stands until its time is over, and then the greatest of those after it", () => {
  const highest = new Highest(100);
  for (const [value, at] of [
    [2, 0],
    [7, 10],
    [3, 20],
    [5, 30],
  ] as const)
    highest.add(value, at);
  expect([110, 111, 130, 131].map((now) => highest.at(now))).toEqual([7, 5, 5, null]);
});
