import type { Position } from "../journal.ts";
import type { Lane } from "../say-reduced.ts";
import type { DiskWaits } from "./disk-waits.ts";
import type { FileSystem } from "./file-system.ts";
import type { Leaving } from "./leaving.ts";
import type { Retention } from "./retention.ts";
import type { SubjectKeys } from "./subject-keys.ts";

/** A lane as whoever writes it has it in hand. */
export interface LaneInHand extends Lane {
  /** Of the journal. */
  readonly dir: string;
  readonly folder: string;
  readonly files: FileSystem;
  readonly keys: SubjectKeys;
  readonly waits: DiskWaits;
  readonly leaving: Leaving;
  readonly retention: () => Retention;
  readonly end: () => Position;
  /** Throws what the disk says. */
  readonly beginSegment: () => void;
  /** Of what waits in memory. Throws what the disk says. */
  readonly write: () => void;
  /** False: it threw, which the journal's health tells, or the lane cannot be written now. */
  readonly attempt: (work: () => void) => boolean;
  /** For the journal's health. */
  readonly fail: (error: unknown) => void;
  /** Asks for a look again and again, until what it returns is called. */
  readonly again: (look: () => Promise<void>) => () => void;
}

/** Of what takes its time. False: it was rejected, which the journal's health tells. */
export async function achieved({ fail }: LaneInHand, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}

/** What was taken out of the lane is unlinked. */
export function emptied(lane: LaneInHand): Promise<boolean> {
  return achieved(lane, () => lane.leaving.empty());
}
