import type { StandingOf } from "../segment-standing.ts";
import type { FileSystem } from "./file-system.ts";
import type { LaneLock } from "./lane-lock.ts";

/** What an append is safe against when it returns: nothing yet, the end of this process, and (after `flush`) a power cut. */
export type Acknowledgement = "memory" | "process" | "disk";

/** With each default decided. */
export interface LaneJournalOptions {
  readonly dir: string;
  readonly lock: LaneLock;
  /** Takes the same lane again, where its folder was removed. Null: somebody else has it. */
  readonly takeAgain: () => LaneLock | null;
  readonly files: FileSystem;
  readonly clock: () => number;
  readonly acknowledge: Acknowledgement;
  readonly segmentBytes: number;
  readonly maxBytes: number | null;
  readonly standingOf: StandingOf;
  /** Asks for a look at what is wished for, again and again, until what it returns is called. */
  readonly again: (look: () => Promise<void>) => () => void;
}
