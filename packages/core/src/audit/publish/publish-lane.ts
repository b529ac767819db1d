import { Buffer } from "node:buffer";
import { join, resolve } from "node:path";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import { laneFolder } from "../../journal/disk/layout.ts";
import { keysOfLog, readEpochs } from "../keys/epoch.ts";
import { AuditError } from "../audit-error.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import type { Checkpoint } from "../notes/checkpoint.ts";
import { openCheckpoint } from "../notes/open-checkpoint.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import { diskTiles } from "../sealer/disk-tiles.ts";
import { DurableFiles, forEverybody } from "../sealer/durable-files.ts";
import {
  checkpointFile,
  epochFile,
  readIfThere,
  sealFolder,
  verifierKeyFile,
} from "../sealer/seal-layout.ts";
import { encodeBundle } from "../tiles/entry-bundle.ts";
import { encodeTile } from "../tiles/tile-bytes.ts";
import { tilesBetween } from "../tiles/tile-coordinates.ts";
import { bundlePath, tilePath } from "../tiles/tile-path.ts";
import { readTile } from "../tiles/tile-reader.ts";
import { tiledNodes } from "../tiles/tiled-nodes.ts";
import { sealedBundles } from "./sealed-bundles.ts";

export interface PublishOptions {
  /** The journal's folder. */
  readonly dir: string;
  /** Where the logs of its lanes are published, each in a folder that is called as its lane is. */
  readonly to: string;
  /** For tests. */
  readonly files?: FileSystem;
}

export interface PublishedLane {
  readonly lane: string;
  /** The folder; its address, once it is hosted, is the log's prefix. */
  readonly folder: string;
  readonly size: number;
  /** How many of the entries were not published before. */
  readonly added: number;
}

/**
 * Writes the log of a sealed lane as tlog-tiles has it, entries included: plain files that any host can serve, readable by everybody as far as the
 * process's umask lets them. What was published already stays as it is; the checkpoint comes last, so whoever reads meanwhile sees a whole log.
 * Null: the lane is not sealed yet. Rejects with an `AuditError` where the entries are not those that were sealed or are gone, where another log or
 * another history was published there, and where somebody else publishes at the same time.
 */
export async function publishLane(
  lane: string,
  { dir, to, files = nodeFileSystem }: PublishOptions,
): Promise<PublishedLane | null> {
  const from = laneFolder(resolve(dir), Number(lane));
  const seal = sealFolder(from);
  const folder = join(resolve(to), lane);
  const note = readIfThere(checkpointFile(seal), files);
  if (!note) return null;
  const vkey = shownKey(seal, files);
  const epochs = readEpochs(seal, files);
  const log = keysOfLog(epochs, parseVerifierKey(vkey.trimEnd()));
  const { checkpoint } = openCheckpoint(note, { log });
  const { size } = checkpoint;
  const publishedNote = readIfThere(checkpointFile(folder), files);
  const published = publishedNote && openCheckpoint(publishedNote, { log }).checkpoint;
  const tiles = diskTiles(seal, files);
  if (published && published.size > size) throw putBack(folder, published, size);
  const nodes = tiledNodes(size, tiles);
  if (treeRoot(size, nodes) !== checkpoint.root) throw changedTiles(size);
  if (published && treeRoot(published.size, nodes) !== published.root)
    throw anotherHistory(folder, published);

  const durable = new DurableFiles(resolve(to), files, forEverybody);
  const oldSize = published?.size ?? 0;
  for (const { entries, ...bundle } of sealedBundles(from, tiles, oldSize, size, files))
    await durable.replace(join(folder, bundlePath(bundle)), encodeBundle(entries));
  for (const tile of tilesBetween(oldSize, size))
    await durable.replace(join(folder, tilePath(tile)), encodeTile(readTile(tile, tiles)));
  for (const [place] of epochs.entries()) {
    const record = readIfThere(epochFile(seal, place + 1), files);
    if (record) await durable.replace(epochFile(folder, place + 1), record);
  }
  await durable.settle();
  // Behind the records: whoever reads meanwhile must be able to follow from the key that was shown before.
  await durable.replace(verifierKeyFile(folder), vkey);
  await durable.settle();
  if (!isSame(publishedNote, readIfThere(checkpointFile(folder), files)))
    throw publishedMeanwhile(folder);
  await durable.replace(checkpointFile(folder), note);
  await durable.settle();
  return { lane, folder, size, added: size - oldSize };
}

function shownKey(seal: string, files: FileSystem): string {
  const vkey = readIfThere(verifierKeyFile(seal), files)?.toString();
  if (vkey !== undefined) return vkey;
  throw new AuditError("KEY_MISSING", `${verifierKeyFile(seal)} is missing`, {
    fix: "Seal the lane again: that writes it anew.",
  });
}

function isSame(left: Buffer | null, right: Buffer | null): boolean {
  return left === null || right === null ? left === right : Buffer.compare(left, right) === 0;
}

function putBack(folder: string, { origin, size }: Checkpoint, here: number): AuditError {
  const message = `${size} entries of ${origin} are published in ${folder}, and here are only ${here}`;
  return new AuditError("CHECKPOINT_OLD", message, {
    fix: "Find out whether this journal was put back to an older state.",
  });
}

function changedTiles(size: number): AuditError {
  const message = `the tiles do not amount to the root that was signed for ${size} entries`;
  return new AuditError("TILE_CHANGED", message, {
    fix: "Verify the log, and restore its tiles from a copy.",
  });
}

function anotherHistory(folder: string, { origin, size }: Checkpoint): AuditError {
  const message = `the ${size} entries of ${origin} that are published in ${folder} are of another history`;
  return new AuditError("HISTORY_DIFFERS", message, {
    fix: "Verify the log and what is published, and keep both.",
  });
}

function publishedMeanwhile(folder: string): AuditError {
  return new AuditError("CHECKPOINT_OLD", `somebody else has published in ${folder} meanwhile`, {
    fix: "Publish again, and have one process do it at a time.",
  });
}
