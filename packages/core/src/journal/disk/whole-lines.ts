import { Buffer } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

export interface WholeLine {
  readonly offset: number;
  /** Without the newline. */
  readonly line: string;
}

const chunkBytes = 256 * 1024;

/**
 * The whole lines from `from` to where the file ends now; a line without a newline is not there yet. Each chunk begins where a line
 * begins, so a line is never pieced together from two readings of a file that is being written. Throws what the file system says.
 */
export function* wholeLines(path: string, from: number): Generator<WholeLine> {
  const fd = openSync(path, "r");
  try {
    const end = fstatSync(fd).size;
    let chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, end - from)));
    let position = from;
    while (position < end) {
      const got = readSync(fd, chunk, 0, Math.min(chunk.length, end - position), position);
      let at = 0;
      for (let found = newline(chunk, at, got); found >= 0; found = newline(chunk, at, got)) {
        yield { offset: position + at, line: chunk.toString("utf8", at, found) };
        at = found + 1;
      }
      if (at === 0) {
        const isTorn = got < chunk.length || position + got >= end;
        if (isTorn) return;
        chunk = Buffer.allocUnsafe(chunk.length * 2);
      }
      position += at;
    }
  } finally {
    closeSync(fd);
  }
}

function newline(chunk: Buffer, from: number, to: number): number {
  const found = from < to ? chunk.indexOf(10, from) : -1;
  return found < to ? found : -1;
}
