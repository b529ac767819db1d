import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Position } from "../journal.ts";
import { wishesIn } from "./erasure-wishes.ts";
import type { FileSystem } from "./file-system.ts";
import {
  contentFileNamed,
  entriesFile,
  keysFolder,
  segmentFolder,
  segmentNumbers,
} from "./layout.ts";
import { endOfWholeLines } from "./recovery.ts";
import { sizeOf } from "./segment-size.ts";
import { sessionsUnder } from "./sessions-under.ts";

/** What lies in a lane under a subject. */
export interface SubjectInLane {
  readonly sessions: ReadonlySet<string>;
  /** With values. */
  readonly files: number;
  readonly bytes: number;
  /** Up to here the sessions were looked for. */
  readonly lookedTo: Position;
}

/** Null: nothing, and nobody has wished that it goes. `subject`: as it is called on disk. Throws what the disk says. */
export function subjectInLane(
  lane: string,
  subject: string,
  files: FileSystem,
): SubjectInLane | null {
  const lookedTo = endOf(lane);
  const content = segmentNumbers(lane)
    .map((number) => contentFileNamed(segmentFolder(lane, number), subject))
    .filter((path) => existsSync(path));
  const isThere = content.length > 0 || existsSync(join(keysFolder(lane), subject));
  if (!isThere && !wishesIn(lane, files).some((wish) => wish.subject === subject)) return null;
  return {
    sessions: sessionsUnder(lane, subject, files),
    files: content.length,
    bytes: content.reduce((sum, path) => sum + sizeOf(path), 0),
    lookedTo,
  };
}

function endOf(lane: string): Position {
  const segment = segmentNumbers(lane).at(-1) ?? 1;
  return { segment, offset: endOfWholeLines(entriesFile(segmentFolder(lane, segment))) };
}
