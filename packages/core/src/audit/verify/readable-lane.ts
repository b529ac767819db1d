import type { Findings } from "./findings.ts";
import { type LanePlace, lanePlace } from "./lane-place.ts";
import { noFilesIn } from "./no-files.ts";
import { type LaneAlone, type LaneTask, verifyLane } from "./verify-lane.ts";

/** A lane, as far as it can be read: something in it that cannot is found, and then nothing else is said of this lane. The others are read all the same. */
export function verifyReadableLane(task: LaneTask): LaneAlone {
  const place = lanePlace(task.dir, task.number);
  try {
    const [odd] = [...noFilesIn(place.folder), ...noFilesIn(place.sealing)];
    if (odd === undefined) return verifyLane(task);
    return unread(place, odd, "is neither a file nor a folder", task.findings);
  } catch (error) {
    if (!isOfTheSystem(error)) throw error;
    return unread(place, error.path ?? null, `cannot be read: ${error.message}`, task.findings);
  }
}

function unread(
  { lane, nameOf }: LanePlace,
  path: string | null,
  message: string,
  findings: Findings,
): LaneAlone {
  findings.find("FILE_UNREADABLE", { lane, ...(path !== null && { file: nameOf(path) }) }, message);
  findings.leave("UNREAD_LANE", lane, "all of this lane, because something in it cannot be read");
  return {
    lane,
    readable: false,
    origin: null,
    key: null,
    keyFrom: null,
    entries: 0,
    removed: 0,
    signed: null,
    root: null,
    unsealed: 0,
    gapNotes: 0,
    clockJumps: 0,
    vanished: null,
    tornBytes: 0,
    tilesAhead: 0,
    values: { whole: 0, changed: 0, withheld: 0, erased: 0, expired: 0, lost: 0, missing: 0 },
    witnessed: [],
    contains: [],
  };
}

interface SystemError extends Error {
  readonly path?: string;
}

function isOfTheSystem(error: unknown): error is SystemError {
  return error instanceof Error && "syscall" in error;
}
