import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { umask } from "node:process";
import { expect, test } from "vitest";
import { entriesFile, laneFolder, segmentFolder } from "../../journal/disk/layout.ts";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { leafHash } from "../merkle/hash.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import { openCheckpoint } from "../notes/open-checkpoint.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import { checkpointFile, sealFolder, verifierKeyFile } from "../sealer/seal-layout.ts";
import { linesOf, recordEntries, sealOnce } from "../sealer/sealed-lanes.fixture.ts";
import { diskTiles } from "../sealer/disk-tiles.ts";
import { decodeBundle } from "../tiles/entry-bundle.ts";
import { bundlesBetween } from "../tiles/tile-coordinates.ts";
import { bundlePath } from "../tiles/tile-path.ts";
import { tiledNodes } from "../tiles/tiled-nodes.ts";
import { publishLane } from "./publish-lane.ts";

/** What somebody who has only the published folder finds: the entries under a root that is signed. */
function publishedEntries(folder: string): readonly Uint8Array[] {
  const key = parseVerifierKey(readFileSync(join(folder, "log.vkey"), "utf8").trimEnd());
  const { checkpoint } = openCheckpoint(readFileSync(join(folder, "checkpoint")), { log: [key] });
  const { size, root } = checkpoint;
  const entries = [...bundlesBetween(0, size)].flatMap((bundle) =>
    decodeBundle(readFileSync(join(folder, bundlePath(bundle)))),
  );
  const nodes = tiledNodes(size, diskTiles(folder, nodeFileSystem));
  expect(treeRoot(size, nodes)).toBe(root);
  for (const [index, entry] of entries.entries())
    expect(nodes({ level: 0, index })).toBe(leafHash(entry));
  return entries;
}

test("a published log holds the entries as they were sealed, and grows with the seal", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  let published = 0;
  for (const count of [3, 200, 400, 0, 165]) {
    await recordEntries(dir, count, { segmentBytes: 10_000 });
    const { size } = await sealOnce(dir);
    expect(await publishLane("0", { dir, to })).toEqual({
      lane: "0",
      folder: join(to, "0"),
      size,
      added: size - published,
    });
    published = size;
    expect(publishedEntries(join(to, "0"))).toEqual(linesOf(dir).map((line) => Buffer.from(line)));
  }
});

test("a full tile or bundle that was published is not written again", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 300);
  await sealOnce(dir);
  await publishLane("0", { dir, to });
  const times = (): readonly bigint[] =>
    ["tile/0/000", "tile/entries/000"].map(
      (path) => statSync(join(to, "0", path), { bigint: true }).mtimeNs,
    );
  const before = times();
  await recordEntries(dir, 10);
  await sealOnce(dir);
  await publishLane("0", { dir, to });
  expect(times()).toEqual(before);
});

test("neither private key nor content is published", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 3);
  await sealOnce(dir);
  await publishLane("0", { dir, to });
  const names = readdirSync(join(to, "0"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(to.length + 3));
  expect(names.toSorted()).toEqual([
    "checkpoint",
    "log.vkey",
    "tile/0/000.p/3",
    "tile/entries/000.p/3",
  ]);
});

test("a lane that is not sealed is not published", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 3);
  expect(await publishLane("0", { dir, to })).toBeNull();
  expect(readdirSync(to)).toEqual([]);
});

test("an entry that was changed after it was sealed is not published", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 300);
  await sealOnce(dir);
  const path = entriesFile(segmentFolder(laneFolder(dir, 0), 1));
  writeFileSync(path, readFileSync(path, "utf8").replace('"sequence":7,', '"sequence":8,'));
  await expect(publishLane("0", { dir, to })).rejects.toMatchObject({
    code: "ENTRY_CHANGED",
    message: "entry 7 of the record is not the one that was sealed",
  });
});

