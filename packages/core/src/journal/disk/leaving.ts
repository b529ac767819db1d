import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";
import { leavingFolder, namesIn } from "./layout.ts";

/**
 * The way out of a lane. What is taken is out of sight at once, whatever its size; unlinking it, for which a disk may need a while, is done beside the work of
 * this process. What a process leaves here goes when the lane is taken next.
 */
export class Leaving {
  readonly #folder: string;
  readonly #files: FileSystem;
  #emptying: Promise<void> | null = null;

  constructor(lane: string, files: FileSystem) {
    this.#folder = leavingFolder(lane);
    this.#files = files;
  }

  /** False: it was not there. Throws what the disk says, and it is then where it was. */
  take(path: string): boolean {
    if (!existsSync(path)) return false;
    this.#files.makeFolder(this.#folder);
    try {
      this.#files.rename(path, join(this.#folder, randomUUID()));
    } catch (error) {
      if (!isMissing(error)) throw error;
      return false;
    }
    return true;
  }

  /** Resolves when all is unlinked that was taken before. Rejects with what the disk says; the next time tries again. */
  async empty(): Promise<void> {
    while (this.#emptying) await this.#emptying.catch(leftToWhoeverBegan);
    if (!existsSync(this.#folder)) return;
    this.#emptying = this.#empty();
    try {
      await this.#emptying;
    } finally {
      this.#emptying = null;
    }
  }

  async #empty(): Promise<void> {
    for (let names = this.#names(); names.length > 0; names = this.#names())
      for (const name of names) await this.#files.removeByAndBy(join(this.#folder, name));
    this.#files.remove(this.#folder);
  }

  #names(): readonly string[] {
    return namesIn(this.#folder);
  }
}

function leftToWhoeverBegan(_error: unknown): void {
  return;
}
