import { Buffer } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";

const chunkBytes = 256 * 1024;
const newline = 0x0a;

/**
 * The lines of a file, one at a time, the last one also without a newline. Memory is bounded by the longest line. Only a newline ends a line:
 * the other separators that Unicode knows may stand inside JSON text. Throws what the file system says.
 */
export function* linesOf(path: string): Generator<string> {
  const fd = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let begun: Buffer[] = [];
    for (let got = readSync(fd, chunk); got > 0; got = readSync(fd, chunk)) {
      const read = chunk.subarray(0, got);
      let start = 0;
      for (let end = read.indexOf(newline); end >= 0; end = read.indexOf(newline, start)) {
        yield textOf([...begun, read.subarray(start, end)]);
        begun = [];
        start = end + 1;
      }
      // Copied, because the chunk is read into again.
      if (start < got) begun.push(Buffer.from(read.subarray(start)));
    }
    if (begun.length > 0) yield textOf(begun);
  } finally {
    closeSync(fd);
  }
}

function textOf(parts: readonly Buffer[]): string {
  const [only] = parts;
  const text = (parts.length === 1 && only ? only : Buffer.concat(parts)).toString("utf8");
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
