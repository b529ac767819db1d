import { hash } from "node:crypto";
import { laneFolder, segmentFolder } from "../../journal/disk/layout.ts";
import { parseEventLine } from "../../schema/parse.ts";
import type { AgentEvent, SpanId } from "../../vocabulary/event.ts";
import { isClosing, isOpening } from "../../vocabulary/event-kind.ts";
import type { EntryPlace } from "./entry-lines.ts";
import type { IndexParts } from "./index-parts.ts";
import type { SpanRegrouping } from "./span-regrouping.ts";
import { joined, needsAllFacts, toldBy } from "./told-span.ts";

interface SpanHeard {
  readonly session: string;
  readonly spanId: SpanId | null;
  readonly facts: AgentEvent[];
  /** Where they lie: the id of the segment and the offset. */
  readonly entries: (readonly [number, number])[];
}

interface SessionExtent {
  first: number | null;
  last: number | null;
  /** A time is known of it that its summary tells. */
  timed: boolean;
  /** Null: nothing but words about what went. */
  recorded: number | null;
}

interface SegmentHeard {
  readonly id: number;
  unreadable: number;
  last: number | null;
  /** Some of its entries have no time. */
  timeless: boolean;
}

/**
 * A stretch of one lane, taken into the index in a transaction that the caller begins and ends. It lives no longer than that: what was read of
 * content is nowhere else.
 */
export class Batch {
  readonly #lane: number;
  readonly #parts: IndexParts;
  readonly #regrouping: SpanRegrouping;
  readonly #spans: Map<string, SpanHeard> = new Map();
  readonly #sessions: Map<string, SessionExtent> = new Map();
  readonly #segments: Map<number, SegmentHeard> = new Map();
  #last: { readonly place: EntryPlace; readonly line: string } | null = null;

  constructor(parts: IndexParts, regrouping: SpanRegrouping, lane: number) {
    this.#parts = parts;
    this.#regrouping = regrouping;
    this.#lane = lane;
  }

