import { encodeTile } from "./tile-bytes.ts";
import type { TileReader } from "./tile-reader.ts";
import { tilePath } from "./tile-path.ts";
import type { Tile } from "./frontier.ts";

/** Tiles in a map under their paths: what a folder is to a log. */
export class TileShelf implements TileReader {
  readonly files: Map<string, Uint8Array> = new Map();

  write(tiles: readonly Tile[]): void {
    for (const tile of tiles) this.files.set(tilePath(tile), encodeTile(tile.hashes));
  }

  read(tile: Parameters<TileReader["read"]>[0]): Uint8Array | null {
    return this.files.get(tilePath(tile)) ?? null;
  }
}
