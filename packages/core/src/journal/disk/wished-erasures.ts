import { type ErasureWish, hasWishes, wishesIn } from "./erasure-wishes.ts";
import type { FileSystem } from "./file-system.ts";

export interface WishedErasuresOptions {
  readonly folder: string;
  readonly files: FileSystem;
  /** Puts out of sight what is to be erased. Throws what the disk says, and where it could not be said in the record. */
  readonly erase: (wish: ErasureWish) => void;
  /** Resolves when that is unlinked. Rejects with what the disk says. */
  readonly emptied: () => Promise<void>;
  readonly attempt: (work: () => void) => boolean;
  readonly fail: (error: unknown) => void;
}

const longestRest = 64;

/** What is wished to be erased from a lane, carried out by whoever writes it. A wish is the last thing to go. */
export class WishedErasures {
  readonly #options: WishedErasuresOptions;
  /** Out of sight, and still wished: what came after them is not theirs. */
  readonly #done: Set<string> = new Set();
  #looking: Promise<void> | null = null;
  /** In a row. */
  #failures = 0;
  /** Looks that are let pass: each try says again what goes. */
  #rest = 0;

  constructor(options: WishedErasuresOptions) {
    this.#options = options;
  }

  /** What is found is out of sight when it returns, and no longer wished when it resolves. Never rejects. */
  look(): Promise<void> {
    if (this.#looking) return this.#looking;
    if (this.#rest > 0) {
      this.#rest -= 1;
      return Promise.resolve();
    }
    if (!hasWishes(this.#options.folder)) return Promise.resolve();
    this.#looking = this.#carryOut().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  async #carryOut(): Promise<void> {
    const isOutOfSight = this.#options.attempt(() => this.#eraseAll());
    const isDone = (await this.#endAll()) && isOutOfSight;
    this.#failures = isDone ? 0 : this.#failures + 1;
    this.#rest = Math.min(2 ** this.#failures - 1, longestRest);
  }

  #eraseAll(): void {
    const { folder, files, erase } = this.#options;
    for (const wish of wishesIn(folder, files)) {
      if (this.#done.has(wish.path)) continue;
      erase(wish);
      this.#done.add(wish.path);
    }
  }

  async #endAll(): Promise<boolean> {
    const { files, emptied, fail } = this.#options;
    try {
      await emptied();
      for (const path of this.#done) {
        files.remove(path);
        this.#done.delete(path);
      }
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  }
}
