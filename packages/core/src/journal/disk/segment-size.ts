import { Buffer } from "node:buffer";
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
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

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** How many whole lines a file of entries holds. */
export function entriesIn(path: string): number {
  let lines = 0;
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
  try {
    const chunk = Buffer.allocUnsafe(256 * 1024);
    for (let got = readSync(fd, chunk); got > 0; got = readSync(fd, chunk)) {
      const bytes = chunk.subarray(0, got);
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
    }
  } finally {
    closeSync(fd);
  }
  return lines;
}
