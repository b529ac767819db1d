import process from "node:process";
import type { Config } from "../config/config.ts";
import { boundOf, defaults } from "../config/defaults.ts";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { journalFolder } from "../journal/disk/journal-folder.ts";
import type { Journal } from "../journal/journal.ts";
import { memoryJournal } from "../journal/memory-journal.ts";
import type { StandingOf } from "../journal/segment-standing.ts";
import { type CursorStore, memoryCursors } from "../pipeline/cursor.ts";
import { diskCursors } from "../pipeline/disk-cursors.ts";

/** Where an observer writes, and where its exporters note how far they are. */
export interface OpenRecord {
  /** Null: in memory. */
  readonly dir: string | null;
  readonly journal: Journal;
  readonly cursors: CursorStore;
  /** What was written last becomes part of the seal, where there is one. Resolves when it is, or the time is up; never rejects. `keepsAlive`: this process, for as long. */
  readonly sealLast: (timeoutMs: number, keepsAlive: boolean) => Promise<void>;
}

const nothingToSeal = (): Promise<void> => Promise.resolve();

/** Throws where the journal's folder cannot be written. */
export function openRecord({ journal = {} }: Config, standingOf: StandingOf): OpenRecord {
  if (journal === "memory")
    return {
      dir: null,
      journal: memoryJournal(),
      cursors: memoryCursors(),
      sealLast: nothingToSeal,
    };
  const { acknowledge } = { ...defaults.journal, ...journal };
  const maxBytes = boundOf(journal);
  const dir = journalFolder(journal.dir, process.env, process.cwd());
  const lane = diskJournal({ dir, acknowledge, maxBytes, standingOf });
  const sealed = journal.seal?.attach(lane, dir);
  return {
    dir,
    journal: sealed ?? lane,
    cursors: diskCursors(dir),
    sealLast: sealed?.sealLast.bind(sealed) ?? nothingToSeal,
  };
}
