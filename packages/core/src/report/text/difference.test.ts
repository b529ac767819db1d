import * as fc from "fast-check";
import { expect, test } from "vitest";
import { difference } from "./difference.ts";
import { wayBetween } from "./shortest-way.ts";
import { wordChanges } from "./word-changes.ts";

const letters = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 14 });

test("what is kept and cut is the list before, what is kept and added the list after, in order and at its place", () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const { edits } = difference(before, after);
      const left = edits.filter(({ kind }) => kind !== "added");
      const right = edits.filter(({ kind }) => kind !== "cut");
      expect(left.map(({ item }) => item)).toEqual(before);
      expect(right.map(({ item }) => item)).toEqual(after);
      expect(left.map((edit) => edit.before)).toEqual(before.map((_, index) => index));
      expect(right.map((edit) => edit.after)).toEqual(after.map((_, index) => index));
    }),
  );
});

test("between what both have once, no way keeps more: as much as the longest common subsequence has", () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const way = wayBetween(
        before.length,
        after.length,
        (left, right) => before[left] === after[right],
      );
      expect(way?.reduce((sum, { count }) => sum + count, 0)).toBe(longestCommon(before, after));
    }),
  );
});

test("what both lists have once, in one order, is kept, whatever stands between", () => {
  const noise = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 6 });
  const between = fc.tuple(noise, noise, noise);
  fc.assert(
    fc.property(between, between, (before, after) => {
      const { edits } = difference(around(before), around(after), { repeats: "apart" });
      const kept = edits.filter(({ kind }) => kind === "kept").map(({ item }) => item);
      expect(kept).toEqual(expect.arrayContaining(["one", "two"]));
    }),
  );
});

test("what is said over and over is the one beside what is said once", () => {
  const look = ["look", "a", "look", "b", "look", "c"];
  expect(keptOf(difference(look, ["summary", "look", "c", "d"]))).toEqual([
    [4, 1],
    [5, 2],
  ]);
  const alone = ["summary", "look", "d"];
  expect(keptOf(difference(look, alone))).toHaveLength(1);
  expect(keptOf(difference(look, alone, { repeats: "apart" }))).toEqual([]);
});

test("what stands in one list as often as in the other is the same, each in its turn", () => {
  const before = ["look", "a", "look", "b", "look", "c"];
  const after = ["look", "x", "look", "x", "look", "x"];
  const { edits } = difference(["before", ...before], ["after", ...after], { repeats: "apart" });
  expect(edits.flatMap(({ kind, item }) => (kind === "kept" ? [item] : []))).toEqual([
    "look",
    "look",
    "look",
  ]);
});

test("lists that have next to nothing in common are not compared for ever, and that is said: what they share at the ends stays", () => {
  const { edits, isCompared } = difference(
    ["head", ...many("old"), "tail"],
    ["head", ...many("new"), "tail"],
  );
  expect(isCompared).toBe(false);
  expect(edits.filter(({ kind }) => kind === "kept").map(({ item }) => item)).toEqual([
    "head",
    "tail",
  ]);
  expect(edits).toHaveLength(3_002);
});

test("nor are long lists that are alike over and over", () => {
  let comparisons = 0;
  const blank = Array.from({ length: 100_000 }, (_, index) => (index % 1_000 === 0 ? "x" : ""));
  const reversed = ["y", ...blank.toReversed(), "", "z"];
  wayBetween(blank.length, reversed.length, (left, right) => {
    comparisons += 1;
    return blank[left] === reversed[right];
  });
  expect(comparisons).toBeLessThan(30_000_000);
  const { edits } = difference(blank, reversed);
  expect(edits.filter(({ kind }) => kind !== "added").map(({ item }) => item)).toEqual(blank);
});

test("what is kept and cut of the words is the line before, what is kept and added the line after", () => {
  const line = fc.array(fc.constantFrom("one", "two", " ", "(", "é", "検"), { maxLength: 12 });
  fc.assert(
    fc.property(line, line, (one, other) => {
      const [before, after] = [one.join(""), other.join("")];
      const changes = wordChanges(before, after);
      if (!changes) return;
      const textOf = (without: string): string =>
        changes.flatMap(({ change, text }) => (change === without ? [] : [text])).join("");
      expect(textOf("added")).toBe(before);
      expect(textOf("cut")).toBe(after);
    }),
  );
});

test("two lines that have little in common are two lines", () => {
  expect(wordChanges("let x = 1;", "let x = 2;")).toEqual([
    { change: "kept", text: "let x = " },
    { change: "cut", text: "1" },
    { change: "added", text: "2" },
    { change: "kept", text: ";" },
  ]);
  expect(wordChanges("something else", "let x = 2;")).toBe(null);
});

const around = ([first, second, third]: readonly (readonly string[])[]): readonly string[] => [
  ...(first ?? []),
  "one",
  ...(second ?? []),
  "two",
  ...(third ?? []),
];

const keptOf = ({ edits }: ReturnType<typeof difference<string>>) =>
  edits.flatMap(({ kind, before, after }) => (kind === "kept" ? [[before, after]] : []));

function longestCommon(left: readonly string[], right: readonly string[]): number {
  let lengths = right.map(() => 0);
  for (const item of left) {
    const row: number[] = [];
    for (const [index, other] of right.entries())
      row.push(
        item === other
          ? (lengths[index - 1] ?? 0) + 1
          : Math.max(lengths[index] ?? 0, row[index - 1] ?? 0),
      );
    lengths = row;
  }
  return lengths.at(-1) ?? 0;
}

const many = (name: string): readonly string[] =>
  Array.from({ length: 1_500 }, (_, index) => `${name} ${index}`);
