import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { hasTables, makeTables } from "./tables.ts";

/** An open index. Close it when it is done with. */
export interface IndexFile {
  readonly database: DatabaseSync;
  /** False: its file was removed, or another one took its place. What is written to it then is gone when it is closed. */
  isInPlace(): boolean;
  close(): void;
}

const patienceMs = 30_000;
const mostTries = 5;

/**
 * Opens the index in a file, which is made where it is missing, for the eyes of its owner. Throws what SQLite or the disk say, and
 * `UnknownTables` for one of another version.
 *
 * **Erasure** removes content first, then the file, then its `-wal` and `-shm`. Nobody who indexes brings back what was erased, because content is
 * read only after this returned, and because this returns only when the file that SQLite has open was still in place after its `-wal` was opened:
 * whoever opened before the removal writes to files without a name, which are gone when they are closed; whoever opened after it finds no content any more. A
 * handle that was opened in between is closed again before anything was written to it.
 */
export function openIndexFile(path: string): IndexFile {
  for (let tries = 1; ; tries += 1) {
    makeFile(path);
    const file = identityOf(path);
    const database = prepared(path);
    const log = identityOf(`${path}-wal`);
    const isInPlace = (): boolean =>
      file !== null && identityOf(path) === file && identityOf(`${path}-wal`) === log;
    if (isInPlace() || tries === mostTries)
      return { database, isInPlace, close: () => closeOnce(database) };
    database.close();
  }
}

/** An index that lives as long as it is open, where none can be written. */
export function indexInMemory(): IndexFile {
  const database = prepared(":memory:");
  return { database, isInPlace: () => true, close: () => closeOnce(database) };
}

function closeOnce(database: DatabaseSync): void {
  if (database.isOpen) database.close();
}

/** In the order in which nobody is left with a part: who has the file open notices, and who opens a new one has no log of an old one. */
export function removeIndexFile(path: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
}

function prepared(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: patienceMs });
  try {
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = NORMAL");
    database.exec("PRAGMA secure_delete = ON");
    database.exec("PRAGMA temp_store = MEMORY");
    database.exec("PRAGMA cache_size = -65536");
    database.exec("PRAGMA wal_autocheckpoint = 10000");
    if (!hasTables(database)) makeTables(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite would make it for everybody to read, and gives its `-wal` and `-shm` the mode of the file. */
function makeFile(path: string): void {
  if (identityOf(path) !== null) return;
  closeSync(openSync(path, "a", 0o600));
}

/** Differs also where a new file has the number of a removed one. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino, birthtimeNs } = statSync(path, { bigint: true });
    return `${dev}:${ino}:${birthtimeNs}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
