import { randomBytes } from "node:crypto";
import type { Buffer } from "node:buffer";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { ContentRef } from "../vocabulary/event.ts";
import type { StoredContent } from "./content.ts";
import { hashedName } from "./disk/layout.ts";
import {
  beginning,
  type Journal,
  type JournalEntry,
  type JournalHealth,
  type JournalReader,
  type Position,
  type Tail,
} from "./journal.ts";
import { MemoryReduction } from "./memory-reduction.ts";
import { emptySegment, type MemorySegment, type StoredText } from "./memory-segment.ts";
import { type MemoryWaits, memoryWaits } from "./memory-waits.ts";
import type { LaneReduction } from "./reduction.ts";
import {
  inOrderOfRemoval,
  nobodyTold,
  type StandingOf,
  type StandingSegment,
} from "./segment-standing.ts";

/** A forgotten key is made anew, and what was stored under the old one is found as before. */
const mostSubjects = 10_000;

export interface MemoryJournalOptions {
  readonly lane?: string;
  /** What all segments together may hold. */
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
  /** Which segments go first. Default: the oldest. */
  readonly standingOf?: StandingOf;
}

/**
 * The journal without a disk: gone with the process, the same to its writer and readers. Memory is bounded before anything else: where nothing
 * but open sessions is left, their oldest segments go, too.
 */
export function memoryJournal(options: MemoryJournalOptions = {}): Journal {
  return new MemoryJournal(options);
}

class MemoryJournal implements Journal, JournalReader {
  readonly lane: string;
  readonly waits: MemoryWaits = memoryWaits();
  tail: Tail = { sequence: -1, recordedAt: 0 };
  readonly #maxBytes: number;
  readonly #segmentBytes: number;
  readonly #standingOf: StandingOf;
  #current: MemorySegment = emptySegment(1);
  /** By number, oldest first; the current one is the last. */
  readonly #segments: Map<number, MemorySegment> = new Map([[1, this.#current]]);
  /** By the hash that a subject is called by. */
  readonly #keys: BoundedMap<string, Buffer> = new BoundedMap(mostSubjects);
  readonly reduction: LaneReduction;
  #closed = false;
  #entries = 0;
  #lost = 0;
  #lostContent = 0;
  #removed = 0;
  #removedBytes = 0;
  #removedUndelivered = 0;

  constructor(options: MemoryJournalOptions) {
    this.lane = options.lane ?? "memory";
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
    this.#segmentBytes = options.segmentBytes ?? Math.max(1, Math.floor(this.#maxBytes / 8));
    this.#standingOf = options.standingOf ?? nobodyTold;
    this.reduction = new MemoryReduction({
      name: this.lane,
      segments: this.#segments,
      tail: () => this.tail,
      clock: Date.now,
      beginSegment: () => this.#beginSegment(),
      remove: (segment) => {
        for (const one of inOrderOfRemoval([segment], this.#standingOf)) this.#remove(one);
      },
      forget: (subject, sessions) => {
        this.#keys.delete(subject);
        this.waits.erase(sessions);
      },
    });
  }

  get #bytes(): number {
    let total = 0;
    for (const { bytes } of this.#segments.values()) total += bytes;
    return total;
  }

  segment(): number {
    if (this.#current.bytes >= this.#segmentBytes) this.#beginSegment();
    return this.#current.number;
  }

  #beginSegment(): void {
    const complete = [...this.#segments.keys()];
    this.#current = emptySegment(this.#current.number + 1);
    this.#segments.set(this.#current.number, this.#current);
    this.#keepBound(complete);
  }

  #keepBound(complete: readonly number[]): void {
    let total = this.#bytes;
    if (total <= this.#maxBytes) return;
    for (const standing of inOrderOfRemoval(complete, this.#standingOf)) {
      if (total <= this.#maxBytes) return;
      total -= this.#segments.get(standing.segment)?.bytes ?? 0;
      this.#remove(standing);
    }
  }

  #remove({ segment: number, standing }: StandingSegment): void {
    const { bytes = 0, entries = [] } = this.#segments.get(number) ?? {};
    this.#segments.delete(number);
    this.#removed += entries.length;
    this.#removedBytes += bytes;
    if (standing !== "delivered") this.#removedUndelivered += entries.length;
  }

  keyOf(subject: string): Buffer {
    const name = hashedName(subject);
    return this.#keys.get(name) ?? this.#keys.set(name, randomBytes(32));
  }

  get end(): Position {
    return { segment: this.#current.number, offset: this.#current.entries.length };
  }

  store(subject: string, ref: ContentRef, json: string, cutFrom?: number): boolean {
    if (this.#closed) {
      this.#lostContent += 1;
      return false;
    }
    if (this.#current.content.has(ref)) return true;
    this.#current.content.set(ref, {
      subject,
      json,
      ...(cutFrom === undefined ? {} : { cutFrom }),
    });
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
    const bytes = this.#bytes;
    return {
      lane: this.lane,
      entries: this.#entries,
      bytes,
      lost: this.#lost,
      lostContent: this.#lostContent,
      removed: this.#removed,
      removedBytes: this.#removedBytes,
      removedUndelivered: this.#removedUndelivered,
      beyondBound: Math.max(0, bytes - this.#maxBytes),
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
    for (const { number, entries } of this.#segments.values()) {
      if (number < from.segment) continue;
      const first = number === from.segment ? from.offset : 0;
      for (const [offset, line] of entries.entries()) {
        if (offset >= first) yield { lane: this.lane, position: { segment: number, offset }, line };
      }
    }
  }

  find(ref: ContentRef): StoredContent | null {
    const text = this.#textOf(ref);
    if (!text) return null;
    const { json, cutFrom } = text;
    return { ref, value: JSON.parse(json), ...(cutFrom === undefined ? {} : { cutFrom }) };
  }

  sizeOf(ref: ContentRef): number | null {
    return this.#textOf(ref)?.json.length ?? null;
  }

  #textOf(ref: ContentRef): StoredText | null {
    for (const { content } of this.#segments.values()) {
      const text = content.get(ref);
      if (text) return text;
    }
    return null;
  }
}
