import { Buffer } from "node:buffer";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";

/** A whole line of which only the beginning was looked at. `length` counts the newline. */
export interface LineHead {
  readonly offset: number;
  readonly length: number;
  readonly head: string;
}

const chunkBytes = 256 * 1024;
const headBytes = 256;

/**
 * The beginnings of the whole lines from `from` to where the file ends now. Memory stays flat, however long the lines are. Throws what the
 * file system says.
 */
export function* lineHeads(
  path: string,
  from: number,
  files: FileSystem = nodeFileSystem,
): Generator<LineHead> {
  const fd = files.openToRead(path);
  try {
    const end = files.size(fd);
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(headBytes, end - from)));
    let position = from;
    let begun: { readonly offset: number; readonly head: string } | null = null;
    while (position < end) {
      const got = files.read(fd, chunk.subarray(0, end - position), position);
      if (got === 0) return;
      let at = 0;
      while (at < got) {
        const found = chunk.indexOf(10, at);
        const isWhole = found >= 0 && found < got;
        const lineEnd = isWhole ? found : got;
        if (!begun) {
          const isCutShort = !isWhole && got - at < headBytes && at > 0;
          if (isCutShort) break;
          const head = chunk.toString("latin1", at, Math.min(lineEnd, at + headBytes));
          begun = { offset: position + at, head };
        }
        if (isWhole) {
          const length: number = position + lineEnd + 1 - begun.offset;
          yield { ...begun, length };
          begun = null;
        }
        at = lineEnd + 1;
      }
      position += Math.min(at, got);
    }
  } finally {
    files.close(fd);
  }
}
