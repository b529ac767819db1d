import { Buffer } from "node:buffer";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { entriesFile, segmentFolder, segmentNumbers } from "../../journal/disk/layout.ts";
import { beginning, type Position } from "../../journal/journal.ts";
import { AuditError } from "../merkle/audit-error.ts";

/** A whole line of a lane, as it lies on disk: a leaf of its log. */
export interface EntryLine {
  readonly position: Position;
  /** Without the line feed. A view that holds until the next line is asked for. */
  readonly bytes: Buffer;
}

const chunkBytes = 256 * 1024;
const lineFeed = 10;

/**
 * The whole lines of a lane, in the order of segments, then of bytes, from the start of one on; also what is no entry. Those of the segment
 * `passedOver` are left out. Memory stays flat. Throws what the disk says, and an `AuditError` where a segment goes before its turn comes: what
 * follows would have the wrong place.
 */
export function* entryLines(
  lane: string,
  files: FileSystem,
  from: Position = beginning,
  passedOver: number | null = null,
): Generator<EntryLine> {
  const segments = segmentNumbers(lane).filter(
    (segment) => segment >= from.segment && segment !== passedOver,
  );
  for (const segment of segments) {
    const path = entriesFile(segmentFolder(lane, segment));
    const first = segment === from.segment ? from.offset : 0;
    const fd = openIfThere(path, files);
    if (fd === null && segment !== segments.at(-1)) throw wentMeanwhile(segment);
    if (fd === null) return;
    for (const { offset, bytes } of linesIn(fd, first, files))
      yield { position: { segment, offset }, bytes };
  }
}

interface Line {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** Up to where the file ends now; what follows its last line feed is not there yet. Closes the file. */
function* linesIn(fd: number, from: number, files: FileSystem): Generator<Line> {
  try {
    const end = files.size(fd);
    let chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, end - from)));
    let position = from;
    while (position < end) {
      const got = files.read(fd, chunk.subarray(0, end - position), position);
      const there = chunk.subarray(0, got);
      let at = 0;
      for (let feed = there.indexOf(lineFeed); feed >= 0; feed = there.indexOf(lineFeed, at)) {
        yield { offset: position + at, bytes: there.subarray(at, feed) };
        at = feed + 1;
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

function openIfThere(path: string, files: FileSystem): number | null {
  try {
    return files.openToRead(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function wentMeanwhile(segment: number): AuditError {
  return new AuditError("ENTRY_UNKNOWN", `segment ${segment} went while the lane was read`, {
    fix: "Record with audit(), which removes nothing to keep a bound.",
  });
}
