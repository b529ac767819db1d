import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../spoor.fixture.ts";
import { sourceFiles } from "./source-files.ts";

function folderWith(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
  return folder;
}

test("a folder stands for the recordings below it, sorted; a file that is named is meant whatever its name", () => {
  const cwd = folderWith("b/c/2.jsonl", "b/1.ndjson", "b/notes.txt", "a.log");
  expect(sourceFiles(["b", "a.log", "b/1.ndjson"], [".jsonl", ".ndjson"], cwd)).toEqual({
    paths: ["a.log", "b/1.ndjson", "b/c/2.jsonl"].map((name) => join(cwd, name)),
    named: ["a.log", "b/1.ndjson"].map((name) => join(cwd, name)),
    broken: [],
  });
});

test("links are followed, in circles too, and one that leads nowhere costs nobody the others", () => {
  const cwd = folderWith("b/1.jsonl", "elsewhere/2.jsonl");
  symlinkSync(join(cwd, "elsewhere"), join(cwd, "b", "link"));
  symlinkSync(join(cwd, "b"), join(cwd, "elsewhere", "back"));
  symlinkSync(join(cwd, "gone"), join(cwd, "b", "dangling.jsonl"));
  symlinkSync("itself.jsonl", join(cwd, "b", "itself.jsonl"));
  const { paths, broken } = sourceFiles(["b"], [".jsonl", ".ndjson"], cwd);
  expect(paths).toEqual([join(cwd, "b", "1.jsonl"), join(cwd, "b", "link", "2.jsonl")]);
  expect(broken).toEqual([
    { path: join(cwd, "b", "itself.jsonl"), reason: expect.stringContaining("ELOOP") },
  ]);
});

test("in a folder only what ends like a recording counts, and what is missing is said by its endings", () => {
  const cwd = folderWith("b/1.jsonl", "b/2.json");
  expect(sourceFiles(["b"], [".json"], cwd).paths).toEqual([join(cwd, "b", "2.json")]);
  expect(() => sourceFiles(["b"], [".csv", ".tsv"], cwd)).toThrow(
    "there is no .csv or .tsv file in b",
  );
});
