import { JournalError } from "./journal-error.ts";
import type { LaneLock } from "./lane-lock.ts";

const lookEveryMs = 1_000;

/**
 * A lane that this process holds, as far as it has looked. Files that somebody has removed can still be written to, in vain, and another process may have taken the
 * lane since. So the lock is looked at now and then, and before a segment begins; where it is gone, the lane is taken again.
 */
export class LaneHold {
  readonly lane: string;
  readonly folder: string;
  readonly #takeAgain: () => LaneLock | null;
  #lock: LaneLock;
  #lookedAt: number;
  #isLost = false;

  /** `takeAgain`: the same lane. Null: somebody else has it. */
  constructor(lock: LaneLock, takeAgain: () => LaneLock | null, now: number) {
    this.lane = String(lock.lane);
    this.folder = lock.folder;
    this.#lock = lock;
    this.#takeAgain = takeAgain;
    this.#lookedAt = now;
  }

  /** Its folder was removed, and it could not be taken again yet. */
  get isLost(): boolean {
    return this.#isLost;
  }

  isDue(now: number): boolean {
    return Math.abs(now - this.#lookedAt) >= lookEveryMs;
  }

  /** False: it is lost. */
  look(now: number): boolean {
    this.#lookedAt = now;
    this.#isLost ||= !this.#lock.isHeld();
    return !this.#isLost;
  }

  /** `goOn` writes there again, or throws; the lane is then free, and lost as before. */
  takeAgain(goOn: () => void): void {
    const lock = this.#takeAgain();
    if (!lock)
      throw new JournalError("LANE_HELD", `another process writes lane ${this.lane}`, {
        fix: "Do not remove the folder of a journal that is being written.",
      });
    try {
      goOn();
    } catch (error) {
      lock.release();
      throw error;
    }
    this.#lock = lock;
    this.#isLost = false;
  }

  release(): void {
    this.#lock.release();
  }
}
