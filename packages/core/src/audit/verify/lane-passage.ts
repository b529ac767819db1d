import { Buffer } from "node:buffer";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { entriesFile, segmentFolder, segmentNumbers } from "../../journal/disk/layout.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { type RawLine, rawLinesIfThere } from "../../journal/disk/raw-lines.ts";
import { readTail } from "../../journal/disk/recovery.ts";
import { readAccount, type RemovedAccount } from "../../journal/disk/removed-account.ts";

/** A line of a lane, and which entry of the lane's log it is. */
export interface LaneLine extends Pick<RawLine, "bytes"> {
  readonly index: number;
  /** In its segment, from 1. */
  readonly number: number;
  /** Where the next line begins. */
  readonly end: number;
}

/**
 * A lane from its first segment to its last, once. An entry's index counts from the first line that the lane ever had: those that the
 * bound has removed are counted where the sequence tells of them, and nowhere else.
 */
export class LanePassage {
  readonly segments: readonly number[];
  readonly removed: RemovedAccount;
  readonly #folder: string;
  #next = 0;
  #skipped = 0;
  /** The last segment that held a line. */
  #last: number | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.removed = readAccount(folder, nodeFileSystem);
    this.segments = segmentNumbers(folder);
  }

  /** How many entries the lane has had up to here. */
  get size(): number {
    return this.#next;
  }

  /** Of the entries that are gone: those that the sequence tells of. */
  get skipped(): number {
    return this.#skipped;
  }

  fileOf(segment: number): string {
    return entriesFile(segmentFolder(this.#folder, segment));
  }

  /** Each segment once, in order. */
  *lines(segment: number): Generator<LaneLine> {
    // A segment without a line may be one that is just being removed.
    const follows = segment === (this.#last ?? 0) + 1;
    let number = 0;
    for (const { offset, bytes } of rawLinesIfThere(this.fileOf(segment))) {
      number += 1;
      if (number === 1 && !follows) this.#skip(bytes);
      yield { number, bytes, end: offset + bytes.length + 1, index: this.#next };
      this.#next += 1;
      this.#last = segment;
    }
  }

  /** Never more than the account says: a sequence that was tampered with moves nothing. */
  #skip(first: Buffer): void {
    const left = this.removed.entries - this.#skipped;
    const from = this.#last === null ? -1 : lastSequenceIn(this.fileOf(this.#last));
    const to = sequenceOf(first);
    const told = from === null || to === null ? left : Math.max(0, to - from - 1);
    const gone = Math.min(told, left);
    this.#skipped += gone;
    this.#next += gone;
  }
}

function lastSequenceIn(path: string): number | null {
  let last: Buffer | null = null;
  for (const { bytes } of rawLinesIfThere(path)) last = Buffer.from(bytes);
  return last && sequenceOf(last);
}

function sequenceOf(line: Buffer): number | null {
  return readTail(parseJson(line.toString("utf8")))?.sequence ?? null;
}