test("another log, another history and a longer one are not written over", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 300);
  await sealOnce(dir);
  await publishLane("0", { dir, to });

  const other = temporaryFolder();
  await recordEntries(other, 300);
  await sealOnce(other, { name: "example.com/other" });
  await expect(publishLane("0", { dir: other, to })).rejects.toMatchObject({
    code: "NOTE_UNSIGNED",
  });

  const fork = temporaryFolder();
  await recordEntries(fork, 301, { clock: () => 1 });
  const path = entriesFile(segmentFolder(laneFolder(fork, 0), 1));
  writeFileSync(path, readFileSync(path, "utf8").replace('"text"', '"TEXT"'));
  await sealOnce(fork);
  await expect(publishLane("0", { dir: fork, to })).rejects.toMatchObject({
    code: "HISTORY_DIFFERS",
  });

  const shorter = temporaryFolder();
  await recordEntries(shorter, 299);
  await sealOnce(shorter);
  await expect(publishLane("0", { dir: shorter, to })).rejects.toMatchObject({
    code: "CHECKPOINT_OLD",
  });
  expect(publishedEntries(join(to, "0"))).toHaveLength(300);
});

test("what the bound has removed before it was published cannot be published", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  const bounded = { segmentBytes: 4_000, maxBytes: 20_000 };
  for (let round = 0; round < 10; round += 1) {
    await recordEntries(dir, 40, bounded);
    await sealOnce(dir);
    if (round < 3) await publishLane("0", { dir, to });
  }
  await expect(publishLane("0", { dir, to })).rejects.toMatchObject({ code: "ENTRIES_GONE" });
  expect(publishedEntries(join(to, "0"))).toHaveLength(120);
  rmSync(to, { recursive: true });
});

const lets = (mode: number): string => (mode & ~umask()).toString(8);

test("what is published may be read by everybody, as far as the umask lets them", async () => {
  const [dir, parent] = [temporaryFolder(), temporaryFolder()];
  const to = join(parent, "public");
  await recordEntries(dir, 300);
  await sealOnce(dir);
  await publishLane("0", { dir, to });
  const modes = readdirSync(to, { recursive: true, withFileTypes: true }).map((entry) => {
    const { mode } = statSync(join(entry.parentPath, entry.name));
    return `${entry.isFile() ? "file" : "folder"} ${(mode & 0o777).toString(8)}`;
  });
  expect(new Set(modes)).toEqual(new Set([`file ${lets(0o666)}`, `folder ${lets(0o777)}`]));
  expect(lets(0o666)).not.toBe("600");
  expect(statSync(checkpointFile(sealFolder(laneFolder(dir, 0)))).mode & 0o777).toBe(0o600);
});

test("of two who publish at once, none puts an older checkpoint in the place of a newer one", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 30);
  await sealOnce(dir);
  let other: Promise<unknown> | null = null;
  const files: FileSystem = {
    ...nodeFileSystem,
    syncData: async (path) => {
      other ??= overtake();
      await other;
      await nodeFileSystem.syncData(path);
    },
  };
  async function overtake(): Promise<void> {
    await recordEntries(dir, 5);
    await sealOnce(dir);
    await publishLane("0", { dir, to });
  }
  await expect(publishLane("0", { dir, to, files })).rejects.toMatchObject({
    code: "CHECKPOINT_OLD",
    message: expect.stringContaining("meanwhile"),
  });
  expect(publishedEntries(join(to, "0"))).toHaveLength(35);
});

test("a lane that is sealed while it is published is published as it was", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 30);
  await sealOnce(dir);
  let isSealed = false;
  const files: FileSystem = {
    ...nodeFileSystem,
    syncData: async (path) => {
      if (!isSealed) {
        isSealed = true;
        await recordEntries(dir, 5);
        await sealOnce(dir);
      }
      await nodeFileSystem.syncData(path);
    },
  };
  expect(await publishLane("0", { dir, to, files })).toMatchObject({ size: 30 });
  expect(publishedEntries(join(to, "0"))).toHaveLength(30);
});

test("a public key that is gone is named, with what brings it back", async () => {
  const [dir, to] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, 3);
  await sealOnce(dir);
  rmSync(verifierKeyFile(sealFolder(laneFolder(dir, 0))));
  await expect(publishLane("0", { dir, to })).rejects.toMatchObject({ code: "KEY_MISSING" });
  await sealOnce(dir);
  expect(await publishLane("0", { dir, to })).toMatchObject({ size: 3 });
});
