import { performance } from "node:perf_hooks";
import type { BookkeepingReader } from "../journal/context-book.ts";
import { asError, isShortage } from "../journal/disk/journal-error.ts";
import { isEarlier, type Journal, type Position } from "../journal/journal.ts";
import { createRunTree, type RunTree } from "../run-tree/run-tree.ts";
import type { Span } from "../run-tree/span.ts";
import { isOpening } from "../vocabulary/event-kind.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import type { Cursor } from "./cursor.ts";
import type { AnyOutbox } from "./outbox-of.ts";
import { type LocatedEvent, Locating } from "./locating.ts";
import type { EntryPlace } from "./progress.ts";
import { retryDelayMs } from "./retry-delay.ts";

export interface Recorded {
  readonly event: AgentEvent;
  readonly position: Position;
}

export interface ReadingOptions {
  readonly journal: Journal;
  readonly content: BookkeepingReader;
  /** Reads an entry back; null: not one that this version understands. */
  readonly parse: (line: string) => AgentEvent | null;
  readonly settleMs: number;
  /** Whether work of which this was heard last is given up. */
  readonly isAbandoned: (heard: { readonly at: number; readonly sequence: number }) => boolean;
  /** Events that may wait in memory to be read. */
  readonly mostHeard: number;
  /** Spans that may wait to settle. */
  readonly mostUnsettled: number;
}

interface Entry extends EntryPlace {
  readonly recordedAt: number;
}

/** Entries read in one go, so that a long backlog does not hold the agent up. */
const piece = 250;
/** Looking for what was given up takes a walk over all that is open. */
export const lookEveryMs = 60_000;
/** So often in a row a disk fails before what lies on it is skipped. Where the machine is only short of something, it is waited for. */
const mostFailures = 4;

/** Where a reading has to begin: contexts and labels of what is outstanding were said earlier in its segment. */
export function startOf({ foldFrom, outstanding }: Cursor): Position {
  return outstanding.length === 0 ? foldFrom : { segment: foldFrom.segment, offset: 0 };
}

/**
 * A way through the lane for exporters that are at the same place of it: from memory while it keeps up, from the disk where it is behind. It stops
 * where one of them has no room, so what waits for a destination that is down waits in the journal.
 */
export class Reading {
  readonly outboxes: Set<AnyOutbox>;
  readonly #options: ReadingOptions;
  readonly #tree: RunTree;
  readonly #locating: Locating = new Locating();
  /** Comes next, without a gap; what came after it is read from the disk. */
  #heard: Recorded[] = [];
  #nextHeard = 0;
  #isBehind: boolean;
  #disk: Iterator<{ readonly line: string; readonly position: Position }> | null = null;
  readonly #start: Position;
  /** The last entry that was read. */
  #last: Entry | null = null;
  /** What it was when the disk had nothing more the last time. */
  #lastBeforeDisk: Entry | null = null;
  #nextLook = 0;
  /** In a row. */
  #failures = 0;
  #failure: Error | null = null;
  /** When the disk is asked again, in the milliseconds of this process. */
  #retryAt = 0;

