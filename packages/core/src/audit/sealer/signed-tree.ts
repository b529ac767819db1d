import type { Buffer } from "node:buffer";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { formerKeys, readEpochs } from "../keys/epoch.ts";
import { AuditError } from "../merkle/audit-error.ts";
import type { Hash } from "../merkle/hash.ts";
import { openCheckpoint } from "../notes/open-checkpoint.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import { type Frontier, emptyFrontier, readFrontier, rootOf } from "../tiles/frontier.ts";
import { tileIn, tileWidth } from "../tiles/tile-coordinates.ts";
import { type TileReader, readTile } from "../tiles/tile-reader.ts";
import { mustBeNewest } from "./last-sealed.ts";
import { checkpointFile, diskTiles, readIfThere } from "./seal-layout.ts";

/** What a log has promised last: nothing that contradicts it may be signed. */
export interface SignedTree {
  /** Null: nothing was signed yet. */
  readonly note: Buffer | null;
  readonly frontier: Frontier;
  readonly lastLeaf: Hash | null;
  /** A key that was this log's has signed it, and the present one has not. */
  readonly isOfFormerKey: boolean;
}

/**
 * The tree that the checkpoint of a seal tells of, and where it goes on. Throws an `AuditError` where the checkpoint is not signed by a key of the log or is
 * not the last one, or the tiles do not amount to the root that was signed.
 */
export function readSignedTree(seal: string, key: VerifierKey, files: FileSystem): SignedTree {
  const note = readIfThere(checkpointFile(seal), files);
  const log = [key, ...formerKeys(readEpochs(seal, files), key)];
  const opened = note && openCheckpoint(note, { log });
  mustBeNewest(seal, opened?.checkpoint.size ?? 0, files);
  if (!opened) return { note, frontier: emptyFrontier, lastLeaf: null, isOfFormerKey: false };
  const { size, root } = opened.checkpoint;
  const tiles = diskTiles(seal, files);
  const frontier = readFrontier(size, tiles);
  if (rootOf(frontier) !== root)
    throw new AuditError(
      "TILE_MALFORMED",
      `the tiles of ${key.name} do not amount to the root that was signed for ${size} entries`,
      { fix: "Restore them from a copy: nothing is signed on top of tiles that were changed." },
    );
  return {
    note,
    frontier,
    lastLeaf: lastLeafOf(size, tiles),
    isOfFormerKey: !opened.signedBy.includes(key),
  };
}

function lastLeafOf(size: number, tiles: TileReader): Hash | null {
  if (size === 0) return null;
  const tile = tileIn(size, 0, Math.floor((size - 1) / tileWidth));
  return readTile(tile, tiles).at(-1) ?? null;
}
