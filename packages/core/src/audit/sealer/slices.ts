import { setImmediate as turnOfOthers, setTimeout as moment } from "node:timers/promises";

/**
 * Work that is cut into slices, so that others in this process have their turn in between. It keeps no process alive, but where somebody waits
 * for it.
 */
export class Slices {
  #waiting = 0;
  #isEnded = false;

  /** Between two slices. Rejects once nobody wants the rest. */
  readonly next = async (): Promise<void> => {
    if (this.#isEnded) throw new Error("the process ends before all was sealed");
    // Only timers let a process end: an immediate runs in the same turn in which a write has ended, and begins the next one.
    await (this.#waiting > 0 ? turnOfOthers() : moment(0, undefined, { ref: false }));
  };

  /** The work goes on, whether or not the process has something else to do, until what is awaited has ended. */
  async awaited(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    try {
      await work();
    } finally {
      this.#waiting -= 1;
    }
  }

  end(): void {
    this.#isEnded = true;
  }
}
