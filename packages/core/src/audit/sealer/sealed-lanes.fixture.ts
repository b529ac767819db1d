import { Buffer } from "node:buffer";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type DiskJournalOptions, diskJournal } from "../../journal/disk/disk-journal.ts";
import { appendNext, upTo } from "../../journal/disk/entries.fixture.ts";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import {
  entriesFile,
  laneFolder,
  segmentFolder,
  segmentNumbers,
} from "../../journal/disk/layout.ts";
import type { KeyElsewhere } from "../keys/key-elsewhere.ts";
import type { NewKey } from "../keys/lane-key.ts";
import { leafHash } from "../merkle/hash.ts";
import type { Checkpoint } from "../notes/checkpoint.ts";
import { openCheckpoint } from "../notes/open-checkpoint.ts";
import type { Signer } from "../notes/signer.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import { emptyFrontier, extendFrontier, rootOf } from "../tiles/frontier.ts";
import { encodeTile } from "../tiles/tile-bytes.ts";
import { tileIn } from "../tiles/tile-coordinates.ts";
import { parseTilePath, tilePath } from "../tiles/tile-path.ts";
import { unsynced } from "./dying-disk.fixture.ts";
import { sealLane } from "./seal-lane.ts";
import type { SealOptions, SealedLane } from "./seal-outcome.ts";
import { checkpointFile, sealFolder, verifierKeyFile } from "./seal-layout.ts";

/** Appends so many entries to the first free lane of a folder, and frees it. */
export async function recordEntries(
  dir: string,
  count: number,
  options: Partial<DiskJournalOptions> = {},
): Promise<void> {
  const journal = diskJournal({ dir, clock: () => 0, ...options });
  for (const n of upTo(count)) appendNext(journal, { text: "é🦌".repeat(n % 5) });
  await journal.close();
}

export const testKey = (): NewKey => ({ name: "example.com/spoor", seed: Buffer.alloc(32, 7) });

export function elsewhere(signer: Signer): KeyElsewhere {
  return { publicKey: signer.key.publicKey, sign: (text) => signer.sign(text) };
}

export async function sealOnce(
  dir: string,
  options: Partial<SealOptions> = {},
): Promise<SealedLane> {
  const outcome = await sealLane("0", {
    dir,
    files: unsynced,
    newKey: testKey,
    clock: () => 0,
    ...options,
  });
  if (outcome.kind !== "sealed") throw new Error(`the lane is ${outcome.kind}`);
  return outcome;
}

/** The whole lines of a lane. */
export function linesOf(dir: string, number: number = 0): readonly Buffer[] {
  const lane = laneFolder(dir, number);
  return segmentNumbers(lane).flatMap((segment) => {
    const text = readFileSync(entriesFile(segmentFolder(lane, segment)), "latin1");
    return text
      .split("\n")
      .slice(0, -1)
      .map((line) => Buffer.from(line, "latin1"));
  });
}

/** What the checkpoint of a lane says, after all of it was worked out again from the lines: signature, root, and each tile. */
export function mustBeSealed(dir: string, number: number = 0): Checkpoint {
  const seal = sealFolder(laneFolder(dir, number));
  const key = parseVerifierKey(readFileSync(verifierKeyFile(seal), "utf8").trimEnd());
  const { checkpoint } = openCheckpoint(readFileSync(checkpointFile(seal)), { log: [key] });
  const leaves = linesOf(dir, number)
    .slice(0, checkpoint.size)
    .map((line) => leafHash(line));
  expect(leaves).toHaveLength(checkpoint.size);
  const { frontier, tiles } = extendFrontier(emptyFrontier, leaves);
  expect(checkpoint.root).toBe(rootOf(frontier));
  for (const tile of tiles)
    expect(nodeFileSystem.readWhole(join(seal, tilePath(tile)))).toEqual(encodeTile(tile.hashes));
  return checkpoint;
}

/** Tiles that the checkpoint's tree does not have. */
export function strayTiles(dir: string, size: number): readonly string[] {
  const seal = sealFolder(laneFolder(dir, 0));
  return readdirSync(seal, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(seal.length + 1))
    .filter((path) => path.startsWith("tile/"))
    .filter((path) => {
      const tile = parseTilePath(path);
      return !tile || tileIn(size, tile.level, tile.index).width !== tile.width;
    });
}
