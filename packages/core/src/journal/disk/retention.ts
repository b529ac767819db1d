import type { Tail } from "../journal.ts";
import type { CompleteSegment } from "../reduction.ts";
import { inOrderOfRemoval, type StandingOf, type StandingSegment } from "../segment-standing.ts";
import type { FileSystem } from "./file-system.ts";
import { contentFolder, entriesFile, segmentFolder } from "./layout.ts";
import { readAccount, writeAccount, type RemovedAccount } from "./removed-account.ts";
import { bytesIn, entriesIn } from "./segment-size.ts";

export interface RetentionOptions {
  readonly lane: string;
  readonly files: FileSystem;
  /** What the lane may hold; null: anything. */
  readonly maxBytes: number | null;
  readonly standingOf: StandingOf;
  /** Puts a folder out of sight, and unlinks it by and by. Throws what the disk says. */
  readonly leave: (path: string) => void;
  /** Called before a segment goes and older ones stay. Where it throws, nothing goes. */
  readonly beforeOlder?: (segment: number, older: readonly number[]) => void;
}

/**
 * Keeps a lane below its bound, and the account of what went. A segment in which something is open never goes, even if the lane is then
 * greater than its bound.
 */
export class Retention {
  readonly #options: RetentionOptions;
  /** Bytes of the segments that are complete, oldest first. */
  readonly #complete: Map<number, number> = new Map();
  #account: RemovedAccount;

  /** Ends a removal that was cut short. `complete`: the segments before the current one. */
  constructor(options: RetentionOptions, complete: readonly number[]) {
    this.#options = options;
    this.#account = readAccount(options.lane, options.files);
    for (const segment of complete) {
      if (segment === this.#account.removing) this.#leave(segment);
      else this.#complete.set(segment, bytesIn(segmentFolder(options.lane, segment)));
    }
  }

  /** What went. Its tail is the lane's where the segments hold no entry. */
  get account(): RemovedAccount {
    return this.#account;
  }

  /** Of the complete segments. */
  get bytes(): number {
    return [...this.#complete.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /**
   * The last segment is complete, and the next one wants `room`. `tail` is written down before anything goes: the segment that holds it
   * may be among what goes. Throws what the disk says; what did not go then goes the next time.
   */
  complete(
    segment: { readonly number: number; readonly bytes: number },
    room: number,
    tail: Tail,
  ): void {
    this.#complete.set(segment.number, segment.bytes);
    this.endRemoval();
    if (this.#fits(room)) return;
    const { standingOf } = this.#options;
    for (const candidate of inOrderOfRemoval(this.#complete.keys(), standingOf)) {
      if (candidate.standing === "open" || this.#fits(room)) return;
      this.#count(candidate, tail);
      this.endRemoval();
    }
  }

  /** Throws a `RangeError` where it is no complete segment of the lane. */
  mustHold(segment: number): void {
    if (!this.#complete.has(segment))
      throw new RangeError(`expected a complete segment of this lane, received ${segment}`);
  }

  /** Oldest first. */
  segments(): readonly CompleteSegment[] {
    return Array.from(this.#complete, ([number, bytes]) => ({
      number,
      bytes,
      contentBytes: bytesIn(contentFolder(segmentFolder(this.#options.lane, number))),
    }));
  }

  /** What lay in them has become less. */
  measure(segments: Iterable<number>): void {
    const { lane } = this.#options;
    for (const segment of segments)
      if (this.#complete.has(segment))
        this.#complete.set(segment, bytesIn(segmentFolder(lane, segment)));
  }

  /** Whatever the bound: it goes with `endRemoval`. Throws what the disk says. */
  count(segment: number, tail: Tail): void {
    this.endRemoval();
    for (const candidate of inOrderOfRemoval([segment], this.#options.standingOf))
      this.#count(candidate, tail);
  }

  /** What was counted goes. Throws what the disk says; it then goes the next time. */
  endRemoval(): void {
    const { removing } = this.#account;
    if (removing === null || !this.#complete.has(removing)) return;
    this.#leave(removing);
    this.#complete.delete(removing);
  }

  #fits(room: number): boolean {
    const { maxBytes } = this.#options;
    return maxBytes === null || this.bytes + room <= maxBytes;
  }

  #leaveOlder(segment: number): void {
    const older = [...this.#complete.keys()].filter((number) => number < segment);
    if (older.length > 0) this.#options.beforeOlder?.(segment, older);
  }

  /** Counted before it goes: a removal that is cut short is then ended, and not counted twice. */
  #count({ segment, standing }: StandingSegment, tail: Tail): void {
    const { lane, files } = this.#options;
    this.#leaveOlder(segment);
    const gone = entriesIn(entriesFile(segmentFolder(lane, segment)), files);
    const { entries, bytes, undelivered } = this.#account;
    const account: RemovedAccount = {
      entries: entries + gone,
      bytes: bytes + (this.#complete.get(segment) ?? 0),
      undelivered: undelivered + (standing === "delivered" ? 0 : gone),
      removing: segment,
      tail,
    };
    writeAccount(lane, account, files);
    this.#account = account;
  }

  #leave(segment: number): void {
    const { lane, leave } = this.#options;
    leave(segmentFolder(lane, segment));
  }
}
