import { Buffer } from "node:buffer";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { readAccount } from "../../journal/disk/removed-account.ts";
import { AuditError } from "../audit-error.ts";
import { leafHash } from "../merkle/hash.ts";
import { leftLines } from "../sealer/unsealed-lines.ts";
import {
  type BundleCoordinates,
  bundlesBetween,
  tileIn,
  tileWidth,
} from "../tiles/tile-coordinates.ts";
import { type TileReader, readTile } from "../tiles/tile-reader.ts";

/** Entries that are published together. */
export interface SealedBundle extends BundleCoordinates {
  readonly entries: readonly Buffer[];
}

/**
 * The bundles that a log of `size` has and one of `oldSize` has not, or not as large: each entry is the one that was sealed. Throws an
 * `AuditError` at the first that is not, or that is gone.
 */
export function* sealedBundles(
  lane: string,
  tiles: TileReader,
  oldSize: number,
  size: number,
  files: FileSystem,
): Generator<SealedBundle> {
  const account = readAccount(lane, files);
  const removed = account.entries;
  let index = removed;
  const lines = leftLines(lane, account, files);
  try {
    for (const bundle of bundlesBetween(oldSize, size)) {
      const first = bundle.index * tileWidth;
      if (first < removed) throw gone(first);
      const entries: Buffer[] = [];
      while (entries.length < bundle.width) {
        const { value: line } = lines.next();
        if (!line) throw gone(index);
        if (index >= first) entries.push(Buffer.from(line.bytes));
        index += 1;
      }
      mustBeSealed(bundle, entries, size, tiles);
      yield { ...bundle, entries };
    }
  } finally {
    lines.return(undefined);
  }
}

function mustBeSealed(
  { index }: BundleCoordinates,
  entries: readonly Buffer[],
  size: number,
  tiles: TileReader,
): void {
  const hashes = readTile(tileIn(size, 0, index), tiles);
  const changed = entries.findIndex((entry, place) => leafHash(entry) !== hashes[place]);
  if (changed < 0) return;
  throw new AuditError(
    "ENTRY_CHANGED",
    `entry ${index * tileWidth + changed} of the record is not the one that was sealed`,
    { fix: "Verify the log, and restore the record from a copy." },
  );
}

function gone(index: number): AuditError {
  return new AuditError("ENTRIES_GONE", `entry ${index} is gone, so it cannot be published`, {
    fix: "Publish before the bound removes segments, or record with audit(), which removes none.",
  });
}
