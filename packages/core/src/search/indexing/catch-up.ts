import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { isMissing } from "../../journal/disk/journal-error.ts";
import {
  entriesFile,
  laneFolder,
  laneNumbers,
  segmentFolder,
  segmentNumbers,
} from "../../journal/disk/layout.ts";
import { wholeLines } from "../../journal/disk/whole-lines.ts";
import type { IndexFile } from "../store/index-file.ts";
import { Batch, digestOf } from "./batch.ts";
import type { EntryLines } from "./entry-lines.ts";
import { indexParts } from "./index-parts.ts";
import { forgetSegments, removedSegments } from "./removed-segments.ts";
import { SpanRegrouping } from "./span-regrouping.ts";

/** What the index has read last is not in the journal: it is another one, or an older copy of this one. */
export class OtherJournal extends Error {
  override readonly name = "OtherJournal";
}

const entriesAtOnce = 16_384;

/**
 * Takes in what was written since, and lets go of what was removed. A stretch and the cursor behind it are one transaction, and each begins at the
 * cursor that it finds, so several processes may do this at once. Content is read only here, while the file is open. False: the file was removed
 * meanwhile, and nothing of this counts. Throws `OtherJournal`, and what SQLite and the disk say.
 */
export function catchUp(file: IndexFile, dir: string, lines: EntryLines): boolean {
  const { database } = file;
  const parts = indexParts(database, dir, lines);
  const regrouping = new SpanRegrouping(parts);
  const within = (work: () => boolean): "done" | "more" | "removed" => {
    database.exec("BEGIN IMMEDIATE");
    try {
      const isMore = work();
      const isInPlace = file.isInPlace();
      database.exec(isInPlace ? "COMMIT" : "ROLLBACK");
      return isInPlace ? (isMore ? "more" : "done") : "removed";
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };
  const begun = within(() => {
    checkLanes(database, dir);
    const removed = removedSegments(database, dir);
    if (removed.length > 0) forgetSegments(parts, regrouping, removed);
    return false;
  });
  if (begun === "removed") return false;
  for (const lane of laneNumbers(dir)) {
    for (let state = "more"; state === "more";) {
      state = within(() =>
        takeStretch(new Batch(parts, regrouping, lane), dir, cursorOf(database, lane), lane),
      );
      if (state === "removed") return false;
    }
  }
  return true;
}

interface LaneCursor {
  readonly segment: number;
  readonly offset: number;
  readonly digest: string;
}

function checkLanes(database: DatabaseSync, dir: string): void {
  const there = new Set(laneNumbers(dir));
  for (const row of database.prepare("SELECT number FROM lane").all())
    if (!there.has(Number(row["number"]))) throw new OtherJournal("a lane is gone");
}

/** True: there may be more. */
function takeStretch(batch: Batch, dir: string, cursor: LaneCursor | null, lane: number): boolean {
  let taken = 0;
  for (const { segment, offset, line } of entriesFrom(dir, lane, cursor)) {
    batch.add(segment, offset, line);
    taken += 1;
    if (taken === entriesAtOnce) break;
  }
  batch.write();
  return taken === entriesAtOnce;
}

function cursorOf(database: DatabaseSync, lane: number): LaneCursor | null {
  const row = database
    .prepare("SELECT segment, offset, digest FROM lane WHERE number = ?")
    .get(lane);
  return row
    ? {
        segment: Number(row["segment"]),
        offset: Number(row["offset"]),
        digest: String(row["digest"]),
      }
    : null;
}

/** Those after the cursor. The bound may have removed the segment in which that lies. */
function* entriesFrom(
  dir: string,
  lane: number,
  cursor: LaneCursor | null,
): Iterable<{ readonly segment: number; readonly offset: number; readonly line: string }> {
  const folder = laneFolder(dir, lane);
  const segments = segmentNumbers(folder);
  if (cursor && (segments.at(-1) ?? -1) < cursor.segment)
    throw new OtherJournal("the end of a lane is gone");
  for (const segment of segments) {
    if (cursor && segment < cursor.segment) continue;
    const isLast = segment === cursor?.segment ? cursor : null;
    let isKnown = isLast !== null;
    for (const { offset, line } of linesIn(segmentFolder(folder, segment), isLast?.offset ?? 0)) {
      if (!isKnown) yield { segment, offset, line };
      else if (digestOf(line) !== isLast?.digest)
        throw new OtherJournal("another entry lies where the last one did");
      isKnown = false;
    }
    if (isKnown && existsSync(entriesFile(segmentFolder(folder, segment))))
      throw new OtherJournal("the last entry is gone");
  }
}

function* linesIn(segment: string, from: number): ReturnType<typeof wholeLines> {
  try {
    yield* wholeLines(entriesFile(segment), from);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
