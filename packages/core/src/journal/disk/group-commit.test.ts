import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GroupCommit } from "./group-commit.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

test("is settled when everything that was added was tried, and says what failed", async () => {
  const dir = temporaryFolder();
  const [folder, file] = [join(dir, "folder"), join(dir, "file")];
  mkdirSync(folder);
  writeFileSync(file, "");
  const commit = new GroupCommit(dir);

  commit.add(folder);
  commit.add(file);
  expect(commit.failure).toBeNull();
  await commit.settled();
  expect(commit.failure).toMatchObject({ code: "EISDIR" });

  commit.add(file);
  await commit.settled();
  expect(commit.failure).toBeNull();
});

test("does not mind a file that the bound has removed", async () => {
  const dir = temporaryFolder();
  const commit = new GroupCommit(dir);
  commit.add(join(dir, "gone"));
  await commit.settled();
  expect(commit.failure).toBeNull();
});

test("takes in what is added while it runs", async () => {
  const dir = temporaryFolder();
  mkdirSync(join(dir, "folder"));
  writeFileSync(join(dir, "file"), "");
  const commit = new GroupCommit(dir);
  commit.add(join(dir, "file"));
  await Promise.resolve();
  const settled = commit.settled();
  commit.add(join(dir, "folder"));
  await settled;
  expect(commit.failure).toMatchObject({ code: "EISDIR" });
});
