import { join } from "node:path";
import type { Buffer } from "node:buffer";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { tilePath } from "../tiles/tile-path.ts";
import type { TileReader } from "../tiles/tile-reader.ts";

/** A lane's log: all that is needed to prove what its entries were, but the entries. */
export const sealFolder = (lane: string): string => join(lane, "seal");
/** The signed note; the one file of a seal whose bytes change while a key lasts. */
export const checkpointFile = (seal: string): string => join(seal, "checkpoint");
/** The private key, where it lies beside its log. */
export const keyFile = (seal: string): string => join(seal, "key");
/** A private key that follows, until the record of its epoch is written. */
export const nextKeyFile = (seal: string): string => join(seal, "key.next");
/** A record for each key that was followed by another, signed by both: `0001`, `0002`, … */
export const epochsFolder = (seal: string): string => join(seal, "epochs");
/** The public key as one line, for those who are to verify. */
export const verifierKeyFile = (seal: string): string => join(seal, "log.vkey");
/** Where the last sealed entry begins. A convenience: it may go at any time. */
export const lastSealedFile = (seal: string): string => join(seal, "last.json");
/** Here those who seal take a lane's seal, by the rules by which writers take a lane; the evidence is elsewhere. */
export const sealingFolder = (dir: string): string => join(dir, "sealing");

/** The tiles of a seal. */
export function diskTiles(seal: string, files: FileSystem): TileReader {
  return { read: (tile) => readIfThere(join(seal, tilePath(tile)), files) };
}

/** Null: there is no such file. Throws what the disk says where that cannot be known. */
export function readIfThere(path: string, files: FileSystem): Buffer | null {
  try {
    return files.readWhole(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
