import { expect, test } from "vitest";
import { shownValue, valueText } from "./shown-value.ts";

test("of prices of one's own, the models are shown", () => {
  const value = { "m-1": { input: 1 }, "m-2*": { input: 2, note: "contract 7" } };
  const shown = shownValue({ name: "prices.models", value, source: "code" });
  expect(shown).toEqual({ name: "prices.models", value: ["m-1", "m-2*"], source: "code" });
  expect(valueText(shown)).toBe("m-1, m-2*");
});

test("a retention is shown as it is said", () => {
  const value = { warmAfter: "90d", hold: ["thread-1"] };
  const shown = shownValue({ name: "journal.retention", value, source: "code" });
  expect(valueText(shown)).toBe('{"warmAfter":"90d","hold":["thread-1"]}');
});
