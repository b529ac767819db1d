import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Hash, leafHash } from "../../packages/core/src/audit/merkle/hash.ts";
import type { NodeReader } from "../../packages/core/src/audit/merkle/node-reader.ts";
import type { Checkpoint } from "../../packages/core/src/audit/notes/checkpoint.ts";
import { openCheckpoint } from "../../packages/core/src/audit/notes/open-checkpoint.ts";
import type { VerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import { decodeBundle } from "../../packages/core/src/audit/tiles/entry-bundle.ts";
import {
  emptyFrontier,
  extendFrontier,
  rootOf,
} from "../../packages/core/src/audit/tiles/frontier.ts";
import { bundlesBetween } from "../../packages/core/src/audit/tiles/tile-coordinates.ts";
import { bundlePath, tilePath } from "../../packages/core/src/audit/tiles/tile-path.ts";
import { readTile, type TileReader } from "../../packages/core/src/audit/tiles/tile-reader.ts";
import { tiledNodes } from "../../packages/core/src/audit/tiles/tiled-nodes.ts";

/** A log that somebody published, after all of it was recomputed from its entries. */
export interface PublishedLog {
  /** The note as it lies there. */
  readonly note: string;
  readonly checkpoint: Checkpoint;
  readonly entries: readonly Uint8Array[];
  readonly leaves: readonly Hash[];
  /** Out of its tiles. */
  readonly nodes: NodeReader;
}

/** Believes nothing but the key: throws where the signature, a bundle, a tile or the root is not what the others amount to. */
export function readPublished(folder: string, key: VerifierKey): PublishedLog {
  const note = readFileSync(join(folder, "checkpoint"), "utf8");
  const { checkpoint } = openCheckpoint(note, { log: [key] });
  const entries = [...bundlesBetween(0, checkpoint.size)].flatMap((bundle) => {
    const held = decodeBundle(readFileSync(join(folder, bundlePath(bundle))));
    if (held.length !== bundle.width)
      throw new Error(`${bundlePath(bundle)} holds ${held.length} entries`);
    return held;
  });
  const leaves = entries.map((entry) => leafHash(entry));
  const { frontier, tiles } = extendFrontier(emptyFrontier, leaves);
  if (rootOf(frontier) !== checkpoint.root)
    throw new Error("the entries do not amount to the root that was signed");
  const reader: TileReader = { read: (tile) => readFileSync(join(folder, tilePath(tile))) };
  for (const tile of tiles)
    if (!isDeepStrictEqual(readTile(tile, reader), tile.hashes))
      throw new Error(`${tilePath(tile)} does not hold what the entries make`);
  return { note, checkpoint, entries, leaves, nodes: tiledNodes(checkpoint.size, reader) };
}
