import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { Cursor } from "./cursor.ts";
import { diskCursors } from "./disk-cursors.ts";

const cursor: Cursor = {
  sequence: 7,
  foldFrom: { segment: 2, offset: 30 },
  outstanding: ["a", "b"],
};

test("a cursor is found as it was kept, by another process too; where none was kept there is none", () => {
  const dir = temporaryFolder();
  diskCursors(dir).save("otel", "0", cursor);
  expect(diskCursors(dir).load("otel", "0")).toEqual(cursor);
  expect(diskCursors(dir).load("otel", "1")).toBeNull();
  expect(readdirSync(join(dir, "cursors/otel"))).toEqual(["0.json"]);
});

test.each([
  ["is empty", ""],
  ["is cut", '{"v":0,"sequence":7,"fold'],
  ["is of a later version", '{"v":1,"sequence":7}'],
  ["lacks a field", '{"v":0,"sequence":7,"foldFrom":{"segment":1}}'],
])("one that %s is not taken for none: it throws, and says which and what to do", (_, text) => {
  const dir = temporaryFolder();
  diskCursors(dir).save("otel", "0", cursor);
  const file = join(dir, "cursors/otel/0.json");
  writeFileSync(file, text);
  expect(() => diskCursors(dir).load("otel", "0")).toThrow(
    expect.objectContaining({
      code: "CURSOR_UNREADABLE",
      message: expect.stringContaining(file) as string,
    }) as Error,
  );
});

test("one that cannot be kept throws, and the one before stands", () => {
  const dir = temporaryFolder();
  diskCursors(dir).save("otel", "0", cursor);
  rmSync(join(dir, "cursors/otel/0.json"));
  mkdirSync(join(dir, "cursors/otel/0.json/in-the-way"), { recursive: true });
  expect(() => diskCursors(dir).save("otel", "0", cursor)).toThrow();
  expect(readdirSync(join(dir, "cursors/otel"))).toEqual(["0.json"]);
});

test.each(["..", ".", "a/b", "../../evil", "\ud800"])(
  "an exporter of the name %j has its cursor in the folder of cursors",
  (name) => {
    const dir = temporaryFolder();
    diskCursors(dir).save(name, "0", cursor);
    expect(diskCursors(dir).load(name, "0")).toEqual(cursor);
    expect(readdirSync(dir).toSorted()).toEqual([".gitignore", "cursors"]);
    expect(readdirSync(join(dir, "cursors"))).toHaveLength(1);
  },
);

test("a folder that was removed comes back closed to others, and out of version control", () => {
  const dir = join(temporaryFolder(), ".spoor");
  diskCursors(dir).save("otel", "0", cursor);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(statSync(join(dir, "cursors")).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(dir, ".gitignore")).toString()).toBe("*\n");
});