  constructor(outboxes: readonly AnyOutbox[], options: ReadingOptions) {
    const cursors = outboxes.map(({ box }) => box.progress.cursor());
    const { tail, end } = options.journal;
    this.outboxes = new Set(outboxes);
    this.#options = options;
    this.#tree = createRunTree({ settleMs: options.settleMs });
    this.#start = cursors.map(startOf).reduce(earlier, end);
    this.#isBehind = cursors.some(
      ({ sequence, outstanding }) => sequence < tail.sequence || outstanding.length > 0,
    );
  }

  /** The recorder's hand-over. Where too much waits already, it is left to the journal. */
  hear(recorded: Recorded): void {
    if (this.#isBehind) return;
    if (this.#heard.length - this.#nextHeard < this.#options.mostHeard) this.#heard.push(recorded);
    else this.#isBehind = true;
  }

  /** Neither waits too much for an exporter, nor for better knowledge. */
  get #hasRoom(): boolean {
    for (const { box } of this.outboxes) if (box.isFull) return false;
    return this.#tree.health().unsettledSpans < this.#options.mostUnsettled;
  }

  /** Everything that was recorded has been read. */
  get isAtEnd(): boolean {
    return !this.#isBehind && this.#nextHeard === this.#heard.length;
  }

  get late(): number {
    return this.#tree.health().late;
  }

  /** Why the journal cannot be read, or could not, so that something was skipped. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** How long it is until the journal is asked again that could not be read; null: it could, or nobody asks any more. */
  get retryMs(): number | null {
    return this.#failures === 0 ? null : Math.max(0, this.#retryAt - performance.now());
  }

  /** Something is to be expected of it by and by, without anything being recorded. */
  get isWaiting(): boolean {
    const { openSpans, unsettledSpans } = this.#tree.health();
    return openSpans + unsettledSpans > 0;
  }

  /** Reads on for a short while, and lets go what has settled. True: there is more to read, and room for it. */
  advance(now: number): boolean {
    for (let read = 0; read < piece && this.#hasRoom; read += 1) {
      if (this.#readNext()) continue;
      this.#letGo(now);
      return false;
    }
    this.#letGo(this.#hasRoom ? Math.min(now, this.#last?.recordedAt ?? now) : now);
    return this.#hasRoom;
  }

  /** False: there is nothing to read now. */
  #readNext(): boolean {
    const heard = this.#heard[this.#nextHeard];
    if (!heard) return this.#isBehind && !this.retryMs && this.#readFromDisk();
    this.#nextHeard += 1;
    if (this.#nextHeard === this.#heard.length) {
      this.#heard = [];
      this.#nextHeard = 0;
    }
    this.#take(heard);
    return true;
  }

  #readFromDisk(): boolean {
    const { journal } = this.#options;
    try {
      const from = this.#last?.position ?? this.#start;
      this.#disk ??= journal.reader().entriesOf(journal.lane, from)[Symbol.iterator]();
      const { value, done } = this.#disk.next();
      this.#failures = 0;
      this.#failure = null;
      if (done) {
        const foundMore = this.#last !== this.#lastBeforeDisk;
        this.#lastBeforeDisk = this.#last;
        this.#disk = null;
        this.#isBehind = this.#sequences.some((sequence) => sequence < journal.tail.sequence);
        return this.#isBehind && foundMore;
      }
      if (!this.#last || isEarlier(this.#last.position, value.position)) this.#takeLine(value);
      return true;
    } catch (error) {
      this.#fails(asError(error));
      return false;
    }
  }

  #fails(failure: Error): void {
    this.#failure = failure;
    this.#failures += 1;
    this.#disk = null;
    if (this.#failures < mostFailures || isShortage(failure))
      this.#retryAt = performance.now() + retryDelayMs(this.#failures);
    else this.#skipWhatCannotBeRead();
  }

  get #sequences(): readonly number[] {
    return Array.from(this.outboxes, ({ box }) => box.progress.sequence);
  }

  #skipWhatCannotBeRead(): void {
    for (const { box } of this.outboxes) box.progress.freeze();
    this.#failures = 0;
    this.#isBehind = false;
  }

  /** Sequences have no gaps, so one that is not understood has the number that comes next. */
  #takeLine({ line, position }: { readonly line: string; readonly position: Position }): void {
    const event = this.#options.parse(line);
    if (event) this.#take({ event, position });
    else if (this.#last) this.#pass({ ...this.#last, position, sequence: this.#last.sequence + 1 });
    else this.#pass({ position, sequence: Math.min(...this.#sequences) + 1, recordedAt: 0 });
  }

  #take({ event, position }: Recorded): void {
    this.#options.content.apply(event);
    const isInTime = this.#tree.apply(event);
    const opens = isInTime && isOpening(event) ? event.spanId : null;
    const place = { position, sequence: event.sequence };
    for (const { of, box } of this.outboxes) {
      if (of === "events") box.progress.began(event.id, place);
      else if (opens) box.progress.began(opens, place, { leans: event.traceId === undefined });
    }
    this.#pass({ ...place, recordedAt: event.recordedAt });
    let located: LocatedEvent | null = null;
    for (const { of, box } of this.outboxes)
      if (of === "events") box.offer({ ids: [event.id], item: (located ??= this.#locate(event)) });
  }

  #locate(event: AgentEvent): LocatedEvent {
    return this.#locating.locate(event, this.#tree.whereabouts(event));
  }

  #pass(entry: Entry): void {
    this.#last = entry;
    for (const { box } of this.outboxes) box.progress.passed(entry);
  }

  /** `now`: while it reads on, the time at which what it reads was recorded, so that a span settles as it would have then. */
  #letGo(now: number): void {
    for (const span of this.#tree.settled(now)) this.#leave(span);
    if (!this.isAtEnd || now < this.#nextLook) return;
    if (Number.isFinite(now)) this.#nextLook = now + lookEveryMs;
    for (const span of this.#tree.abandoned(this.#options.isAbandoned)) this.#leave(span);
  }

  #leave(span: Span): void {
    const { session, spanId, otherSpanIds = [] } = span;
    for (const { of, box } of this.outboxes)
      if (of === "spans") box.offer({ ids: [spanId, ...otherSpanIds], item: span });
    if (span.kind === "turn") this.#tree.release(session, spanId);
  }
}

function earlier(one: Position, other: Position): Position {
  return isEarlier(other, one) ? other : one;
}
