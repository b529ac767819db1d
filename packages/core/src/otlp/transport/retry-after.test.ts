import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.UTC(2026, 0, 1, 12, 0, 0);

test.each([
  ["3", 3_000],
  [" 0 ", 0],
  ["Thu, 01 Jan 2026 12:00:07 GMT", 7_000],
  ["Thu, 01 Jan 2026 11:00:00 GMT", 0],
  ["-5", null],
  ["soon", null],
  ["", null],
  [null, null],
])("%o asks to wait %o ms", (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
