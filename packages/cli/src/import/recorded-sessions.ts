import {
  type AgentEvent,
  createRunTree,
  type EventDraft,
  type Journal,
  type KnownStamp,
  type Position,
  type RunTree,
  type SessionView,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { entryHead } from "./entry-head.ts";
import { KnownCalls } from "./known-calls.ts";
import { Stretches } from "./stretches.ts";

/** The last entry of a lane, as far as it is known. */
export interface LaneEnd {
  readonly lane: string;
  readonly position: Position;
  readonly id: string;
  readonly recordedAt: number;
}

/** What is known of one session while something of it is imported. */
interface RecordedSession {
  readonly ids: Set<string>;
  /** Only what is said of turns is asked for again. */
  readonly turns: Map<string, KnownStamp>;
  /** As far as it was recorded here; null: there was something before, or it has become too long. */
  tree: RunTree | null;
  hasNew: boolean;
}

const saysNothing: KnownStamp = {};
const mostOpen = 64;
/** A fold takes some two kilobytes an event. */
const mostFolded = 50_000;

/** A session that something was added to, as it stands. Null: it is too long to be folded along the way. */
export type SessionChanged = (session: string, view: SessionView | null) => void;

/**
 * What a journal holds, as far as an import has to know it. Of sessions that are not being imported only the places are kept, and
 * the names of their model calls, so memory does not grow with what is said in the journal.
 */
export class RecordedSessions {
  readonly #journal: Journal;
  readonly #changed: SessionChanged;
  readonly #mostFolded: number;
  readonly #stretches: Stretches = new Stretches();
  readonly #calls: KnownCalls = new KnownCalls();
  readonly #ends: Map<string, LaneEnd> = new Map();
  /** Asked for last comes last. */
  readonly #open: Map<string, RecordedSession> = new Map();
  #hasLooked = false;
  #latest: { readonly session: string; readonly recorded: RecordedSession } | null = null;

  /** Reads through the journal when it is asked first. `changed`: told of a session when it is closed. */
  constructor(journal: Journal, changed: SessionChanged, most: number = mostFolded) {
    this.#journal = journal;
    this.#changed = changed;
    this.#mostFolded = most;
  }

  find(session: string, id: string): KnownStamp | null {
    this.#look();
    const { ids, turns } = this.#opened(session);
    return ids.has(id) ? (turns.get(id) ?? saysNothing) : null;
  }

  add(event: AgentEvent, position: Position): void {
    const { lane } = this.#journal;
    const { id, recordedAt, session } = event;
    const recorded = this.#opened(session);
    recorded.hasNew = true;
    remember(recorded, event);
    if (recorded.ids.size > this.#mostFolded) recorded.tree = null;
    recorded.tree?.apply(event);
    this.#stretches.add(session, lane, position);
    this.#ends.set(lane, { lane, position, id, recordedAt });
  }

  /** What is being said, whether or not it is to be recorded. */
  note(draft: EventDraft): void {
    this.#look();
    this.#calls.note(draft);
  }

  /** The session that a model call was first told of. Null: it is not known. */
  sessionOf(call: string): string | null {
    this.#look();
    return this.#calls.sessionOf(call);
  }

  /** What the journal holds by now. */
  ends(): readonly LaneEnd[] {
    this.#look();
    return [...this.#ends.values()];
  }

  /** Forgets what is known of single sessions; it is looked up where it is asked for again. */
  close(): void {
    for (const session of this.#open.keys()) this.#close(session);
  }

  #look(): void {
    if (this.#hasLooked) return;
    this.#hasLooked = true;
    for (const { lane, position, line } of this.#journal.reader().entries()) {
      const head = entryHead(line);
      if (head === null) continue;
      const { id, recordedAt, session } = head;
      this.#stretches.add(session, lane, position);
      this.#calls.noteEntry(line);
      this.#ends.set(lane, { lane, position, id, recordedAt });
    }
  }

  #opened(session: string): RecordedSession {
    if (this.#latest?.session === session) return this.#latest.recorded;
    const recorded = this.#open.get(session) ?? this.#lookUp(session);
    this.#open.delete(session);
    this.#open.set(session, recorded);
    this.#latest = { session, recorded };
    return recorded;
  }

  #lookUp(session: string): RecordedSession {
    const [longest] = this.#open.keys();
    if (this.#open.size >= mostOpen && longest !== undefined) this.#close(longest);
    const recorded: RecordedSession = {
      ids: new Set(),
      turns: new Map(),
      tree: null,
      hasNew: false,
    };
    for (const event of this.#eventsOf(session)) remember(recorded, event);
    if (recorded.ids.size === 0) recorded.tree = createRunTree();
    return recorded;
  }

  #close(session: string): void {
    const recorded = this.#open.get(session);
    this.#open.delete(session);
    this.#latest = null;
    if (!recorded?.hasNew) return;
    const isTooLong = recorded.ids.size > this.#mostFolded;
    const tree = isTooLong ? null : (recorded.tree ?? this.#folded(session));
    this.#changed(session, tree?.session(session) ?? null);
  }

  #folded(session: string): RunTree {
    const tree = createRunTree();
    for (const event of this.#eventsOf(session)) tree.apply(event);
    return tree;
  }

  *#eventsOf(session: string): Iterable<AgentEvent> {
    for (const { line } of this.#stretches.entries(session, this.#journal.reader())) {
      if (entryHead(line)?.session !== session) continue;
      const parsed = parseEventLine(line);
      if (parsed.ok) yield parsed.event;
    }
  }
}

function remember({ ids, turns }: RecordedSession, event: AgentEvent): void {
  const { id, type, traceId, turnSpanId } = event;
  ids.add(id);
  if (type !== "turn.started") return;
  turns.set(id, {
    ...(traceId === undefined ? {} : { traceId }),
    ...(turnSpanId === undefined ? {} : { turnSpanId }),
  });
}
