import { expect, test } from "vitest";
import { dollars } from "./dollars.ts";

test.each([
  [0, "$0.0000"],
  [0.000_000_1, "<$0.0001"],
  [-0.000_000_1, "−<$0.0001"],
  [0.000_05, "$0.0001"],
  [0.036_276, "$0.0363"],
  [-0.5, "−$0.5000"],
  [1, "$1.00"],
  [1234.567, "$1,234.57"],
])("%d is %s", (usd, text) => {
  expect(dollars(usd)).toBe(text);
});
