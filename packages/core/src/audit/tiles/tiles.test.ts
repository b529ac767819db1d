import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inclusionProof } from "../merkle/inclusion.ts";
import { countingLeaves } from "../merkle/leaves.fixture.ts";
import { decodeBundle, encodeBundle, longestEntry } from "./entry-bundle.ts";
import { emptyFrontier, extendFrontier, readFrontier } from "./frontier.ts";
import { decodeTile, encodeTile } from "./tile-bytes.ts";
import { bundlesBetween, tilesBetween } from "./tile-coordinates.ts";
import { bundlePath, tilePath } from "./tile-path.ts";
import { tiledNodes } from "./tiled-nodes.ts";
import { TileShelf } from "./tiles.fixture.ts";

const leaves = countingLeaves(600);

function shelfOf(...sizes: readonly number[]): TileShelf {
  const shelf = new TileShelf();
  let frontier = emptyFrontier;
  for (const size of sizes) {
    const growth = extendFrontier(frontier, leaves.slice(frontier.size, size));
    shelf.write(growth.tiles);
    ({ frontier } = growth);
  }
  return shelf;
}

test("a tree of 70,000 has the tiles that tlog-tiles counts for it", () => {
  const tiles = [...tilesBetween(0, 70_000)];
  const count = (level: number, full: boolean): number =>
    tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length;
  expect([count(0, true), count(1, true), count(2, true)]).toEqual([273, 1, 0]);
  expect(tiles.filter(({ width }) => width < 256).map(tilePath)).toEqual([
    "tile/0/273.p/112",
    "tile/1/001.p/17",
    "tile/2/000.p/1",
  ]);
  expect(tiles).toHaveLength(273 + 1 + 3);
  expect([...bundlesBetween(0, 70_000)].map(bundlePath).slice(-2)).toEqual([
    "tile/entries/272",
    "tile/entries/273.p/112",
  ]);
});

test("a tree of 256 has one full tile, and above it one of a single hash", () => {
  expect([...tilesBetween(0, 256)].map(tilePath)).toEqual(["tile/0/000", "tile/1/000.p/1"]);
});

test("what grew is what is written: the tile that became wider, and new ones", () => {
  expect([...tilesBetween(255, 255)]).toEqual([]);
  expect([...tilesBetween(0, 0)]).toEqual([]);
  expect([...tilesBetween(300, 301)].map(tilePath)).toEqual(["tile/0/001.p/45"]);
  expect([...tilesBetween(300, 513)].map(tilePath)).toEqual([
    "tile/0/001",
    "tile/0/002.p/1",
    "tile/1/000.p/2",
  ]);
  expect([...bundlesBetween(255, 257)].map(bundlePath)).toEqual([
    "tile/entries/000",
    "tile/entries/001.p/1",
  ]);
});

test("a partial tile that was removed is read from the full one that followed it", () => {
  const shelf = shelfOf(300, 600);
  expect(shelf.files.delete("tile/0/001.p/44")).toBe(true);
  const nodes = tiledNodes(300, shelfOf(300));
  expect(inclusionProof(299, 300, tiledNodes(300, shelf))).toEqual(inclusionProof(299, 300, nodes));
  expect(readFrontier(300, shelf)).toEqual(readFrontier(300, shelfOf(300)));
});

test("a tile that is missing is named, and so is one of another width", () => {
  const shelf = shelfOf(300);
  const nodes = tiledNodes(300, shelf);
  shelf.files.set("tile/0/001.p/44", Buffer.alloc(43 * 32));
  expect(() => inclusionProof(299, 300, nodes)).toThrow(
    expect.objectContaining({
      code: "TILE_MALFORMED",
      message: "expected 44 hashes in tile/0/001.p/44, received 1376 bytes",
    }),
  );
  shelf.files.delete("tile/0/001.p/44");
  expect(() => readFrontier(300, shelf)).toThrow(
    expect.objectContaining({ code: "TILE_MISSING", message: "tile/0/001.p/44 is missing" }),
  );
  shelf.files.set("tile/0/001", Buffer.alloc(44 * 32));
  expect(() => readFrontier(300, shelf)).toThrow("expected 256 hashes in tile/0/001.p/44");
});

test("a tile is its hashes, one behind the other", () => {
  const tile = encodeTile(leaves.slice(0, 3));
  expect(tile).toHaveLength(96);
  expect(decodeTile(tile)).toEqual(leaves.slice(0, 3));
  expect(decodeTile(tile.subarray(1))).toBeNull();
});

test("a bundle gives back the entries that went into it, and nothing when it is cut", () => {
  expect(encodeBundle([Buffer.from("ab"), Buffer.of()]).toString("hex")).toBe("000261620000");
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), fc.nat(), (entries, cut) => {
      const bundle = encodeBundle(entries);
      expect(decodeBundle(bundle).map((entry) => [...entry])).toEqual(
        entries.map((entry) => [...entry]),
      );
      const kept = bundle.subarray(0, bundle.length === 0 ? 0 : cut % bundle.length);
      const whole = entries.map((_, count) => encodeBundle(entries.slice(0, count)).length);
      if (bundle.length > 0 && !whole.includes(kept.length))
        expect(() => decodeBundle(kept)).toThrow("expected a whole entry at byte");
    }),
  );
});

test("an entry of 65,535 bytes fits into a bundle, and one more byte does not", () => {
  const longest = Buffer.alloc(longestEntry, 7);
  expect(decodeBundle(encodeBundle([longest]))).toEqual([longest]);
  expect(() => encodeBundle([Buffer.alloc(longestEntry + 1)])).toThrow(
    expect.objectContaining({
      code: "ENTRY_TOO_LONG",
      message: "an entry of 65536 bytes is too long",
    }),
  );
});