  /** The next entry of the lane. */
  add(segmentNumber: number, offset: number, line: string): void {
    this.#last = { place: { lane: this.#lane, segment: segmentNumber, offset }, line };
    const segment = this.#segmentOf(segmentNumber);
    const parsed = parseEventLine(line);
    if (!parsed.ok) {
      segment.unreadable += 1;
      return;
    }
    const { event } = parsed;
    this.#noteTime(event, segment);
    const name = event.spanId ?? `session ${event.session}`;
    let span = this.#spans.get(name);
    if (!span || span.session !== event.session) {
      if (span) this.#writeSpans();
      span = { session: event.session, spanId: event.spanId, facts: [], entries: [] };
      this.#spans.set(name, span);
    }
    span.facts.push(event);
    span.entries.push([segment.id, offset]);
    if ("userId" in event && event.userId !== undefined) {
      const { users, dir } = this.#parts;
      users.readFrom(segmentFolder(laneFolder(dir, this.#lane), segmentNumber));
      users.idOf(event.userId);
    }
  }

  write(): void {
    if (!this.#last) return;
    this.#writeSpans();
    this.#writeSegments();
    const { place, line } = this.#last;
    this.#parts.database
      .prepare("INSERT OR REPLACE INTO lane (number, segment, offset, digest) VALUES (?, ?, ?, ?)")
      .run(place.lane, place.segment, place.offset, digestOf(line));
  }

  #noteTime(event: AgentEvent, segment: SegmentHeard): void {
    const { session: id, at, recordedAt } = event;
    let session = this.#sessions.get(id);
    if (!session) {
      session = { first: null, last: null, timed: false, recorded: null };
      this.#sessions.set(id, session);
    }
    segment.timeless ||= !at;
    if (at) segment.last = Math.max(segment.last ?? at.ms, at.ms);
    if (event.type === "record.reduced") return;
    session.recorded = Math.max(session.recorded ?? recordedAt, recordedAt);
    if (!at) return;
    widen(session, at.ms);
    session.timed ||= event.type === "session.started" || isOpening(event) || isClosing(event);
  }

  #segmentOf(number: number): SegmentHeard {
    const known = this.#segments.get(number);
    if (known) return known;
    const { database } = this.#parts;
    const found = database
      .prepare("SELECT id FROM segment WHERE lane = ? AND number = ?")
      .get(this.#lane, number)?.["id"];
    const add = database.prepare(
      "INSERT INTO segment (lane, number, unreadable, timeless) VALUES (?, ?, 0, 0)",
    );
    const id = Number(found ?? add.run(this.#lane, number).lastInsertRowid);
    const segment = { id, unreadable: 0, last: null, timeless: false };
    this.#segments.set(number, segment);
    return segment;
  }

  #writeSpans(): void {
    const { database, spans, words, users } = this.#parts;
    const sessions = this.#writeSessions();
    const addEntry = database.prepare(
      "INSERT OR IGNORE INTO entry (span, segment, offset) VALUES (?, ?, ?)",
    );
    const unsettled: number[] = [];
    for (const { session, spanId, facts, entries } of this.#spans.values()) {
      const { id: sessionId, isNew } = sessions.get(session) ?? { id: 0, isNew: false };
      const known = isNew ? null : spans.find(sessionId, spanId);
      const told = toldBy(facts, words, users);
      const id = known?.id ?? spans.add(sessionId, spanId, told);
      if (needsAllFacts(known, facts)) unsettled.push(id);
      else if (known) spans.set(id, joined(known, told), null);
      for (const [segment, offset] of entries) addEntry.run(id, segment, offset);
    }
    this.#spans.clear();
    for (const id of unsettled) this.#regrouping.regroup(id);
  }

  /** Of a session that is new, no span can be known. */
  #writeSessions(): ReadonlyMap<string, { readonly id: number; readonly isNew: boolean }> {
    const find = this.#parts.database.prepare("SELECT id FROM session WHERE name = ?");
    const widenSession = this.#parts.database.prepare(
      `INSERT INTO session (name, first, last, timed, recorded) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name) DO UPDATE SET
        first = ${earlierOf("first", "?2")}, last = ${laterOf("last", "?3")}, timed = max(timed, ?4),
        recorded = ${laterOf("recorded", "?5")}`,
    );
    const sessions = new Map<string, { readonly id: number; readonly isNew: boolean }>();
    for (const [name, { first, last, timed, recorded }] of this.#sessions) {
      const known = find.get(name)?.["id"];
      const { lastInsertRowid } = widenSession.run(name, first, last, timed ? 1 : 0, recorded);
      sessions.set(name, { id: Number(known ?? lastInsertRowid), isNew: known === undefined });
    }
    return sessions;
  }

  #writeSegments(): void {
    const add = this.#parts.database.prepare(
      `UPDATE segment SET unreadable = unreadable + ?1, last = ${laterOf("last", "?2")}, timeless = max(timeless, ?3) WHERE id = ?4`,
    );
    for (const { id, unreadable, last, timeless } of this.#segments.values())
      add.run(unreadable, last, timeless ? 1 : 0, id);
  }
}

/** What an entry was: another one in its place shows that the journal is another one. */
export const digestOf = (line: string): string => hash("sha256", line, "hex").slice(0, 32);

/** What is unknown does not count. */
const earlierOf = (known: string, told: string): string =>
  `min(coalesce(${known}, ${told}), coalesce(${told}, ${known}))`;
const laterOf = (known: string, told: string): string =>
  `max(coalesce(${known}, ${told}), coalesce(${told}, ${known}))`;

function widen(extent: SessionExtent, ms: number): void {
  extent.first = Math.min(extent.first ?? ms, ms);
  extent.last = Math.max(extent.last ?? ms, ms);
}
