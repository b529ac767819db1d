import { expect, test } from "vitest";
import { momentText } from "./moment-text.ts";

test("a time that no calendar has is told all the same", () => {
  expect(momentText(1_000)).toBe("1970-01-01T00:00:01.000Z");
  expect(momentText(2 ** 53 * 1_000)).toBe("9007199254740992000 ms since 1970");
});
