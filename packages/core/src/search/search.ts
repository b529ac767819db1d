import { resolve } from "node:path";
import { JournalError } from "../journal/disk/journal-error.ts";
import { Hits, type Hit } from "./finding/hit.ts";
import { MatchingSpans, type Tables } from "./finding/matching-spans.ts";
import type { Order } from "./finding/merged-sessions.ts";
import type { SpanFilter } from "./finding/span-filter.ts";
import { EntryLines, type EntryPlace, journalOrder } from "./indexing/entry-lines.ts";
import {
  indexPath,
  isUnusable,
  openIndex,
  openKeptIndex,
  type SearchNotice,
} from "./open-index.ts";
import { recordedSessions, type RecordedSessions } from "./recorded-sessions.ts";
import { candidateSessions, lastActivity, type SessionFilter, sessionsWith } from "./sessions.ts";
import { type IndexFile, removeIndexFile } from "./store/index-file.ts";
import { Spans } from "./store/spans.ts";
import { Words } from "./store/words.ts";
import { spansSaying } from "./text/spans-saying.ts";
import type { SpanId } from "../vocabulary/event.ts";
import { placesOf, type TimelineEntry, timelineOf } from "./timeline.ts";

export interface SearchOptions {
  /** Told once each when something is not as usual, and that is not the caller's fault. */
  readonly notice?: (notice: SearchNotice) => void;
}

export interface Query extends SpanFilter {
  /** Words that stand in what was said, asked, returned, or went wrong. */
  readonly text?: string;
  /** Default: `newest`. What has no time that is known comes last. */
  readonly order?: Order;
  /** Default: all that match. */
  readonly limit?: number;
}

/**
 * What a journal holds, found quickly: an index that lies beside it, is made where it is missing, and may go at any time. It knows what was
 * written when it was opened, or refreshed last. Its methods throw what SQLite and the disk say. Close it when it is done with.
 */
export interface Search {
  /** Whole lines of the journal that are no entries. */
  readonly unreadable: number;
  /** Takes in what came since. */
  refresh(): void;
  /** The sessions that can match: all that do, and possibly some that do not, because only all of a session tells what it amounts to. */
  sessions(filter?: SessionFilter): readonly string[];
  /** When each session was last active: by the times of its events, where they have none by when they were recorded. */
  lastActivity(): ReadonlyMap<string, number>;
  /** What matches. Only as much is read as is taken, but who wants the oldest in which a text stands waits until all was looked through. */
  find(query?: Query): Iterable<Hit>;
  /** Where the entries of a session lie, lane by lane, in the order of each. */
  places(session: string): readonly EntryPlace[];
  /** Some sessions, read where they lie. */
  record(sessions: readonly string[]): RecordedSessions;
  /** The sessions that tell of a span. In the order of their ids. */
  sessionsWith(spanId: SpanId): readonly string[];
  /** All events of a session by time, then lane, then sequence. */
  timeline(session: string): readonly TimelineEntry[];
  close(): void;
}

/** Opens the index of the journal in a folder, and takes in what is new. */
export function openSearch(dir: string, options: SearchOptions = {}): Search {
  return new IndexedSearch(resolve(dir), options, openIndex);
}

/** The same; null where no index can be kept beside the journal. */
export function openKeptSearch(dir: string, options: SearchOptions = {}): Search | null {
  try {
    return new IndexedSearch(resolve(dir), options, (...given) => {
      const kept = openKeptIndex(...given);
      if (typeof kept === "string") throw new NotKept(kept);
      return kept;
    });
  } catch (error) {
    if (error instanceof NotKept) return null;
    throw error;
  }
}

class NotKept extends Error {
  override readonly name = "NotKept";
}

class IndexedSearch implements Search {
  readonly #dir: string;
  readonly #open: typeof openIndex;
  readonly #notice: (notice: SearchNotice) => void;
  #lines: EntryLines;
  #file: IndexFile;

  constructor(dir: string, { notice = () => {} }: SearchOptions, open: typeof openIndex) {
    this.#dir = dir;
    this.#open = open;
    const told = new Set<string>();
    this.#notice = (one) => {
      if (!told.has(one.kind)) notice(one);
      told.add(one.kind);
    };
    [this.#lines, this.#file] = this.#opened();
  }

  #opened(): [EntryLines, IndexFile] {
    const lines = new EntryLines(this.#dir);
    try {
      return [lines, this.#open(this.#dir, lines, this.#notice)];
    } catch (error) {
      lines.close();
      throw error;
    }
  }

  get unreadable(): number {
    const row = this.#file.database.prepare("SELECT sum(unreadable) AS count FROM segment").get();
    return Number(row?.["count"] ?? 0);
  }

  refresh(): void {
    this.close();
    [this.#lines, this.#file] = this.#opened();
  }

  sessions(filter: SessionFilter = {}): readonly string[] {
    return this.#asked(() => candidateSessions(this.#file.database, filter));
  }

  lastActivity(): ReadonlyMap<string, number> {
    return this.#asked(() => lastActivity(this.#file.database));
  }

  *find(query: Query = {}): Iterable<Hit> {
    const { limit = Infinity } = query;
    const found = this.#asked(() => this.#hits(query)[Symbol.iterator]());
    for (let count = 0; count < limit; count += 1) {
      const next = this.#asked(() => found.next());
      if (next.done) return;
      yield next.value;
    }
  }

  places(session: string): readonly EntryPlace[] {
    return this.#asked(() => placesOf(this.#file.database, session));
  }

  record(sessions: readonly string[]): RecordedSessions {
    const places = sessions.flatMap((session) => this.places(session));
    return recordedSessions(this.#dir, places.toSorted(journalOrder), this.#lines);
  }

  sessionsWith(spanId: SpanId): readonly string[] {
    return this.#asked(() => sessionsWith(this.#file.database, spanId));
  }

  timeline(session: string): readonly TimelineEntry[] {
    return timelineOf(this.places(session), this.#lines);
  }

  close(): void {
    this.#lines.close();
    this.#file.close();
  }

  *#hits({ text, order = "newest", ...filter }: Query): Iterable<Hit> {
    const { database } = this.#file;
    const tables: Tables = { database, spans: new Spans(database), words: new Words(database) };
    const matching = new MatchingSpans(tables, filter);
    const hits = new Hits(database, tables.words, matching.above);
    if (text === undefined) {
      for (const span of matching.inOrder(order)) yield hits.of(span);
      return;
    }
    for (const { span, place, found } of spansSaying(text, order, matching, tables, this.#dir))
      yield hits.of(span, { place, found });
  }

  /** An index that turns out to be damaged is removed, so that the next one to ask finds a whole one. */
  #asked<Answer>(ask: () => Answer): Answer {
    try {
      return ask();
    } catch (error) {
      if (!isUnusable(error)) throw error;
      removeIndexFile(indexPath(this.#dir));
      throw new JournalError("INDEX_DAMAGED", `the index in ${this.#dir} is damaged`, {
        cause: error,
        fix: "Ask again: it was removed, and is made anew.",
      });
    }
  }
}
