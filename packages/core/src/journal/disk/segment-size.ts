import { Buffer } from "node:buffer";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";

/** What lies in a segment, entries and content. */
export function bytesIn(segment: string): number {
  return filesIn(segment).reduce((sum, path) => sum + sizeOf(path), 0);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** 0 where it is missing. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** How many whole lines a file of entries holds. */
export function entriesIn(path: string, files: FileSystem): number {
  const fd = openExisting(path, files);
  if (fd === null) return 0;
  let lines = 0;
  try {
    const chunk = Buffer.allocUnsafe(256 * 1024);
    let position = 0;
    for (let got = files.read(fd, chunk, 0); got > 0; got = files.read(fd, chunk, position)) {
      const bytes = chunk.subarray(0, got);
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
      position += got;
    }
  } finally {
    files.close(fd);
  }
  return lines;
}

function openExisting(path: string, files: FileSystem): number | null {
  try {
    return files.openToRead(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
