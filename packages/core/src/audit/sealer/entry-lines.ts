import type { FileSystem } from "../../journal/disk/file-system.ts";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { entriesFile, segmentFolder, segmentNumbers } from "../../journal/disk/layout.ts";
import { type RawLine, rawLines } from "../../journal/disk/raw-lines.ts";
import { beginning, type Position } from "../../journal/journal.ts";
import { AuditError } from "../audit-error.ts";

/** A whole line of a lane, as it lies on disk: a leaf of its log. */
export interface EntryLine extends Pick<RawLine, "bytes"> {
  readonly position: Position;
}

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
    try {
      for (const { offset, bytes } of rawLines(path, first, files))
        yield { position: { segment, offset }, bytes };
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (segment !== segments.at(-1)) throw wentMeanwhile(segment);
    }
  }
}

function wentMeanwhile(segment: number): AuditError {
  return new AuditError("ENTRIES_GONE", `segment ${segment} went while the lane was read`, {
    fix: "Record with audit(), which removes nothing to keep a bound.",
  });
}
