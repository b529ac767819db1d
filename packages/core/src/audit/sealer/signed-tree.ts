import type { Buffer } from "node:buffer";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { type Epoch, formerKeys, readEpochs } from "../keys/epoch.ts";
import { AuditError } from "../audit-error.ts";
import type { Hash } from "../merkle/hash.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { type OpenedCheckpoint, openCheckpoint } from "../notes/open-checkpoint.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import { type Frontier, emptyFrontier, readFrontier, rootOf } from "../tiles/frontier.ts";
import { tileIn, tileWidth } from "../tiles/tile-coordinates.ts";
import { tiledNodes } from "../tiles/tiled-nodes.ts";
import { type TileReader, readTile } from "../tiles/tile-reader.ts";
import { diskTiles } from "./disk-tiles.ts";
import { readLastSealed } from "./last-sealed.ts";
import { checkpointFile, readIfThere } from "./seal-layout.ts";

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
 * The tree that the checkpoint of a seal tells of, and where it goes on. `remembered`: what whoever seals has signed itself, wherever that is now.
 * Throws an `AuditError` where the checkpoint is not signed by a key of the log, is not the last one, or does not follow from what is remembered
 * and from what both keys of the last epoch have signed; and where the tiles do not amount to the root that was signed.
 */
export function readSignedTree(
  seal: string,
  key: VerifierKey,
  remembered: TreeHead | null,
  files: FileSystem,
): SignedTree {
  const note = readIfThere(checkpointFile(seal), files);
  const epochs = readEpochs(seal, files);
  const opened = note && openOwn(note, key, epochs);
  const size = opened?.checkpoint.size ?? 0;
  const epoch = epochs.at(-1) ?? null;
  const noted = readLastSealed(seal, files)?.size ?? 0;
  mustBeNewest(size, Math.max(noted, epoch?.size ?? 0, remembered?.size ?? 0));
  if (!opened) return { note, frontier: emptyFrontier, lastLeaf: null, isOfFormerKey: false };
  const tiles = diskTiles(seal, files);
  const frontier = readFrontier(size, tiles);
  if (rootOf(frontier) !== opened.checkpoint.root) throw changedTiles(key, size);
  const nodes = tiledNodes(size, tiles);
  for (const earlier of [epoch, remembered])
    if (earlier && treeRoot(earlier.size, nodes) !== earlier.root) throw anotherHistory(earlier);
  const isOfFormerKey = !opened.signedBy.includes(key);
  return { note, frontier, lastLeaf: lastLeafOf(size, tiles), isOfFormerKey };
}

/** A key that was followed by another has signed nothing behind the record of that. */
function openOwn(note: Buffer, key: VerifierKey, epochs: readonly Epoch[]): OpenedCheckpoint {
  const opened = openByKeys(note, [key, ...formerKeys(epochs, key)]);
  const { checkpoint, signedBy } = opened;
  const epoch = epochs.at(-1);
  if (signedBy.includes(key) || !epoch || checkpoint.size <= epoch.size) return opened;
  throw new AuditError(
    "CHECKPOINT_FOREIGN",
    `the checkpoint covers ${checkpoint.size} entries, and the key that signed it was followed by another at ${epoch.size}`,
    { fix: "Verify the log: somebody has a key that is not the log's any more." },
  );
}

function openByKeys(note: Buffer, log: readonly VerifierKey[]): OpenedCheckpoint {
  try {
    return openCheckpoint(note, { log });
  } catch (cause) {
    if (!AuditError.is(cause) || cause.code !== "NOTE_UNSIGNED") throw cause;
    throw new AuditError("KEY_FOREIGN", `the log was sealed with another key: ${cause.message}`, {
      fix: "Give the name and the key with which it was sealed; where the key is to be another one, let `rotateKey` or `spoor seal --new-key` say so.",
      cause,
    });
  }
}

/** Somebody has put an older checkpoint in the place of the last one, or taken it away. */
function mustBeNewest(size: number, sealed: number): void {
  if (sealed <= size) return;
  const found = size === 0 ? "there is no checkpoint" : `the checkpoint is of ${size} entries`;
  throw new AuditError("CHECKPOINT_OLD", `${found}, but ${sealed} were sealed`, {
    fix: "Restore the newest checkpoint: signing from an older one could contradict it.",
  });
}

function changedTiles({ name }: VerifierKey, size: number): AuditError {
  const message = `the tiles of ${name} do not amount to the root that was signed for ${size} entries`;
  return new AuditError("TILE_CHANGED", message, {
    fix: "Restore them from a copy: nothing is signed on top of tiles that were changed.",
  });
}

function anotherHistory({ size }: TreeHead): AuditError {
  const message = `the log does not begin with the ${size} entries that were signed before`;
  return new AuditError("HISTORY_DIFFERS", message, {
    fix: "Keep it, and verify it with a checkpoint that was kept elsewhere: somebody has put another history in its place.",
  });
}

function lastLeafOf(size: number, tiles: TileReader): Hash | null {
  if (size === 0) return null;
  const tile = tileIn(size, 0, Math.floor((size - 1) / tileWidth));
  return readTile(tile, tiles).at(-1) ?? null;
}
