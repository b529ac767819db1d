import { expect, test } from "vitest";
import { timed } from "./time.ts";

test("a time is told to the microsecond, in whatever zone it is written", () => {
  const at = { at: { ms: Date.UTC(2026, 10, 21, 9, 11, 25, 626) + 0.968 } };
  expect(timed("2026-11-21T09:11:25.626968Z")).toEqual(at);
  expect(timed("2026-11-21T14:41:25.626968+05:30")).toEqual(at);
});

test("a time without a zone is no time: nobody knows whose clock it was", () => {
  expect(timed("2026-11-21T09:09:10.202931")).toEqual({});
  expect(timed("today")).toEqual({});
  expect(timed(1795252264)).toEqual({});
});
