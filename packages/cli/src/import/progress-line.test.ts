import { expect, test } from "vitest";
import { progressLine } from "./progress-line.ts";

const megabyte = 1_000_000;

test("says how much of how much, how fast, and how long it will take", () => {
  expect(progressLine({ bytes: 50 * megabyte, ofBytes: 200 * megabyte, elapsedMs: 2_000 })).toBe(
    "██████░░░░░░░░░░░░░░░░░░  25 %   50 of 200 MB   25 MB/s   6 s left",
  );
});

test("says no speed before there is one", () => {
  expect(progressLine({ bytes: 0, ofBytes: 1.5 * megabyte, elapsedMs: 0 })).toBe(
    "░░░░░░░░░░░░░░░░░░░░░░░░   0 %   0 of 1.5 MB",
  );
});

test("long times are minutes", () => {
  expect(progressLine({ bytes: megabyte, ofBytes: 1_000 * megabyte, elapsedMs: 1_000 })).toMatch(
    / 17 min left$/,
  );
});

test("what has grown while it was read is all of it, and no more", () => {
  expect(progressLine({ bytes: 3 * megabyte, ofBytes: 2 * megabyte, elapsedMs: 1_000 })).toMatch(
    /█{24} 100 % .* 0 s left$/,
  );
});
