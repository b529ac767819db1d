import {
  type AgentEvent,
  type contentReader,
  journalReader,
  type JournalReader,
  type SpanId,
} from "@spoor/core";
import type { Search } from "@spoor/core/search";
import { Activity } from "./activity.ts";
import type { Io } from "../io.ts";
import { recordedEvents } from "./recorded-events.ts";
import { warnOfUnreadable } from "./unreadable.ts";

/** What commands about single sessions ask of a journal. */
export interface JournalRecord {
  /** When each session was last active: by the times of its events, where they have none by when they were recorded. Of what went nothing is told. */
  lastActivity(): ReadonlyMap<string, number>;
  /** Some sessions, read as they are taken. How many lines of the journal could not be read is said, if to anybody. */
  sessions(ids: readonly string[], io: Io | null): RecordedEvents;
  /** Events among which all are that tell of a span of this name: its id, another name of it, or the beginning of one. */
  eventsNaming(span: string): Iterable<AgentEvent>;
}

/** Events in the order of the journal, and what they refer to. */
export interface RecordedEvents {
  readonly events: Iterable<AgentEvent>;
  readonly content: Parameters<typeof contentReader>[0];
}

/**
 * Asks a journal: by its index, where one is there or the journal is large, else by reading all of it. The answers are the same. `ask` is called
 * once more where the index turns out to be damaged.
 */
export async function askRecord<Answer>(
  folder: string,
  ask: (record: JournalRecord) => Answer,
): Promise<Answer> {
  const { openKeptSearch, searchPays } = await import("@spoor/core/search");
  const search = searchPays(folder) ? openKeptSearch(folder) : null;
  if (!search) return ask(readingAll(folder));
  try {
    return ask(byIndex(search, folder));
  } catch (error) {
    if (!isDamaged(error)) throw error;
    return ask(readingAll(folder));
  } finally {
    search.close();
  }
}

function readingAll(folder: string): JournalRecord {
  const reader = journalReader(folder);
  return {
    lastActivity: () => lastActivityIn(reader),
    sessions: (ids, io) => ({ events: eventsOf(new Set(ids), reader, io), content: reader }),
    eventsNaming: () => recordedEvents(reader, null),
  };
}

function byIndex(search: Search, folder: string): JournalRecord {
  return {
    lastActivity: () => search.lastActivity(),
    sessions(ids, io) {
      if (io) warnOfUnreadable(io, { lines: search.unreadable, ofAnotherVersion: 0 });
      return search.record(ids);
    },
    eventsNaming(span) {
      const sessions = wholeSpanId.test(span) ? search.sessionsWith(span as SpanId) : [];
      if (sessions.length === 0) return readingAll(folder).eventsNaming(span);
      return search.record(sessions).events;
    },
  };
}

const wholeSpanId = /^[0-9a-f]{16}$/;

const isDamaged = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "INDEX_DAMAGED";

function* eventsOf(
  sessions: ReadonlySet<string>,
  reader: JournalReader,
  io: Io | null,
): Iterable<AgentEvent> {
  for (const event of recordedEvents(reader, io)) if (sessions.has(event.session)) yield event;
}

function lastActivityIn(reader: JournalReader): ReadonlyMap<string, number> {
  const sessions = new Map<string, Activity>();
  for (const event of recordedEvents(reader, null)) {
    if (event.type === "record.reduced") continue;
    const activity = sessions.get(event.session) ?? new Activity();
    activity.see(event);
    sessions.set(event.session, activity);
  }
  return new Map(Array.from(sessions, ([session, { last }]) => [session, last]));
}
