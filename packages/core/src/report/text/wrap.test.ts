import * as fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf } from "../../terminal/columns.ts";
import { graphemesFrom } from "./graphemes.ts";
import { visible } from "./visible.ts";
import { wrap } from "./wrap.ts";

const everything = { columns: Infinity, lines: Infinity };

test("lines break between words, and inside a word that is longer than a line", () => {
  expect(wrap("to be or not to be, abcdefghijklmnopq", { columns: 10, lines: 9 }).lines).toEqual([
    "to be or",
    "not to be,",
    "abcdefghij",
    "klmnopq",
  ]);
});

test("a text keeps its own lines and their indentation", () => {
  expect(wrap("if (a)\r\n\n\tb()", everything).lines).toEqual(["if (a)", "", "    b()"]);
});

test("wide characters take two columns, and what is joined stays together", () => {
  expect(wrap("検索検索", { columns: 4, lines: 9 }).lines).toEqual(["検索", "検索"]);
  expect(wrap("ab👩‍👩‍👧cde\u0301f", { columns: 3, lines: 9 }).lines).toEqual([
    "ab",
    "👩‍👩‍👧",
    "cde\u0301",
    "f",
  ]);
});

test("where there is no more room, it says how many characters are left", () => {
  expect(wrap("one two three", { columns: 5, lines: 1 })).toEqual({ lines: ["one"], left: 9 });
  expect(wrap("one\ntwo\nthree", { columns: 5, lines: 2 })).toEqual({
    lines: ["one", "two"],
    left: 5,
  });
});

test("what would drive the terminal is shown, not sent", () => {
  const { lines } = wrap("\u001B[2Jgone\u0007 \u009B1A \u202Egnp", everything);
  expect(lines).toEqual(["␛[2Jgone␇ \\u009b1A \\u202egnp"]);
});

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(fc.constantFrom("👩‍👩‍👧", "🇩🇪", "e\u0301", " ", "\n", "word", "検索"), { maxLength: 20 })
    .map((parts) => parts.join("")),
);

test("whatever the text, no line moves the cursor or breaks, and none is too wide but for a single character that is", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (said, columns) => {
      const { lines, left } = wrap(said, { columns, lines: Infinity });
      expect(left).toBe(0);
      for (const line of lines) {
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        if (columnsOf(line) > columns) expect([...graphemesFrom(line, 0)]).toHaveLength(1);
      }
    }),
  );
});

test("no grapheme of a text is lost, torn or moved", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (said, columns) => {
      const { lines } = wrap(said, { columns, lines: Infinity });
      const shown = said.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u).map(visible);
      expect(graphemesOf(lines)).toEqual(graphemesOf(shown));
    }),
  );
});

/** Without the spaces, at which lines break. */
const graphemesOf = (lines: readonly string[]): readonly string[] =>
  lines
    .flatMap((line) => [...graphemesFrom(line, 0)])
    .filter((grapheme) => !/^\s*$/.test(grapheme));

test("a long line of one piece is looked at piece by piece, and its graphemes stay whole", () => {
  const family = "👩‍👩‍👧";
  const long = family.repeat(1_000) + "e" + "\u0301".repeat(1_000) + "x";
  expect([...graphemesFrom(long, 0)]).toEqual([
    ...Array.from({ length: 1_000 }, () => family),
    `e${"\u0301".repeat(1_000)}`,
    "x",
  ]);
});
