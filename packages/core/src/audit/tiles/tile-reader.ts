import { AuditError } from "../audit-error.ts";
import type { Hash } from "../merkle/hash.ts";
import { type TileCoordinates, tileWidth } from "./tile-coordinates.ts";
import { decodeTile } from "./tile-bytes.ts";
import { tilePath } from "./tile-path.ts";

/** Where tiles lie. Null: there is no such tile; throws what the disk says where that cannot be known. */
export interface TileReader {
  read(tile: TileCoordinates): Uint8Array | null;
}

/**
 * The hashes of a tile. A partial one may have been removed since the full one is there, and is then read as its beginning. Throws where
 * neither is there, or what is there is no tile of that width; nothing else about the hashes has been checked.
 */
export function readTile(tile: TileCoordinates, reader: TileReader): readonly Hash[] {
  const { width } = tile;
  const partial = reader.read(tile);
  const bytes = partial ?? (width < tileWidth ? reader.read({ ...tile, width: tileWidth }) : null);
  if (!bytes)
    throw new AuditError("TILE_MISSING", `${tilePath(tile)} is missing`, {
      fix: "Restore it from a copy of the log, or have it made again from the entries.",
    });
  const hashes = decodeTile(bytes);
  const expected = partial ? width : tileWidth;
  if (hashes?.length !== expected)
    throw new AuditError(
      "TILE_MALFORMED",
      `expected ${expected} hashes in ${tilePath(tile)}, received ${bytes.length} bytes`,
      { fix: "Restore it from a copy of the log, or have it made again from the entries." },
    );
  return hashes.slice(0, width);
}
