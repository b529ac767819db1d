import { recoverLane } from "../journal/disk/recovery.ts";
import type { Cursor, CursorStore } from "../pipeline/cursor.ts";

export interface LaneRead {
  readonly lane: string;
  readonly folder: string;
  readonly exporters: readonly string[];
  readonly cursors: CursorStore;
}

/**
 * Whether all exporters have what lies in a segment of a lane that nobody writes, by their cursors. One that has none in this lane wants nothing of it; one
 * whose cursor cannot be read may want all of it.
 */
export function deliveredIn({
  lane,
  folder,
  exporters,
  cursors,
}: LaneRead): (segment: number) => boolean {
  const read = exporters.map((exporter) => cursorOf(exporter, lane, cursors));
  const sequence = recoverLane(folder).tail?.sequence ?? -1;
  return (segment) => read.every((cursor) => cursor === null || hasRead(cursor, segment, sequence));
}

function hasRead(cursor: Cursor | "unreadable", segment: number, last: number): boolean {
  if (cursor === "unreadable") return false;
  const hasAll = cursor.sequence >= last && cursor.outstanding.length === 0;
  return hasAll || cursor.foldFrom.segment > segment;
}

function cursorOf(
  exporter: string,
  lane: string,
  cursors: CursorStore,
): Cursor | "unreadable" | null {
  try {
    return cursors.load(exporter, lane);
  } catch {
    return "unreadable";
  }
}
