import { hash } from "node:crypto";
import { join } from "node:path";
import type { JournalEntry, JournalReader, Position } from "@spoor/core";
import { entryHead } from "./entry-head.ts";
import type { LaneEnd } from "./recorded-sessions.ts";
import { type ImportedFile, readImports, writeImports } from "./stored-imports.ts";

const mostFiles = 50_000;

/**
 * Which files need not be read again. Only a saving of time: it may be missing, old or damaged, and is believed only as long as the journal
 * still holds what it held when this was written.
 */
export class ImportState {
  readonly #path: string;
  readonly #by: string;
  /** By a hash of the path. Added last comes last. */
  readonly #files: Map<string, ImportedFile>;

  /** `by`: what reads the files, in this version and build. */
  constructor(folder: string, framework: string, by: string, reader: JournalReader) {
    this.#path = join(folder, "imports", `${framework}.json`);
    this.#by = by;
    const stored = readImports(this.#path);
    const isBelieved =
      stored !== null && stored.by === by && stored.ends.every((end) => isStillThere(end, reader));
    this.#files = new Map(isBelieved ? Object.entries(stored.files) : []);
  }

  /** Null where it has to be read. */
  find(path: string, stamp: string): ImportedFile | null {
    const file = this.#files.get(nameOf(path));
    return file?.stamp === stamp ? file : null;
  }

  /** All that the file says is in the journal, or will be when this is saved. */
  add(path: string, file: ImportedFile): void {
    this.forget(path);
    this.#files.set(nameOf(path), file);
  }

  forget(path: string): void {
    this.#files.delete(nameOf(path));
  }

  /** To be called when the journal is written, with what it then holds. */
  save(ends: readonly LaneEnd[]): void {
    const files = Object.fromEntries([...this.#files].slice(-mostFiles));
    writeImports(this.#path, { by: this.#by, ends, files });
  }
}

/** Paths tell what people work on. */
const nameOf = (path: string): string => hash("sha256", path, "base64url").slice(0, 22);

/**
 * Entries are only ever added to a lane, and lost only from its end: so one that is there says that those before it were written. From its
 * beginning whole segments go, to keep its bound: what was in them is not to come back with every import.
 */
function isStillThere({ lane, position, id, recordedAt }: LaneEnd, reader: JournalReader): boolean {
  const entry = firstFrom(reader, lane, position);
  if (entry && entry.position.segment === position.segment) {
    const head = entryHead(entry.line);
    return head?.id === id && head.recordedAt === recordedAt;
  }
  const later = firstFrom(reader, lane, { segment: position.segment, offset: 0 });
  return later !== null && later.position.segment > position.segment;
}

function firstFrom(reader: JournalReader, lane: string, position: Position): JournalEntry | null {
  for (const entry of reader.entriesOf(lane, position)) return entry;
  return null;
}
