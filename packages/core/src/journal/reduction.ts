import type { DraftOf } from "../vocabulary/event.ts";
import type { Position } from "./position.ts";

/** Records a word about what goes. What could not be recorded shows in the lane's tail, which then stays. */
export type SayReduced = (draft: DraftOf<"record.reduced">) => void;

/** A segment that nothing is added to any more. */
export interface CompleteSegment {
  readonly number: number;
  readonly bytes: number;
  /** Of these: values. 0: they are gone, or there never were any. */
  readonly contentBytes: number;
}

/** Whose record is reduced, and in whose words why. */
export interface Reduced {
  readonly sessions: Iterable<string>;
  readonly reason?: string;
}

/** All that lies under a subject in one lane, up to now. */
export interface Erasure extends Reduced {
  /** The hash that its key and its content are called by. */
  readonly subject: string;
  /** The sessions were looked for up to here; what was recorded since is looked through. */
  readonly lookedTo: Position;
}

/**
 * What is taken out of a lane, by whoever writes it and nobody else. It is said first, in this lane and behind all that it speaks of, so that a loss never
 * lies there unexplained, wherever it is cut off, also by a power cut. Nothing here throws or rejects: false is for what could not be done, or only in part; the
 * journal's `health` tells why, and the same may be asked again. One at a time.
 */
export interface LaneReduction {
  /**
   * From now on this is how it is said; the lane's recorder calls it. What was wished to be erased is out of sight when it returns, and
   * what is wished later within a second or so, also while nothing is recorded.
   */
  speakThrough(say: SayReduced): void;
  /** Oldest first. */
  segments(): readonly CompleteSegment[];
  /** The current segment becomes complete. Done already where it holds no entry. */
  beginSegment(): boolean;
  /** The values of a complete segment go, its entries stay. In slices, between which others record. */
  thin(segment: number, reduced: Reduced): Promise<boolean>;
  /** A complete segment goes with all that lies in it, and is counted as removed. In slices, too. */
  remove(segment: number, reduced: Reduced): Promise<boolean>;
  /**
   * What is recorded for the subject from the call on lies under a new key, in a new segment; nobody records before what was there is out of sight. Resolves when
   * it is unlinked as well.
   */
  erase(erasure: Erasure): Promise<boolean>;
}
