import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type Line, linesOf } from "./lines.ts";

/** A file as it was when it was opened: what is appended to it meanwhile is for the next time. */
export interface RecordingFile {
  readonly path: string;
  readonly size: number;
  /**
   * The same only while nobody writes to the file. It holds its size, the times that the file system keeps, and what the last of its bytes are, for
   * the clock of a file system may be coarse.
   */
  readonly stamp: string;
  /** Throws what the file system says. */
  lines(): Iterable<Line>;
  /** All of it. Throws what the file system says, and where it is more than a document can be. */
  text(): string;
  close(): void;
}

const tailBytes = 1024;

/** Throws what the file system says. */
export function openRecording(path: string): RecordingFile {
  const fd = openSync(path, "r");
  try {
    const { size, mtimeNs, ctimeNs } = fstatSync(fd, { bigint: true });
    return {
      path,
      size: Number(size),
      stamp: [size, mtimeNs, ctimeNs, hash("sha256", tailOf(fd, Number(size)), "base64url")].join(
        " ",
      ),
      lines: () => linesOf(fd, Number(size)),
      text: () => textOf(fd, Number(size)),
      close: () => {
        closeSync(fd);
      },
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Far above what any server gives as one document; a text cannot be much longer. */
const longestDocument = 256 * 1024 * 1024;

function textOf(fd: number, size: number): string {
  if (size > longestDocument)
    throw new Error(`it has ${size} bytes and documents have up to ${longestDocument}`);
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const got = readSync(fd, bytes, filled, size - filled, filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.toString("utf8", 0, filled).replace(/^\uFEFF/, "");
}

function tailOf(fd: number, size: number): Buffer {
  const tail = Buffer.alloc(Math.min(tailBytes, size));
  return tail.subarray(0, readSync(fd, tail, 0, tail.length, size - tail.length));
}
