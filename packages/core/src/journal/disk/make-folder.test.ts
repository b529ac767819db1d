import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { makeFolder } from "./make-folder.ts";
import { makeJournalFolder } from "./make-journal-folder.ts";

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test("a folder is made with those above it, and twice is once", () => {
  const top = join(temporaryFolder(), "a");
  for (const _ of [1, 2]) makeFolder(join(top, "b", "c"), 0o700);
  for (const path of [top, join(top, "b"), join(top, "b", "c")]) expect(modeOf(path)).toBe(0o700);
});

test("a folder behind a link is a folder, and a link to nowhere is none", () => {
  const top = temporaryFolder();
  const [there, link] = [join(top, "there"), join(top, "link")];
  mkdirSync(there);
  symlinkSync(there, link);
  makeFolder(join(link, "inside"));
  expect(statSync(join(there, "inside")).isDirectory()).toBe(true);
  rmSync(there, { recursive: true });
  expect(() => makeFolder(link)).toThrow("EEXIST");
});

describe("what is in the way is said", () => {
  test("a file", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(() => makeFolder(file)).toThrow("EEXIST");
    expect(() => makeFolder(join(file, "below"))).toThrow("ENOTDIR");
  });

  test.runIf(process.platform === "linux")("a file system in which nothing can be made", () => {
    for (const path of ["/proc/nope", "/proc/nope/below"]) {
      expect(() => makeFolder(path)).toThrow("ENOENT");
      expect(() => makeJournalFolder(path)).toThrow("ENOENT");
    }
  });
});
