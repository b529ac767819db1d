import { Buffer } from "node:buffer";
import { type FileSystem, nodeFileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";

/** A whole line, as the bytes that it is. */
export interface RawLine {
  readonly offset: number;
  /** Without the line feed. A view: it holds until the next line is asked for. */
  readonly bytes: Buffer;
}

const chunkBytes = 256 * 1024;
const lineFeed = 10;

/**
 * The whole lines from `from` to where the file ends now; what follows its last line feed is not there yet. Each chunk begins where a line
 * begins, so a line is never pieced together from two readings of a file that is being written. Memory stays flat, but for a line that is
 * longer than a chunk. Throws what the file system says.
 */
export function* rawLines(
  path: string,
  from: number = 0,
  files: FileSystem = nodeFileSystem,
): Generator<RawLine> {
  const fd = files.openToRead(path);
  try {
    const end = files.size(fd);
    let chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, end - from)));
    let position = from;
    while (position < end) {
      const got = files.read(fd, chunk.subarray(0, end - position), position);
      const there = chunk.subarray(0, got);
      let at = 0;
      for (let found = there.indexOf(lineFeed); found >= 0; found = there.indexOf(lineFeed, at)) {
        yield { offset: position + at, bytes: there.subarray(at, found) };
        at = found + 1;
      }
      if (at === 0) {
        const isTorn = got === 0 || position + got >= end;
        if (isTorn) return;
        if (got === chunk.length) chunk = Buffer.allocUnsafe(chunk.length * 2);
      }
      position += at;
    }
  } finally {
    files.close(fd);
  }
}

/** The same; none where there is no file. */
export function* rawLinesIfThere(
  path: string,
  from: number = 0,
  files: FileSystem = nodeFileSystem,
): Generator<RawLine> {
  try {
    yield* rawLines(path, from, files);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
