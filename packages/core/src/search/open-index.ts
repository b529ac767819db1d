import { join } from "node:path";
import { systemCode } from "../journal/disk/journal-error.ts";
import { catchUp, OtherJournal } from "./indexing/catch-up.ts";
import type { EntryLines } from "./indexing/entry-lines.ts";
import {
  type IndexFile,
  indexInMemory,
  openIndexFile,
  removeIndexFile,
} from "./store/index-file.ts";
import { UnknownTables } from "./store/tables.ts";

/** `made anew`: what was there could not be used. `in memory`: none can be kept here, so each run makes its own. */
export interface SearchNotice {
  readonly kind: "made anew" | "in memory";
  readonly reason: string;
}

export const indexPath = (dir: string): string => join(dir, "index.sqlite");

const mostTries = 5;

/** The index of a journal, with all that is written so far in it; in memory where none can be kept. Throws where the journal cannot be read. */
export function openIndex(
  dir: string,
  lines: EntryLines,
  notice: (notice: SearchNotice) => void,
): IndexFile {
  const kept = openKeptIndex(dir, lines, notice);
  if (typeof kept !== "string") return kept;
  notice({ kind: "in memory", reason: kept });
  return inMemory(dir, lines);
}

/** The same; why not, where none can be kept beside the journal. */
export function openKeptIndex(
  dir: string,
  lines: EntryLines,
  notice: (notice: SearchNotice) => void,
): IndexFile | string {
  const path = indexPath(dir);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    try {
      const file = upToDate(openIndexFile(path), dir, lines);
      if (file) return file;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (isUnwritable(error)) return reason;
      if (!isUnusable(error)) throw error;
      if (!removed(path)) return reason;
      notice({ kind: "made anew", reason });
    }
  }
  return "the index is removed again and again";
}

/** What SQLite finds in the file is no index, or not of this journal. */
export function isUnusable(error: unknown): boolean {
  if (error instanceof OtherJournal || error instanceof UnknownTables) return true;
  return sqliteCodes.unusable.has(sqliteCode(error) ?? -1);
}

/** As SQLite numbers them: CORRUPT, NOTADB, and ERROR for tables that are not as they should be; PERM, BUSY, READONLY, IOERR, FULL, CANTOPEN. */
const sqliteCodes = {
  unusable: new Set([11, 26, 1]),
  unwritable: new Set([3, 5, 8, 10, 13, 14]),
} as const;
const unwritable: ReadonlySet<string> = new Set([
  "EACCES",
  "ENOENT",
  "ENOTDIR",
  "EPERM",
  "EROFS",
  "ENOSPC",
  "EDQUOT",
  "EISDIR",
]);

function isUnwritable(error: unknown): boolean {
  return (
    unwritable.has(systemCode(error) ?? "") || sqliteCodes.unwritable.has(sqliteCode(error) ?? -1)
  );
}

/** Without what SQLite adds to it for details; null: it is not of SQLite. */
function sqliteCode(error: unknown): number | null {
  const code = error instanceof Error && "errcode" in error ? error.errcode : null;
  return typeof code === "number" ? code & 0xff : null;
}

/** Null: the file was removed meanwhile. */
function upToDate(file: IndexFile, dir: string, lines: EntryLines): IndexFile | null {
  try {
    if (catchUp(file, dir, lines)) return file;
  } catch (error) {
    file.close();
    throw error;
  }
  file.close();
  return null;
}

function inMemory(dir: string, lines: EntryLines): IndexFile {
  const file = indexInMemory();
  const ready = upToDate(file, dir, lines);
  if (!ready) throw new Error("an index in memory cannot be removed");
  return ready;
}

function removed(path: string): boolean {
  try {
    removeIndexFile(path);
    return true;
  } catch (error) {
    if (isUnwritable(error) || systemCode(error) !== null) return false;
    throw error;
  }
}
