import { Buffer } from "node:buffer";
import { basename, join } from "node:path";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { namesIn } from "../../journal/disk/layout.ts";
import { AuditError } from "../audit-error.ts";

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
export const epochFile = (seal: string, number: number): string =>
  join(epochsFolder(seal), String(number).padStart(4, "0"));
/** The public key as one line, for those who are to verify. */
export const verifierKeyFile = (seal: string): string => join(seal, "log.vkey");
/** Where the last sealed entry begins. A convenience: it may go at any time. */
export const lastSealedFile = (seal: string): string => join(seal, "last.json");
/** Here those who seal take a lane's seal, by the rules by which writers take a lane; the evidence is elsewhere. */
export const sealingFolder = (dir: string): string => join(dir, "sealing");

/** Whether anything says that a log was signed before. */
export function wasSealed(seal: string, files: FileSystem): boolean {
  const isThere = [checkpointFile(seal), lastSealedFile(seal)].some((path) =>
    readIfThere(path, files),
  );
  return isThere || namesIn(epochsFolder(seal)).length > 0;
}

/** Far more than a file of a seal can hold. */
const mostBytes = 1024 * 1024;

/**
 * A file of a seal; null: there is none. Throws what the disk says where that cannot be known, and an `AuditError` for one that is too large to be
 * read by a process that has other things to do.
 */
export function readIfThere(path: string, files: FileSystem): Buffer | null {
  const fd = openIfThere(path, files);
  if (fd === null) return null;
  try {
    const size = files.size(fd);
    if (size > mostBytes) throw tooLarge(path, size);
    const bytes = Buffer.alloc(size);
    let end = 0;
    for (let got = -1; got !== 0 && end < size; end += got)
      got = files.read(fd, bytes.subarray(end), end);
    return bytes.subarray(0, end);
  } finally {
    files.close(fd);
  }
}

function openIfThere(path: string, files: FileSystem): number | null {
  try {
    return files.openToRead(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function tooLarge(path: string, size: number): AuditError {
  return new AuditError("FILE_TOO_LARGE", `${basename(path)} of a seal holds ${size} bytes`, {
    fix: `Restore ${path} from a copy of the log.`,
  });
}
