import { Buffer } from "node:buffer";
import { asError } from "../journal/disk/journal-error.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import { type AppendedFile, type FileState, openToAppend } from "./appended-file.ts";
import type { Sink } from "./sink.ts";

const newline = 0x0a;

/**
 * Appends to the file that the path names at that moment, so that it may be renamed, removed or cut to nothing between two batches. Half a line
 * that somebody left at its end is ended first.
 */
export function fileSink(
  path: string,
  open: (path: string) => Promise<AppendedFile> = openToAppend,
): Sink {
  /** As it was after the last write. */
  let left: FileState | null = null;
  return {
    async write(textFor) {
      let written = 0;
      try {
        const file = await open(path);
        try {
          const found = await file.state();
          const isNew = left === null || isAnother(found, left);
          const isTorn = found.size > 0 && (await file.byteAt(found.size - 1)) !== newline;
          const bytes = Buffer.from(`${isTorn ? "\n" : ""}${textFor(isNew)}`);
          while (written < bytes.length) {
            const taken = await file.append(bytes.subarray(written));
            if (taken === 0) throw new Error(`only ${written} of ${bytes.length} bytes were taken`);
            written += taken;
          }
          left = { ...found, size: found.size + bytes.length };
        } finally {
          await file.close();
        }
      } catch (cause) {
        throw new ExportFailure(`cannot append to ${path}: ${asError(cause).message}`, {
          retry: "same",
          answered: written === 0,
          cause,
        });
      }
    },
  };
}

/** Renamed and made anew, or cut to nothing where it lies: both are ways to rotate a file. */
function isAnother(found: FileState, left: FileState): boolean {
  return found.inode !== left.inode || found.device !== left.device || found.size < left.size;
}
