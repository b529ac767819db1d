import { rmSync } from "node:fs";
import type { Tail } from "../journal.ts";
import { entriesFile, segmentFolder } from "./layout.ts";
import { readAccount, writeAccount, type RemovedAccount } from "./removed-account.ts";
import { bytesIn, entriesIn } from "./segment-size.ts";

export interface RetentionOptions {
  readonly lane: string;
  /** What the lane may hold; null: anything. */
  readonly maxBytes: number | null;
  /** Segments that may go before the others; the journal knows no cursors. */
  readonly mayRemove: (segment: number) => boolean;
}

/** Keeps a lane below its bound, and the account of what went. */
export class Retention {
  readonly #options: RetentionOptions;
  /** Bytes of the segments that are complete, oldest first. */
  readonly #complete: Map<number, number> = new Map();
  #account: RemovedAccount;

  /** Ends a removal that was cut short. `complete`: the segments before the current one. */
  constructor(options: RetentionOptions, complete: readonly number[]) {
    this.#options = options;
    this.#account = readAccount(options.lane);
    for (const segment of complete) {
      if (segment === this.#account.removing) this.#unlink(segment);
      else this.#complete.set(segment, bytesIn(segmentFolder(options.lane, segment)));
    }
  }

  /** The lane's tail when something last went: where the segments hold no entry, it is still that. */
  get tail(): Tail {
    return this.#account.tail;
  }

  /** Entries that are gone. */
  get removed(): number {
    return this.#account.entries;
  }

  get bytes(): number {
    return [...this.#complete.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /**
   * The last segment is complete, and the next one wants `room`. `tail` is written down before anything goes: the segment that holds it
   * may be among what goes. Throws what the disk says.
   */
  complete(
    segment: { readonly number: number; readonly bytes: number },
    room: number,
    tail: Tail,
  ): void {
    const { maxBytes } = this.#options;
    this.#complete.set(segment.number, segment.bytes);
    const oldestFirst = [...this.#complete.keys()];
    if (maxBytes === null || this.bytes + room <= maxBytes) return;
    const allowed = oldestFirst.filter((candidate) => this.#mayRemove(candidate));
    for (const candidate of new Set([...allowed, ...oldestFirst])) {
      if (this.bytes + room <= maxBytes) return;
      this.#remove(candidate, tail);
    }
  }

  #mayRemove(segment: number): boolean {
    try {
      return this.#options.mayRemove(segment);
    } catch {
      return false;
    }
  }

  /** Counted before it goes: a removal that is cut short is then ended, and not counted twice. */
  #remove(segment: number, tail: Tail): void {
    if (segment !== this.#account.removing) {
      const { lane } = this.#options;
      const gone = entriesIn(entriesFile(segmentFolder(lane, segment)));
      const account = { entries: this.#account.entries + gone, removing: segment, tail };
      writeAccount(lane, account);
      this.#account = account;
    }
    this.#unlink(segment);
    this.#complete.delete(segment);
  }

  #unlink(segment: number): void {
    rmSync(segmentFolder(this.#options.lane, segment), { recursive: true, force: true });
  }
}
