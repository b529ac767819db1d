import type { Stamp } from "./event.ts";

/** What of a stamp tells when something was recorded. */
export type RecordingPlace = Pick<Stamp, "recordedAt" | "sequence" | "id">;

/**
 * Which of two facts was recorded first. `recordedAt` never falls within a lane and `sequence` grows there, so this is each lane's own order
 * and one fixed order between lanes, whatever order the facts are read in.
 */
export function recordingOrder(left: RecordingPlace, right: RecordingPlace): number {
  return (
    left.recordedAt - right.recordedAt ||
    left.sequence - right.sequence ||
    (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)
  );
}
