import { expect, test } from "vitest";
import { lastedText, timeText } from "./figures.ts";

test("times are said in UTC, and say so, wherever the page is read", () => {
  const ms = Date.UTC(2026, 10, 20, 22, 0, 0, 7);
  expect(timeText(ms, true)).toBe("2026-11-20 22:00:00.007Z");
  expect(timeText(ms, false)).toBe("22:00:00.007Z");
  expect(timeText(Number.NaN, true)).toBe("?");
  expect(timeText(1e300, true)).toBe("?");
});

test("how long something took says when that was reasoned, and nothing where it is unknown", () => {
  expect(lastedText(0, 1_500)).toBe("1.5s");
  expect(lastedText(0, 7, true)).toBe("~7ms");
  expect(lastedText(0, undefined, true)).toBe("");
});
