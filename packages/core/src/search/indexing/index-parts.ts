import type { DatabaseSync } from "node:sqlite";
import { Spans } from "../store/spans.ts";
import { Words } from "../store/words.ts";
import type { EntryLines } from "./entry-lines.ts";
import { Users } from "./users.ts";

/** What all who write to the index share for as long as they bring it up to date. */
export interface IndexParts {
  readonly database: DatabaseSync;
  /** The folder of the journal. */
  readonly dir: string;
  readonly lines: EntryLines;
  readonly spans: Spans;
  readonly words: Words;
  readonly users: Users;
}

export function indexParts(database: DatabaseSync, dir: string, lines: EntryLines): IndexParts {
  const [spans, words, users] = [new Spans(database), new Words(database), new Users(database)];
  return { database, dir, lines, spans, words, users };
}
