import { dirname } from "node:path";
import {
  type TileCoordinates,
  hashesOnLevel,
  tileIn,
  tileWidth,
} from "../tiles/tile-coordinates.ts";
import { tilePath } from "../tiles/tile-path.ts";

/**
 * What a tree of `oldSize` had and one of `newSize` has wider: the paths of its partial tiles, and of their folder where the tile is full
 * now. Whoever wants the old tree finds its hashes at the beginning of the wider tile.
 */
export function* supersededPaths(oldSize: number, newSize: number): Generator<string> {
  for (const tile of partialTilesOf(oldSize)) {
    const { width } = tileIn(newSize, tile.level, tile.index);
    if (width === tileWidth) yield dirname(tilePath(tile));
    else if (width > tile.width) yield tilePath(tile);
  }
}

function* partialTilesOf(size: number): Generator<TileCoordinates> {
  for (let level = 0; hashesOnLevel(level, size) > 0; level += 1) {
    const tile = tileIn(size, level, Math.floor(hashesOnLevel(level, size) / tileWidth));
    if (tile.width > 0) yield tile;
  }
}
