import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { tilePath } from "../tiles/tile-path.ts";
import { diskTiles } from "./disk-tiles.ts";

const tileOf = (width: number) => ({ level: 0, index: 1, width });
const bytesOf = (width: number) => Buffer.alloc(width * 32, 7);

function put(folder: string, width: number): void {
  const path = join(folder, tilePath(tileOf(width)));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytesOf(width));
}

test("a partial tile that a sealer has just followed by a wider one is its beginning", () => {
  const folder = temporaryFolder();
  put(folder, 60);
  put(folder, 9);
  const tiles = diskTiles(folder, nodeFileSystem);
  expect(tiles.read(tileOf(44))).toEqual(bytesOf(44));
  expect(tiles.read(tileOf(61))).toBeNull();
  expect(tiles.read({ ...tileOf(44), index: 2 })).toBeNull();
});

test("however fast a sealer is, a tile is found", () => {
  const folder = temporaryFolder();
  put(folder, 45);
  let width = 45;
  const files: FileSystem = {
    ...nodeFileSystem,
    openToRead(path) {
      if (width < 50) {
        rmSync(join(folder, tilePath(tileOf(width))));
        put(folder, (width += 1));
      }
      return nodeFileSystem.openToRead(path);
    },
  };
  expect(diskTiles(folder, files).read(tileOf(44))).toEqual(bytesOf(44));
  expect(width).toBe(50);
});
