import type { Buffer } from "node:buffer";
import type { ContentRef, SpanId, TraceId } from "../vocabulary/event.ts";
import type { ContentSource } from "./content.ts";
import type { Position } from "./position.ts";
import type { LaneReduction } from "./reduction.ts";

export { beginning, isEarlier, type Position } from "./position.ts";

/** The last entry of a lane. An empty lane has sequence -1. */
export interface Tail {
  readonly sequence: number;
  readonly recordedAt: number;
}

/** What a suspended turn leaves behind, so that whoever resumes it goes on in the same turn and trace. */
export interface Wait {
  readonly session: string;
  readonly name: string;
  readonly turnSpanId: SpanId;
  /** The activation that was suspended. Absent: a version that did not say it left it. */
  readonly suspendedSpanId?: SpanId;
  readonly traceId: TraceId;
  /** The trace came from outside, and whoever began it decided not to sample it. */
  readonly unsampled?: true;
  readonly leftAt: number;
}

/** Suspended turns by session and name. Claiming takes it away: two resumes of one wait cannot both win. */
export interface WaitRegister {
  leave(wait: Wait): void;
  /** `true`: the one that was left last in this session. */
  claim(session: string, name: string | true): Wait | null;
}

export interface JournalHealth {
  readonly lane: string;
  readonly entries: number;
  readonly bytes: number;
  /** Entries that could not be written. */
  readonly lost: number;
  /** Values that could not be written; entries refer to them in vain. */
  readonly lostContent: number;
  /** Entries that went with whole segments, to keep the bound. */
  readonly removed: number;
  readonly removedBytes: number;
  /** Of the entries that went: those that somebody had still to read, as far as the journal was told. */
  readonly removedUndelivered: number;
  /** How far the record is beyond its bound; 0 where it is not. */
  readonly beyondBound: number;
  /** Why the last write failed; null as soon as one succeeds. */
  readonly failure: Error | null;
}

/**
 * One writer's end of a lane. Writing is synchronous and never throws: what cannot be written is counted in `health`. Content goes in
 * before the entry that refers to it, so a cut anywhere leaves a readable journal.
 */
export interface Journal {
  readonly lane: string;
  /** As found on opening, and kept since. */
  readonly tail: Tail;
  /** Where the next entry will begin, unless a new segment is due. */
  readonly end: Position;
  /**
   * The number of the segment that the next entry lies in; asked once before each entry, and rotates where that is due. A segment stands
   * alone, so a new number means: contexts start with a full one and content is stored again.
   */
  segment(): number;
  /** The 32 secret bytes of a subject, made on first use. */
  keyOf(subject: string): Buffer;
  /**
   * Stores a value under its subject, once a segment. `json` is the text of the value; `cutFrom`: head and tail are left of one that had so many
   * bytes. False: not written, counted as lost.
   */
  store(subject: string, ref: ContentRef, json: string, cutFrom?: number): boolean;
  /** Null: not written, counted as lost; the sequence number is free again. */
  append(entry: string, tail: Tail): Position | null;
  readonly waits: WaitRegister;
  /** Takes out of this lane what is to be forgotten. */
  readonly reduction: LaneReduction;
  /** Resolves when what was appended is as safe as the acknowledgement level promises. Never rejects. */
  flush(): Promise<void>;
  /** Flushes and frees the lane; later appends are lost and counted. Never rejects. */
  close(): Promise<void>;
  health(): JournalHealth;
  /** A reader over the same record, this lane included. */
  reader(): JournalReader;
}

/** A whole entry, as it was written. */
export interface JournalEntry {
  readonly lane: string;
  readonly position: Position;
  readonly line: string;
}

/**
 * Reads without disturbing the writers: only whole entries, in the order of each lane. Safe while others write; call again for what
 * came since.
 */
export interface JournalReader extends ContentSource {
  lanes(): readonly string[];
  /** The entries of one lane, from a position (inclusive), else from its start. None where there is no such lane. */
  entriesOf(lane: string, from?: Position): Iterable<JournalEntry>;
  /** Of all lanes, one after the other: from the given position of each that is named, else from its start. */
  entries(from?: ReadonlyMap<string, Position>): Iterable<JournalEntry>;
}
