import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import {
  entriesFile,
  laneFolder,
  segmentFolder,
  segmentNumbers,
} from "../../journal/disk/layout.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { noteSigner } from "../notes/signer.ts";
import { tileWidth, tilesBetween } from "../tiles/tile-coordinates.ts";
import { tilePath } from "../tiles/tile-path.ts";
import { LaneSealer } from "./seal-lane.ts";
import { checkpointFile, sealFolder } from "./seal-layout.ts";
import { elsewhere, recordEntries, sealOnce, testKey } from "./sealed-lanes.fixture.ts";

interface WatchedDisk {
  readonly files: FileSystem;
  /** Files whose bytes would outlive a power cut. */
  readonly safe: ReadonlySet<string>;
  /** Folders in which a name would not. */
  readonly unsafeFolders: ReadonlySet<string>;
  readonly placed: readonly string[];
}

function watchedDisk(): WatchedDisk {
  const safe = new Set<string>();
  const unsafeFolders = new Set<string>();
  const placed: string[] = [];
  const place = (from: string, to: string): void => {
    if (safe.has(from)) safe.add(to);
    unsafeFolders.add(dirname(to));
    placed.push(to);
  };
  const files: FileSystem = {
    ...nodeFileSystem,
    link(path, name) {
      nodeFileSystem.link(path, name);
      place(path, name);
    },
    rename(path, name) {
      nodeFileSystem.rename(path, name);
      place(path, name);
    },
    syncData: async (path) => {
      safe.add(path);
      await Promise.resolve();
    },
    syncFolder: async (path) => {
      unsafeFolders.delete(path);
      await Promise.resolve();
    },
  };
  return { files, safe, unsafeFolders, placed };
}

test("what is signed is safe on the disk before it is signed, and the checkpoint before it has its name", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 700, { segmentBytes: 10_000 });
  const disk = watchedDisk();
  const lane = laneFolder(dir, 0);
  const seal = sealFolder(lane);
  const { sign, publicKey } = elsewhere(noteSigner(testKey()));
  const key = {
    publicKey,
    sign: (text: Uint8Array): ReturnType<typeof sign> => {
      const tiles = [...tilesBetween(0, 700)].map((tile) => join(seal, tilePath(tile)));
      const entries = segmentNumbers(lane).map((segment) =>
        entriesFile(segmentFolder(lane, segment)),
      );
      expect(entries.length).toBeGreaterThan(1);
      for (const path of [...tiles, ...entries]) expect(disk.safe).toContain(path);
      expect([...disk.unsafeFolders].filter((folder) => folder.startsWith(lane))).toEqual([]);
      expect(disk.placed).not.toContain(checkpointFile(seal));
      return sign(text);
    },
  };
  await sealOnce(dir, { files: disk.files, name: "example.com/spoor", key });
  expect(disk.safe).toContain(checkpointFile(seal));
  expect(disk.placed.filter((path) => path.includes("tile/0/")).length).toBe(
    Math.ceil(700 / tileWidth),
  );
});

test("a checkpoint whose name could not be made safe is made safe the next time, before it is said to be", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  const disk = watchedDisk();
  const seal = sealFolder(laneFolder(dir, 0));
  let fails = true;
  const files: FileSystem = {
    ...disk.files,
    syncFolder: async (path) => {
      if (fails && disk.placed.includes(checkpointFile(seal))) throw new Error("EIO");
      await disk.files.syncFolder(path);
    },
  };
  const sealer = new LaneSealer("0", { dir, files, newKey: testKey });
  await expect(sealer.seal()).rejects.toThrow("EIO");
  expect(disk.unsafeFolders).toContain(seal);
  fails = false;
  expect(await sealer.seal()).toMatchObject({ size: 3, added: 0 });
  expect(disk.unsafeFolders).not.toContain(seal);
});
