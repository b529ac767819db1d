import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineOf, visibleText } from "./visible-text.ts";

test("nothing in it is unseen, and nothing turns the order of what stands beside it", () => {
  const hidden = fc.constantFrom(
    "\u0000",
    "\u001B[31m",
    "\u007F",
    "\u0085",
    "\u202E",
    "\u2066",
    "\u2028",
    "\uFEFF",
    "\uD800",
    "a",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(hidden), (parts) => {
      const shown = visibleText(parts.join(""));
      expect(shown).not.toMatch(/[\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u);
      expect(shown.isWellFormed()).toBe(true);
    }),
  );
});

test("what can be seen stays as it is", () => {
  expect(visibleText("naïve 漢字 😀\n\ttab")).toBe("naïve 漢字 😀\n\ttab");
  expect(visibleText("\u001B]8;;x\u0007")).toBe("⟨U+001B⟩]8;;x⟨U+0007⟩");
});

test("what hides a message in tags is shown", () => {
  expect(visibleText("a\u{E0041}b\u200Bc")).toBe("a⟨U+E0041⟩b⟨U+200B⟩c");
});

test("a line is one line, and no longer than asked", () => {
  expect(lineOf("one\n  two\t three")).toBe("one two three");
  expect(lineOf("x".repeat(500), 10)).toBe("xxxxxxxxxx…");
  expect(lineOf(`${"x".repeat(9)}😀`, 10).isWellFormed()).toBe(true);
});
