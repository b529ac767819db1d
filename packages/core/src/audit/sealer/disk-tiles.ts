import { dirname, join } from "node:path";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { namesIn } from "../../journal/disk/layout.ts";
import { hashLength } from "../merkle/hash.ts";
import { type TileCoordinates, tileWidth } from "../tiles/tile-coordinates.ts";
import { tilePath } from "../tiles/tile-path.ts";
import type { TileReader } from "../tiles/tile-reader.ts";
import { readIfThere } from "./seal-layout.ts";

const mostLooks = 16;

/**
 * The tiles in the folder of a log. Whoever seals meanwhile puts a wider partial tile in the place of a partial one: it begins with the same
 * hashes, so it is read as far as was asked for.
 */
export function diskTiles(folder: string, files: FileSystem): TileReader {
  const read = (tile: TileCoordinates): Uint8Array | null =>
    readIfThere(join(folder, tilePath(tile)), files);
  const widthsOf = (tile: TileCoordinates): readonly number[] =>
    namesIn(join(folder, dirname(tilePath(tile)))).map(Number);
  return {
    read(tile) {
      const bytes = read(tile);
      if (bytes || tile.width === tileWidth) return bytes;
      for (let look = 0; look < mostLooks; look += 1) {
        const wider = widthsOf(tile).filter((width) => width > tile.width && width < tileWidth);
        if (wider.length === 0) return null;
        const [width] = wider.toSorted((left, right) => right - left);
        const found = read({ ...tile, width: Number(width) });
        if (found) return found.subarray(0, tile.width * hashLength);
      }
      return null;
    },
  };
}
