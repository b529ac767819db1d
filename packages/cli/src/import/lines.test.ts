import { closeSync, openSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../spoor.fixture.ts";
import { type Line, linesOf } from "./lines.ts";

function read(text: string, size: number = Buffer.byteLength(text)): readonly Line[] {
  const file = join(temporaryFolder(), "lines");
  writeFileSync(file, text);
  return readFile(file, size);
}

function readFile(file: string, size: number): readonly Line[] {
  const fd = openSync(file, "r");
  try {
    return [...linesOf(fd, size)];
  } finally {
    closeSync(fd);
  }
}

const textsIn = (text: string): readonly (string | null)[] => read(text).map((line) => line.text);

test("only a newline ends a line, and the last one needs none", () => {
  expect(textsIn("a\u2028b\rc\n\nd")).toEqual(["a\u2028b\rc", "", "d"]);
});

test("each line says where the next one begins, and whether it was seen to end", () => {
  expect(read("aé\n\nend")).toEqual([
    { text: "aé", end: 4, ended: true },
    { text: "", end: 5, ended: true },
    { text: "end", end: 8, ended: false },
  ]);
});

test("what lies beyond the size is not read", () => {
  expect(read("one\ntwo\nthree\n", 6)).toEqual([
    { text: "one", end: 4, ended: true },
    { text: "tw", end: 6, ended: false },
  ]);
});

test("a byte order mark at the beginning of the file is not part of the first line", () => {
  expect(textsIn("\uFEFFa\nb\n")).toEqual(["a", "b"]);
});

test("lines are whole wherever the chunks of reading end", () => {
  const around = 64 * 1024;
  for (const length of [around - 2, around - 1, around, around + 1, 3 * around]) {
    const lines = [`${"x".repeat(length - 1)}é`, "日本語", "end"];
    expect(textsIn(lines.join("\n"))).toEqual(lines);
  }
});

test("a line beyond all measure is passed over, and the next one is read", () => {
  const file = join(temporaryFolder(), "long");
  const length = 80 * 1024 * 1024;
  writeFileSync(file, "before\n");
  truncateSync(file, length);
  writeFileSync(file, "\nafter\n", { flag: "a" });
  expect(readFile(file, length + 7)).toEqual([
    { text: "before", end: 7, ended: true },
    { text: null, end: length + 1, ended: true },
    { text: "after", end: length + 7, ended: true },
  ]);
});

test("an empty file has no lines", () => {
  expect(textsIn("")).toEqual([]);
});
