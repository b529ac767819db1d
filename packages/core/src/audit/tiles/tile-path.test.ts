import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bundlePath, parseBundlePath, parseTilePath, tilePath } from "./tile-path.ts";

test("a path says level, place in groups of three digits, and the width of a partial tile", () => {
  expect(tilePath({ level: 0, index: 0, width: 256 })).toBe("tile/0/000");
  expect(tilePath({ level: 2, index: 67, width: 1 })).toBe("tile/2/067.p/1");
  expect(tilePath({ level: 1, index: 1_234_067, width: 8 })).toBe("tile/1/x001/x234/067.p/8");
  expect(bundlePath({ index: 123_456_078, width: 256 })).toBe("tile/entries/x123/x456/078");
  expect(bundlePath({ index: 1_000, width: 255 })).toBe("tile/entries/x001/000.p/255");
});

test("every tile and bundle has a path that leads back to it, and to no other", () => {
  const place = fc.record({ index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) });
  fc.assert(
    fc.property(place, fc.integer({ min: 0, max: 63 }), (bundle, level) => {
      const tile = { level, ...bundle };
      expect(parseTilePath(tilePath(tile))).toEqual(tile);
      expect(parseBundlePath(bundlePath(bundle))).toEqual(bundle);
      expect(parseTilePath(bundlePath(bundle))).toBeNull();
      expect(parseBundlePath(tilePath(tile))).toBeNull();
    }),
  );
});

describe("what is no path of a tile is refused", () => {
  test.each([
    "",
    "tile/0/000 ",
    "/tile/0/000",
    "tile/0/0",
    "tile/0/0000",
    "tile/00/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/data/000",
    "tile/0/x000/000",
    "tile/0/001/000",
    "tile/0/x001/x000",
    "tile/0/x001000",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/000.p/256",
    "tile/0/000.p/",
    "tile/0/000.p",
    "tile/0/../000",
    "tile/0/x009/x007/x199/x254/x740/992",
    "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
  ])("%j", (path) => {
    expect(parseTilePath(path)).toBeNull();
    expect(parseBundlePath(path.replace("tile/0/", "tile/entries/"))).toBeNull();
  });
});
