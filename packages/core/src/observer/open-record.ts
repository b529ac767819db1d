import process from "node:process";
import type { Config } from "../config/config.ts";
import { defaults } from "../config/defaults.ts";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { journalFolder } from "../journal/disk/journal-folder.ts";
import type { Journal } from "../journal/journal.ts";
import { memoryJournal } from "../journal/memory-journal.ts";
import type { StandingOf } from "../journal/segment-standing.ts";
import { type CursorStore, memoryCursors } from "../pipeline/cursor.ts";
import { diskCursors } from "../pipeline/disk-cursors.ts";

/** Where an observer writes, and where its exporters note how far they are. */
export interface OpenRecord {
  readonly journal: Journal;
  readonly cursors: CursorStore;
}

/** Throws where the journal's folder cannot be written. */
export function openRecord({ journal = {} }: Config, standingOf: StandingOf): OpenRecord {
  if (journal === "memory") return { journal: memoryJournal(), cursors: memoryCursors() };
  const { acknowledge, maxBytes } = { ...defaults.journal, ...journal };
  const dir = journalFolder(journal.dir, process.env, process.cwd());
  const lane = diskJournal({ dir, acknowledge, maxBytes, standingOf });
  return { journal: journal.seal?.attach(lane, dir) ?? lane, cursors: diskCursors(dir) };
}
