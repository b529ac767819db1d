import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startChild } from "../testing-kit/child.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { everythingIn, find } from "./search.fixture.ts";
import { removeIndexFile } from "./store/index-file.ts";

const program = (name: string): URL => new URL(`${name}.fixture.ts`, import.meta.url);

test("two processes index while two others write and remove what is beyond the bound: the index is the one that is made at once", async () => {
  const dir = temporaryFolder();
  const done = join(dir, "done");
  const writers = [0, 1].map(() => startChild(program("writer"), dir, "1500"));
  await Promise.all(writers.map((writer) => writer.printed(1)));
  const indexers = [0, 1].map(() => startChild(program("indexer"), dir, done));
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0]);
  writeFileSync(done, "");
  expect(await Promise.all(indexers.map(({ ended }) => ended))).toEqual([0, 0]);
  for (const indexer of indexers) {
    const [last] = indexer.lines().slice(-1);
    expect(JSON.parse(last ?? "null")).toMatchObject({ notices: [] });
  }
  const grown = everythingIn(dir);
  expect(find(dir, { limit: 1 })).toHaveLength(1);
  removeIndexFile(join(dir, "index.sqlite"));
  expect(grown).toEqual(everythingIn(dir));
}, 60_000);

test("an index whose writer was killed at any moment is gone on with", async () => {
  const dir = temporaryFolder();
  const writer = startChild(program("writer"), dir, "2000");
  await writer.printed(1);
  for (const milliseconds of [0, 3, 9, 27, 60]) {
    const indexer = startChild(program("indexer"), dir, join(dir, "never"));
    await indexer.printed(1);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    indexer.kill();
    await indexer.ended;
  }
  writer.kill();
  await writer.ended;
  const grown = everythingIn(dir);
  removeIndexFile(join(dir, "index.sqlite"));
  expect(grown).toEqual(everythingIn(dir));
}, 60_000);
