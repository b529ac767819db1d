import { resolve } from "node:path";
import type { Journal } from "../journal.ts";
import { nobodyTold, type StandingOf } from "../segment-standing.ts";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";
import { asError, JournalError, systemCode } from "./journal-error.ts";
import { LaneJournal } from "./lane-journal.ts";
import type { Acknowledgement } from "./lane-journal-options.ts";
import { makeJournalFolder } from "./make-journal-folder.ts";
import { takeIfFree, takeLane, takeThisLane, type LaneLock } from "./lane-lock.ts";

export interface DiskJournalOptions {
  /** Made where it is missing, readable by its owner only. */
  readonly dir: string;
  /** Exactly this lane, which must exist: to go on with what a process has left that is gone. Default: the first free one. */
  readonly lane?: string;
  /** Default: "process". */
  readonly acknowledge?: Acknowledgement;
  /** A segment that holds so much is followed by a new one. Default: 32 MiB, or an eighth of the bound where that is less. */
  readonly segmentBytes?: number;
  /** What the lane may hold before segments go; null: anything. Default: 2 GiB. */
  readonly maxBytes?: number | null;
  /** Asked where segments have to go: the delivered ones go first, and those in which something is open stay. Default: none is either. */
  readonly standingOf?: StandingOf;
  readonly clock?: () => number;
  /** When it is looked for what is to be erased, again and again, until what it returns is called. Default: each second, keeping no process alive. */
  readonly again?: (look: () => Promise<void>) => () => void;
}

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/**
 * The journal in a folder: takes the first free lane, or the one that is named, and goes on where its last writer stopped. Throws a
 * `JournalError` where it cannot be opened, `LANE_HELD` where somebody writes the named lane, and never again.
 */
export function diskJournal(
  options: DiskJournalOptions,
  files: FileSystem = nodeFileSystem,
): Journal {
  const dir = resolve(options.dir);
  const { lane, maxBytes = 2 * gibibyte, clock = Date.now } = options;
  let lock: LaneLock | null = null;
  try {
    if (lane === undefined) makeJournalFolder(dir);
    const now = clock();
    const taken =
      lane === undefined ? takeLane(dir, now, files) : takeThisLane(dir, lane, now, files);
    lock = taken;
    return new LaneJournal({
      dir,
      lock,
      takeAgain: () => {
        makeJournalFolder(dir);
        return takeIfFree(dir, taken.lane, clock(), files);
      },
      files,
      clock,
      acknowledge: options.acknowledge ?? "process",
      segmentBytes: options.segmentBytes ?? Math.min(32 * mebibyte, (maxBytes ?? Infinity) / 8),
      maxBytes,
      standingOf: options.standingOf ?? nobodyTold,
      again: options.again ?? eachSecond,
    });
  } catch (error) {
    lock?.release();
    throw JournalError.is(error) ? error : notWritable(dir, error);
  }
}

function eachSecond(look: () => Promise<void>): () => void {
  const timer = setInterval(() => void look(), 1_000).unref();
  return () => clearInterval(timer);
}

function notWritable(dir: string, cause: unknown): JournalError {
  const reason = systemCode(cause) ?? asError(cause).message;
  return new JournalError("DIR_NOT_WRITABLE", `cannot write a journal in ${dir}: ${reason}`, {
    fix: "Check that the folder can be made and written to, or name another one.",
    cause,
  });
}
