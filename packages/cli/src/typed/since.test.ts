import process from "node:process";
import { expect, test } from "vitest";
import { readSince } from "./since.ts";

const noon = Date.UTC(2026, 0, 31, 12);

test.each([
  ["2026-01-31", "2026-01-31T00:00:00.000Z"],
  ["2026-01-31T08:00", "2026-01-31T08:00:00.000Z"],
  ["2026-01-31 08:00:30.5", "2026-01-31T08:00:30.500Z"],
  ["2026-01-31T08:00+09:00", "2026-01-30T23:00:00.000Z"],
  ["90m", "2026-01-31T10:30:00.000Z"],
  ["2w", "2026-01-17T12:00:00.000Z"],
])("%s is %s, wherever one is", (text, time) => {
  const zone = process.env["TZ"];
  try {
    process.env["TZ"] = "Asia/Tokyo";
    expect(new Date(readSince(text, noon)).toISOString()).toBe(time);
  } finally {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  }
});

test.each(["2026-02-30", "2026-02-30T08:00Z", "2026-01-31T25:00", "2026-01-31x", "yesterday"])(
  "%s is no time",
  (text) => {
    expect(() => readSince(text, noon)).toThrow("--since takes a date (2026-01-31)");
  },
);
