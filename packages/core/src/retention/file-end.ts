import { Buffer } from "node:buffer";
import type { FileSystem } from "../journal/disk/file-system.ts";
import { isMissing } from "../journal/disk/journal-error.ts";

const windowBytes = 128 * 1024;
const lineFeed = 10;

/** The last whole lines of a file, at least one where there is one. */
export interface FileEnd {
  readonly lines: readonly string[];
  /** Where the last of them ends: what lies beyond is torn. */
  readonly end: number;
}

/** Read from its end, whatever its size. A file that is missing is empty. Throws what the disk says. */
export function endOfFile(path: string, files: FileSystem): FileEnd {
  const fd = openIfThere(path, files);
  if (fd === null) return { lines: [], end: 0 };
  try {
    const size = files.size(fd);
    for (let window = windowBytes; ; window *= 2) {
      const start = Math.max(0, size - window);
      const bytes = Buffer.alloc(size - start);
      const there = bytes.subarray(0, files.read(fd, bytes, start));
      const first = start === 0 ? 0 : there.indexOf(lineFeed) + 1;
      const last = there.lastIndexOf(lineFeed) + 1;
      if (last > first || start === 0) return linesIn(there, start, first, last);
    }
  } finally {
    files.close(fd);
  }
}

function linesIn(bytes: Buffer, start: number, first: number, last: number): FileEnd {
  const text = bytes.toString("utf8", first, Math.max(first, last - 1));
  return { lines: text === "" ? [] : text.split("\n"), end: last === 0 ? start : start + last };
}

function openIfThere(path: string, files: FileSystem): number | null {
  try {
    return files.openToRead(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
