import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Journal } from "../journal.ts";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";
import { asError, JournalError, systemCode } from "./journal-error.ts";
import { LaneJournal, type Acknowledgement } from "./lane-journal.ts";
import { takeLane, type LaneLock } from "./lane-lock.ts";

export interface DiskJournalOptions {
  /** Made where it is missing, readable by its owner only. */
  readonly dir: string;
  /** Default: "process". */
  readonly acknowledge?: Acknowledgement;
  /** A segment that holds so much is followed by a new one. Default: 32 MiB, or an eighth of the bound where that is less. */
  readonly segmentBytes?: number;
  /** What the lane may hold before its oldest segments go; null: anything. Default: 1 GiB. */
  readonly maxBytes?: number | null;
  /** Segments that may go before the others, because everyone who reads has read them. Default: none. */
  readonly mayRemove?: (segment: number) => boolean;
  readonly clock?: () => number;
}

const mebibyte = 1024 ** 2;

/**
 * The journal in a folder: takes the first free lane and goes on where its last writer stopped. Throws a `JournalError` where it cannot be
 * opened, and never again.
 */
export function diskJournal(
  options: DiskJournalOptions,
  files: FileSystem = nodeFileSystem,
): Journal {
  const dir = resolve(options.dir);
  const { maxBytes = 1024 * mebibyte } = options;
  let lock: LaneLock | null = null;
  try {
    makeFolder(dir);
    lock = takeLane(dir, (options.clock ?? Date.now)());
    return new LaneJournal({
      dir,
      lock,
      files,
      acknowledge: options.acknowledge ?? "process",
      segmentBytes: options.segmentBytes ?? Math.min(32 * mebibyte, (maxBytes ?? Infinity) / 8),
      maxBytes,
      mayRemove: options.mayRemove ?? ((): boolean => false),
    });
  } catch (error) {
    lock?.release();
    throw JournalError.is(error) ? error : notWritable(dir, error);
  }
}

function notWritable(dir: string, cause: unknown): JournalError {
  const reason = systemCode(cause) ?? asError(cause).message;
  return new JournalError("DIR_NOT_WRITABLE", `cannot write a journal in ${dir}: ${reason}`, {
    fix: "Check that the folder can be made and written to, or name another one.",
    cause,
  });
}

function makeFolder(dir: string): void {
  mkdirSync(dirname(dir), { recursive: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(join(dir, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}
