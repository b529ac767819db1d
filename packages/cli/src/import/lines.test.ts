import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../spoor.fixture.ts";
import { linesOf } from "./lines.ts";

function linesIn(text: string): readonly string[] {
  const file = join(temporaryFolder(), "lines");
  writeFileSync(file, text);
  return [...linesOf(file)];
}

test("only a newline ends a line, and the last one needs none", () => {
  expect(linesIn("a\u2028b\rc\n\nd")).toEqual(["a\u2028b\rc", "", "d"]);
});

test("a byte order mark is not part of the first line", () => {
  expect(linesIn("\uFEFFa\nb\n")).toEqual(["a", "b"]);
});

test("lines are whole wherever the chunks of reading end", () => {
  const around = 256 * 1024;
  for (const length of [around - 2, around - 1, around, around + 1, 3 * around]) {
    const lines = [`${"x".repeat(length - 1)}é`, "日本語", "end"];
    expect(linesIn(lines.join("\n"))).toEqual(lines);
  }
});

test("an empty file has no lines", () => {
  expect(linesIn("")).toEqual([]);
});
