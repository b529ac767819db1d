import {
  type AgentEvent,
  type ContentAnswer,
  type ContentReader,
  contentReader,
  createRunTree,
  journalReader,
  type Position,
  type SessionView,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { Activity } from "./activity.ts";
import type { Io } from "../io.ts";
import { nothingUnreadable, type Unreadable, warnOfUnreadable, withLine } from "./unreadable.ts";

export interface OneSession {
  readonly view: SessionView;
  /** Has who used it, and what was said of its model calls besides; nothing else. */
  readonly content: ContentReader;
  readonly activity: Activity;
}

/**
 * The sessions of a journal, each when the last of it was read. Memory holds the sessions that are under way at once and the index of one segment,
 * whatever the size of the journal, which is read twice for that. What is written meanwhile is left for the next time. How many entries could
 * not be read is said at the end, if to anybody.
 */
export function* sessionBySession(
  folder: string,
  io: Io | null,
  isWanted: (session: string) => boolean = () => true,
): Iterable<OneSession> {
  const { entriesByLane, eventsBySession } = extentOf(folder);
  const unreadable = yield* foldedOnce(entriesIn(folder, entriesByLane), eventsBySession, isWanted);
  if (io) warnOfUnreadable(io, unreadable);
}

/** Entries in the order of the journal, each session as soon as so many of its events were read. Returns what could not be. */
export function* foldedOnce(
  entries: Iterable<ReadEntry>,
  eventsBySession: Map<string, number>,
  isWanted: (session: string) => boolean,
): Generator<OneSession, Unreadable> {
  const underWay = new Map<string, SessionUnderWay>();
  let unreadable = nothingUnreadable;
  for (const { line, content } of entries) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) {
      unreadable = withLine(unreadable, parsed.problem);
      continue;
    }
    const { session: id } = parsed.event;
    const left = (eventsBySession.get(id) ?? 0) - 1;
    eventsBySession.set(id, left);
    if (!isWanted(id)) continue;
    const session = underWay.get(id) ?? new SessionUnderWay(id);
    underWay.set(id, session);
    session.apply(parsed.event, content);
    if (left > 0) continue;
    underWay.delete(id);
    yield* session.asItStands();
  }
  for (const session of underWay.values()) yield* session.asItStands();
  return unreadable;
}

type Reference = Parameters<ContentReader["read"]>[0];

/** Takes along the little content that it will be asked for, so that no segment has to be gone back to. */
class SessionUnderWay {
  readonly #id: string;
  readonly #tree = createRunTree();
  readonly #activity = new Activity();
  readonly #kept: Map<Reference, ContentAnswer> = new Map();
  /** Why the rest is not there. */
  readonly #gone = contentReader({ find: () => null, sizeOf: () => null }, 1);

  constructor(id: string) {
    this.#id = id;
  }

  apply(event: AgentEvent, content: ContentReader): void {
    this.#tree.apply(event);
    this.#activity.see(event);
    this.#gone.apply(event);
    for (const held of referencesIn(event))
      if (!this.#kept.has(held)) this.#kept.set(held, content.read(held));
  }

  *asItStands(): Iterable<OneSession> {
    const view = this.#tree.session(this.#id);
    const read = (held: Reference): ContentAnswer => {
      const kept = this.#kept.get(held);
      return kept && kept.kind !== "missing" ? kept : this.#gone.read(held);
    };
    const content = { read, sizeOf: () => 0, messages: () => null };
    if (view) yield { view, content, activity: this.#activity };
  }
}

function referencesIn(event: AgentEvent): readonly Reference[] {
  switch (event.type) {
    case "session.started":
    case "turn.started":
      return event.userId === undefined ? [] : [event.userId];
    case "model.started":
    case "model.ended":
    case "usage.reported":
      return event.native === undefined ? [] : [event.native];
    default:
      return [];
  }
}

interface Extent {
  readonly entriesByLane: ReadonlyMap<string, number>;
  readonly eventsBySession: Map<string, number>;
}

function extentOf(folder: string): Extent {
  const entriesByLane = new Map<string, number>();
  const eventsBySession = new Map<string, number>();
  for (const { lane, line } of journalReader(folder).entries()) {
    entriesByLane.set(lane, (entriesByLane.get(lane) ?? 0) + 1);
    const parsed = parseEventLine(line);
    if (!parsed.ok) continue;
    const { session } = parsed.event;
    eventsBySession.set(session, (eventsBySession.get(session) ?? 0) + 1);
  }
  return { entriesByLane, eventsBySession };
}

/** A line of a journal, and what its references lead to. */
export interface ReadEntry {
  readonly line: string;
  readonly content: ContentReader;
}

/** As many of each lane as there were, each segment by a reader of its own: an index goes with its segment. */
function* entriesIn(
  folder: string,
  entriesByLane: ReadonlyMap<string, number>,
): Iterable<ReadEntry> {
  for (const [lane, entries] of entriesByLane) {
    let left = entries;
    let from: Position | null = { segment: 0, offset: 0 };
    while (from !== null) {
      const reader = journalReader(folder);
      const content = contentReader(reader);
      let first: Position | null = null;
      let next: Position | null = null;
      for (const { position, line } of reader.entriesOf(lane, from)) {
        first ??= position;
        if (position.segment !== first.segment) next = position;
        if (next !== null || left === 0) break;
        left -= 1;
        yield { line, content };
      }
      from = next;
    }
  }
}
