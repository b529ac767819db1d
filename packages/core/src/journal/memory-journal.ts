import { randomBytes } from "node:crypto";
import type { Buffer } from "node:buffer";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { ContentRef } from "../vocabulary/event.ts";
import type { StoredContent } from "./content.ts";
import {
  beginning,
  type Journal,
  type JournalEntry,
  type JournalHealth,
  type JournalReader,
  type Position,
  type Tail,
  type Wait,
  type WaitRegister,
} from "./journal.ts";

/** Subjects and waits. A forgotten key is made anew, and what was stored under the old one is found as before. */
const mostRemembered = 10_000;

interface Segment {
  readonly number: number;
  readonly entries: string[];
  readonly content: Map<ContentRef, string>;
  bytes: number;
}

export interface MemoryJournalOptions {
  readonly lane?: string;
  /** What all segments together may hold; the oldest goes first. */
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
}

/** The journal without a disk: bounded, gone with the process, the same to its writer and readers. */
export function memoryJournal(options: MemoryJournalOptions = {}): Journal {
  return new MemoryJournal(options);
}

class MemoryJournal implements Journal, JournalReader {
  readonly lane: string;
  readonly waits: WaitRegister = memoryWaits();
  tail: Tail = { sequence: -1, recordedAt: 0 };
  readonly #maxBytes: number;
  readonly #segmentBytes: number;
  readonly #segments: Segment[] = [emptySegment(1)];
  readonly #keys: BoundedMap<string, Buffer> = new BoundedMap(mostRemembered);
  #closed = false;
  #entries = 0;
  #lost = 0;
  #lostContent = 0;
  #removed = 0;

  constructor(options: MemoryJournalOptions) {
    this.lane = options.lane ?? "memory";
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
    this.#segmentBytes = options.segmentBytes ?? Math.max(1, Math.floor(this.#maxBytes / 8));
  }

  get #current(): Segment {
    return this.#segments[this.#segments.length - 1] as Segment;
  }

  segment(): number {
    if (this.#current.bytes >= this.#segmentBytes) {
      this.#segments.push(emptySegment(this.#current.number + 1));
      this.#removeOldest();
    }
    return this.#current.number;
  }

  #removeOldest(): void {
    let total = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    while (total > this.#maxBytes && this.#segments.length > 1) {
      const oldest = this.#segments.shift() as Segment;
      total -= oldest.bytes;
      this.#removed += oldest.entries.length;
    }
  }

  keyOf(subject: string): Buffer {
    return this.#keys.get(subject) ?? this.#keys.set(subject, randomBytes(32));
  }

  get end(): Position {
    return { segment: this.#current.number, offset: this.#current.entries.length };
  }

  store(_subject: string, ref: ContentRef, json: string): boolean {
    if (this.#closed) {
      this.#lostContent += 1;
      return false;
    }
    if (this.#current.content.has(ref)) return true;
    this.#current.content.set(ref, json);
    this.#current.bytes += json.length;
    return true;
  }

  append(entry: string, tail: Tail): Position | null {
    if (this.#closed) {
      this.#lost += 1;
      return null;
    }
    const { number, entries } = this.#current;
    entries.push(entry);
    this.#current.bytes += entry.length;
    this.#entries += 1;
    this.tail = tail;
    return { segment: number, offset: entries.length - 1 };
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  health(): JournalHealth {
    return {
      lane: this.lane,
      entries: this.#entries,
      bytes: this.#segments.reduce((sum, segment) => sum + segment.bytes, 0),
      lost: this.#lost,
      lostContent: this.#lostContent,
      removed: this.#removed,
      failure: null,
    };
  }

  reader(): JournalReader {
    return this;
  }

  lanes(): readonly string[] {
    return [this.lane];
  }

  entries(from?: ReadonlyMap<string, Position>): Iterable<JournalEntry> {
    return this.entriesOf(this.lane, from?.get(this.lane));
  }

  *entriesOf(lane: string, from: Position = beginning): Iterable<JournalEntry> {
    if (lane !== this.lane) return;
    for (const { number, entries } of this.#segments) {
      if (number < from.segment) continue;
      const first = number === from.segment ? from.offset : 0;
      for (const [offset, line] of entries.entries()) {
        if (offset >= first) yield { lane: this.lane, position: { segment: number, offset }, line };
      }
    }
  }

  find(ref: ContentRef): StoredContent | null {
    for (const { content } of this.#segments) {
      const json = content.get(ref);
      if (json !== undefined) return { ref, value: JSON.parse(json) };
    }
    return null;
  }
}

function emptySegment(number: number): Segment {
  return { number, entries: [], content: new Map(), bytes: 0 };
}

const nameOf = (session: string, name: string): string => JSON.stringify([session, name]);

function memoryWaits(): WaitRegister {
  const waits = new Map<string, Wait>();
  return {
    leave(wait) {
      const name = nameOf(wait.session, wait.name);
      waits.delete(name);
      waits.set(name, wait);
      const [oldest] = waits.keys();
      if (waits.size > mostRemembered && oldest !== undefined) waits.delete(oldest);
    },
    claim(session, name) {
      const wait =
        name === true
          ? [...waits.values()].findLast((left) => left.session === session)
          : waits.get(nameOf(session, name));
      if (wait) waits.delete(nameOf(wait.session, wait.name));
      return wait ?? null;
    },
  };
}
