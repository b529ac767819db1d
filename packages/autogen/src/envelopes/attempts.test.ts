import { expect, test } from "vitest";
import { Attempts } from "./attempts.ts";

test("what the transport counts is what counts, and is counted on from", () => {
  const attempts = new Attempts();
  expect(attempts.next("m", "worker", undefined)).toBe(1);
  expect(attempts.next("m", "worker", 5)).toBe(5);
  expect(attempts.next("m", "worker", undefined)).toBe(6);
  expect(attempts.next("m", "other", undefined)).toBe(1);
});

test("what was met longest ago is forgotten, so that memory is bounded", () => {
  const attempts = new Attempts();
  attempts.next("kept", "worker", undefined);
  attempts.next("lost", "worker", undefined);
  attempts.next("kept", "worker", undefined);
  for (let count = 0; count < 19_999; count += 1) attempts.next(`m${count}`, "worker", undefined);
  expect(attempts.next("kept", "worker", undefined)).toBe(3);
  expect(attempts.next("lost", "worker", undefined)).toBe(1);
});
