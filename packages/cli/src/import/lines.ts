import { Buffer } from "node:buffer";
import { readSync } from "node:fs";

/** A line of a file. */
export interface Line {
  /** Without the newline. Null: longer than any line can be that means something; it was passed over. */
  readonly text: string | null;
  /** Where the next line begins. */
  readonly end: number;
  /** False: the file ends within this line, or right behind it. */
  readonly ended: boolean;
}

const chunkBytes = 64 * 1024;
const newline = 0x0a;
/** Far above any line that means something: images come to some ten megabytes. */
const longestLine = 64 * 1024 * 1024;

/**
 * The lines in the first `size` bytes of an open file, one at a time. Memory is bounded by the longest line. Only a newline ends a line: the
 * other separators that Unicode knows may stand inside JSON text. Throws what the file system says.
 */
export function* linesOf(fd: number, size: number): Generator<Line> {
  const chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, size)));
  const begun = new BegunLine();
  let position = 0;
  let lineStart = 0;
  while (position < size) {
    const got = readSync(fd, chunk, 0, Math.min(chunk.length, size - position), position);
    if (got === 0) break;
    let start = 0;
    for (let found = newlineIn(chunk, 0, got); found >= 0; found = newlineIn(chunk, start, got)) {
      const end = position + found + 1;
      yield { text: textOf(begun.endedBy(chunk, start, found), lineStart), end, ended: true };
      start = found + 1;
      lineStart = end;
    }
    if (start < got) begun.add(chunk, start, got);
    position += got;
  }
  if (lineStart < position)
    yield { text: textOf(begun.endedBy(chunk, 0, 0), lineStart), end: position, ended: false };
}

function newlineIn(chunk: Buffer, from: number, to: number): number {
  const found = from < to ? chunk.indexOf(newline, from) : -1;
  return found < to ? found : -1;
}

/** A line whose end has not been read yet. */
class BegunLine {
  #parts: Buffer[] = [];
  #bytes = 0;

  /** Copied, because the chunk is read into again. */
  add(chunk: Buffer, from: number, to: number): void {
    this.#bytes += to - from;
    if (this.#bytes > longestLine) this.#parts = [];
    else this.#parts.push(Buffer.from(chunk.subarray(from, to)));
  }

  /** The bytes of the whole line, which is then over; null: too many. They are only good until the chunk is read into again. */
  endedBy(chunk: Buffer, from: number, to: number): Buffer | null {
    const last = chunk.subarray(from, to);
    if (this.#bytes === 0) return last;
    const tooLong = this.#bytes + last.length > longestLine;
    const whole = tooLong ? null : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#bytes = 0;
    return whole;
  }
}

function textOf(bytes: Buffer | null, offset: number): string | null {
  if (bytes === null) return null;
  const text = bytes.toString("utf8");
  return offset === 0 && text.startsWith("\uFEFF") ? text.slice(1) : text;
}
