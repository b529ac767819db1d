import { join, resolve } from "node:path";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import { laneFolder, namesIn } from "../../journal/disk/layout.ts";
import { formerKeys, readEpochs } from "../keys/epoch.ts";
import { AuditError } from "../merkle/audit-error.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import type { Checkpoint } from "../notes/checkpoint.ts";
import { openCheckpoint } from "../notes/open-checkpoint.ts";
import { type VerifierKey, parseVerifierKey } from "../notes/verifier-key.ts";
import { DurableFiles } from "../sealer/durable-files.ts";
import {
  checkpointFile,
  diskTiles,
  epochsFolder,
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
 * Writes the log of a sealed lane as tlog-tiles has it, entries included: plain files that any host can serve. What was published already stays as
 * it is; the checkpoint comes last, so whoever reads meanwhile sees a whole log. Null: the lane is not sealed yet. Rejects with an
 * `AuditError` where the entries are not those that were sealed or are gone, and where another log or another history was published there.
 */
export async function publishLane(
  lane: string,
  { dir, to, files = nodeFileSystem }: PublishOptions,
): Promise<PublishedLane | null> {
  const from = laneFolder(resolve(dir), Number(lane));
  const seal = sealFolder(from);
  const note = readIfThere(checkpointFile(seal), files);
  if (!note) return null;
  const vkey = readIfThere(verifierKeyFile(seal), files)?.toString() ?? "";
  const key = parseVerifierKey(vkey.trimEnd());
  const log = [key, ...formerKeys(readEpochs(seal, files), key)];
  const { checkpoint } = openCheckpoint(note, { log });
  const { size } = checkpoint;
  const tiles = diskTiles(seal, files);
  const folder = join(resolve(to), lane);
  const published = readPublished(folder, log, checkpoint, files);
  const nodes = tiledNodes(size, tiles);
  for (const head of [checkpoint, published])
    if (head && treeRoot(head.size, nodes) !== head.root) throw contradicts(folder, head);

  const durable = new DurableFiles(resolve(to), files);
  const oldSize = published?.size ?? 0;
  for (const { entries, ...bundle } of sealedBundles(from, tiles, oldSize, size, files))
    await durable.replace(join(folder, bundlePath(bundle)), encodeBundle(entries));
  for (const tile of tilesBetween(oldSize, size))
    await durable.replace(join(folder, tilePath(tile)), encodeTile(readTile(tile, tiles)));
  await durable.replace(join(folder, "log.vkey"), vkey);
  for (const name of namesIn(epochsFolder(seal)))
    await durable.replace(
      join(epochsFolder(folder), name),
      files.readWhole(join(epochsFolder(seal), name)),
    );
  await durable.settle();
  await durable.replace(join(folder, "checkpoint"), note);
  await durable.settle();
  return { lane, folder, size, added: size - oldSize };
}

/** Throws where another log lies there, or more of this one than there is here. */
function readPublished(
  folder: string,
  log: readonly VerifierKey[],
  { size, origin }: Checkpoint,
  files: FileSystem,
): Checkpoint | null {
  const note = readIfThere(join(folder, "checkpoint"), files);
  const published = note && openCheckpoint(note, { log }).checkpoint;
  if (published && published.size > size)
    throw new AuditError(
      "CHECKPOINT_FOREIGN",
      `${published.size} entries of ${origin} are published in ${folder}, and here are only ${size}`,
      { fix: "Find out whether this journal was put back to an older state." },
    );
  return published;
}

function contradicts(folder: string, { size }: Checkpoint): AuditError {
  return new AuditError(
    "PROOF_INVALID",
    `the tiles do not amount to the root that was signed for ${size} entries`,
    { fix: `Verify the log and what is in ${folder}, and keep both.` },
  );
}
