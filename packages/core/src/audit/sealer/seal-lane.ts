import { resolve } from "node:path";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import { type LaneLock, takeIfFree } from "../../journal/disk/lane-lock.ts";
import { laneFolder } from "../../journal/disk/layout.ts";
import type { KeyElsewhere } from "../keys/key-elsewhere.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { DurableFiles } from "./durable-files.ts";
import { entryLines } from "./entry-lines.ts";
import { sealFolder, sealingFolder, wasSealed } from "./seal-layout.ts";
import type { SealOptions, SealOutcome } from "./seal-outcome.ts";
import { rotate } from "./rotation.ts";
import { Sealing, type SealingOptions } from "./sealing.ts";
import { Witnesses } from "./witnesses.ts";

export type { SealOptions } from "./seal-outcome.ts";

/**
 * Seals what a lane has more than its last checkpoint: hashes the lines as they lie on disk, writes the tiles, makes all that durable, and only
 * then signs. May run while the lane is written, and beside others that seal it. Idempotent; what a seal that was cut short has left is
 * gone on with. Rejects with an `AuditError` where signing would say more than is known, or with what the disk or the signer said; the last
 * checkpoint stands then, and nothing of the record was touched.
 */
export function sealLane(lane: string, options: SealOptions): Promise<SealOutcome> {
  return new LaneSealer(lane, options).seal();
}

/**
 * Seals a lane, and lets its log go on with `next` for a key, else with one that is made. The log stays the same log: whoever trusts the former key
 * finds the next one in the record that both have signed. Rejects as `sealLane` does.
 */
export function rotateKey(
  lane: string,
  options: SealOptions,
  next?: KeyElsewhere,
): Promise<SealOutcome> {
  return new LaneSealer(lane, options).rotateKey(next);
}

/** Seals one lane as often as it is asked to, one time after the other, and remembers what it has signed. */
export class LaneSealer {
  readonly lane: string;
  readonly #options: SealOptions;
  readonly #witnesses: Witnesses;
  /** Knows which names are not safe yet, where a disk has refused to make them so. */
  #durable: DurableFiles | null = null;
  /** Not null between two times: the disk did not let it go. */
  #lock: LaneLock | null = null;
  /** In memory, where nobody can change it who can write to the disk. */
  #remembered: TreeHead | null = null;

  constructor(lane: string, options: SealOptions) {
    this.lane = lane;
    this.#options = options;
    this.#witnesses = new Witnesses(options);
  }

  /** As `sealLane` does. */
  seal(): Promise<SealOutcome> {
    return this.#withLock((options) => new Sealing(options).seal());
  }

  /** As `rotateKey` does. */
  rotateKey(next?: KeyElsewhere): Promise<SealOutcome> {
    return this.#withLock((options) => rotate(options, next));
  }

  async #withLock(work: (options: SealingOptions) => Promise<SealOutcome>): Promise<SealOutcome> {
    const { files = nodeFileSystem, clock = Date.now } = this.#options;
    const { lane } = this;
    const dir = resolve(this.#options.dir);
    const folder = laneFolder(dir, Number(lane));
    if (this.#remembered === null && isEmpty(folder, files)) return { kind: "empty", lane };
    const lock = this.#lock ?? takeIfFree(sealingFolder(dir), Number(lane), clock(), files);
    if (!lock) return { kind: "busy", lane };
    try {
      const durable = (this.#durable ??= new DurableFiles(dir, files));
      const [remembered, witnesses] = [this.#remembered, this.#witnesses];
      const place = { lane, folder, lock, files, durable, remembered, witnesses };
      const outcome = await work({ ...this.#options, ...place });
      if (outcome.kind === "sealed") this.#remembered = { size: outcome.size, root: outcome.root };
      return outcome;
    } finally {
      lock.release();
      this.#lock = lock.isHeld() ? lock : null;
    }
  }
}

function isEmpty(folder: string, files: FileSystem): boolean {
  if (wasSealed(sealFolder(folder), files)) return false;
  for (const _ of entryLines(folder, files)) return false;
  return true;
}
