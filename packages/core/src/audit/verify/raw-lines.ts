import { Buffer } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isMissing } from "../../journal/disk/journal-error.ts";

/** A whole line, as the bytes that it is. */
export interface RawLine {
  /** From 1. */
  readonly number: number;
  /** Without the line feed. A view: it holds until the next line is asked for. */
  readonly bytes: Buffer;
  /** Where the next line begins. */
  readonly end: number;
}

const chunkBytes = 1024 * 1024;
const lineFeed = 10;

/**
 * The whole lines of a file, up to where it ended when it was opened; none where it is missing. What follows the last line feed is not given.
 * Throws what the file system says.
 */
export function* rawLines(path: string): Generator<RawLine> {
  const fd = openExisting(path);
  if (fd === null) return;
  try {
    const size = fstatSync(fd).size;
    let chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, size)));
    let number = 0;
    for (let position = 0; position < size;) {
      const got = readSync(fd, chunk, 0, Math.min(chunk.length, size - position), position);
      const bytes = chunk.subarray(0, got);
      let at = 0;
      for (let found = bytes.indexOf(lineFeed); found >= 0; found = bytes.indexOf(lineFeed, at)) {
        number += 1;
        yield { number, bytes: bytes.subarray(at, found), end: position + found + 1 };
        at = found + 1;
      }
      if (got === 0 || (at === 0 && position + got >= size)) return;
      if (at === 0) chunk = Buffer.allocUnsafe(chunk.length * 2);
      position += at;
    }
  } finally {
    closeSync(fd);
  }
}

function openExisting(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
