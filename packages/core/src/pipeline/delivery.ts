import { contentReader, type BookkeepingReader } from "../journal/context-book.ts";
import { isEarlier, type Journal, type Position } from "../journal/journal.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { type Cursor, cursorAtEnd, type CursorStore } from "./cursor.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import { type AnyOutbox, outboxOf } from "./outbox-of.ts";
import { lookEveryMs, Reading, startOf } from "./reading.ts";
import type { Route } from "./route.ts";
import { within } from "./within.ts";

export interface DeliveryOptions {
  readonly journal: Journal;
  readonly routes: readonly Route[];
  readonly cursors: CursorStore;
  readonly clock: () => number;
  readonly settleMs: number;
  readonly abandonAfterMs: number;
  readonly maxWaitingBytes: number;
  /** Reads an entry back; null: not one that this version understands. */
  readonly parse: (line: string) => AgentEvent | null;
  /** Where an exporter begins that has no cursor yet. */
  readonly newcomers: "from the beginning" | "from now on";
}

/** How many calls' contexts an exporter may look back on. */
const rememberedContexts = 20_000;
/** About what each has in memory. */
const bytesOfEvent = 1_024;
const bytesOfSpan = 2_048;
/** Work whose writer is gone may still be ended by the process that follows; after this long in silence nobody waits for that. */
const writerGoneMs = 10 * 60_000;

const wholeLane: Cursor = {
  sequence: -1,
  foldFrom: { segment: 0, offset: 0 },
  outstanding: [],
};

/**
 * Reads a lane for its exporters, from where each of them stopped. Runs beside the agent: taking an event in is a push, all else happens in a later
 * turn of the event loop and in small pieces, and nothing here throws into the recorder or keeps the process alive.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #content: BookkeepingReader;
  readonly #outboxes: ReadonlyMap<string, AnyOutbox>;
  readonly #readings: Set<Reading>;
  /** The last entry of those who wrote this lane before. */
  readonly #left: number;
  #closing: Promise<void> | null = null;
  #scheduled: NodeJS.Timeout | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#left = options.journal.tail.sequence;
    this.#content = contentReader(options.journal.reader(), rememberedContexts);
    this.#outboxes = new Map(options.routes.map((route) => [route.to.name, this.#outboxOf(route)]));
    const together = Map.groupBy(this.#outboxes.values(), ({ box }) =>
      JSON.stringify(startOf(box.progress.cursor())),
    );
    this.#readings = new Set(Array.from(together.values(), (boxes) => this.#read(boxes)));
    this.#schedule();
  }

  /** The recorder's hand-over. */
  recorded(event: AgentEvent, position: Position): void {
    if (this.#closing) return;
    for (const reading of this.#readings) reading.hear({ event, position });
    this.#schedule();
  }

  /** Sends everything that has ended, settled or not; resolves when it is answered or the time is up. Never rejects. */
  async flush(timeoutMs: number): Promise<Readonly<Record<string, DeliveryReport>>> {
    await this.#emptyWithin(timeoutMs, true);
    return this.reports();
  }

  /** As `flush`, and whatever is still under way then is left to the next process. `keepsAlive`: this process, until the time is up. */
  async lastChance(timeoutMs: number, keepsAlive: boolean): Promise<void> {
    await this.#emptyWithin(timeoutMs, keepsAlive);
    for (const { box } of this.#outboxes.values()) box.interrupt();
  }

  /** Flushes, and stops what is still being tried. The exporters are their owner's to close. Never rejects. */
  close(timeoutMs: number): Promise<void> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  async #close(timeoutMs: number): Promise<void> {
    await this.flush(timeoutMs);
    if (this.#scheduled) clearTimeout(this.#scheduled);
    if (this.#timer) clearTimeout(this.#timer);
    for (const { box } of this.#outboxes.values()) box.stop();
  }

  reports(): Readonly<Record<string, DeliveryReport>> {
    const { tail } = this.#options.journal;
    const reports = [...this.#readings].flatMap((reading) =>
      Array.from(reading.outboxes, (outbox): readonly [AnyOutbox, DeliveryReport] => {
        const { sequence, missed } = outbox.box.progress;
        const late = outbox.of === "spans" ? reading.late : 0;
        const unread = Math.max(0, tail.sequence - sequence);
        return [outbox, { ...outbox.box.report(), late, unread, missed }];
      }),
    );
    const byOutbox = new Map(reports);
    return Object.fromEntries(
      [...this.#outboxes].flatMap(([name, outbox]) => {
        const report = byOutbox.get(outbox);
        return report ? [[name, report] as const] : [];
      }),
    );
  }

  /** Whether every exporter has what lies in this segment. */
  hasDelivered(segment: number): boolean {
    return [...this.#outboxes.values()].every(({ box }) => box.progress.foldFrom.segment > segment);
  }

  #outboxOf(route: Route): AnyOutbox {
    const { cursors, journal, maxWaitingBytes } = this.#options;
    const { name } = route.to;
    const outbox = outboxOf(route, this.#content, {
      cursor: this.#cursorOf(name),
      save: (cursor) => cursors.save(name, journal.lane, cursor),
      left: () => this.#schedule(),
      maxWaitingBytes,
    });
    // From now on somebody waits for what is recorded: the next process has to know that, whatever becomes of this one.
    outbox.box.save();
    return outbox;
  }

  /** A lane may have lost its end, with the machine or by hand, after its cursor was saved: what comes now is new. */
  #cursorOf(name: string): Cursor {
    const { cursors, journal, newcomers } = this.#options;
    const atEnd = cursorAtEnd(journal);
    const cursor =
      cursors.load(name, journal.lane) ?? (newcomers === "from now on" ? atEnd : wholeLane);
    if (cursor.sequence <= atEnd.sequence && !isEarlier(journal.end, cursor.foldFrom))
      return cursor;
    const isBeyond = isEarlier(journal.end, cursor.foldFrom);
    return {
      ...cursor,
      sequence: Math.min(cursor.sequence, atEnd.sequence),
      foldFrom: isBeyond ? journal.end : cursor.foldFrom,
    };
  }

  #read(outboxes: readonly AnyOutbox[]): Reading {
    const { journal, parse, settleMs, abandonAfterMs, maxWaitingBytes, clock } = this.#options;
    return new Reading(outboxes, {
      journal,
      content: this.#content,
      parse,
      settleMs,
      mostHeard: Math.max(1, Math.floor(maxWaitingBytes / bytesOfEvent)),
      mostUnsettled: Math.max(1, Math.floor(maxWaitingBytes / bytesOfSpan)),
      isAbandoned: ({ at, sequence }) => {
        const isLeft = sequence <= this.#left;
        return clock() - at >= (isLeft ? Math.min(abandonAfterMs, writerGoneMs) : abandonAfterMs);
      },
    });
  }

  #schedule(): void {
    if (this.#closing || this.#scheduled) return;
    // Not an immediate: one that keeps no process alive does not wake the event loop either.
    this.#scheduled = setTimeout(() => {
      this.#scheduled = null;
      const hasMore = this.#advance(this.#options.clock());
      for (const { box } of this.#outboxes.values()) box.nudge();
      if (hasMore) this.#schedule();
      else this.#timer ??= this.#soon();
    }, 0).unref();
  }

  /** True: there is more to read. */
  #advance(now: number): boolean {
    for (const reading of this.#readings) this.#letOthersPass(reading);
    return Array.from(this.#readings, (reading) => reading.advance(now)).includes(true);
  }

  /** An exporter whose outbox is full goes on by itself, at its own pace, so that it does not hold up those that read along with it. */
  #letOthersPass(reading: Reading): void {
    const full = [...reading.outboxes].filter(({ box }) => box.isFull);
    if (full.length === reading.outboxes.size) return;
    for (const outbox of full) {
      reading.outboxes.delete(outbox);
      outbox.box.readAgain();
      this.#readings.add(this.#read([outbox]));
    }
  }

  /** Spans settle, and work is given up, with time and not only with events. */
  #soon(): NodeJS.Timeout | null {
    if (![...this.#readings].some(({ isWaiting }) => isWaiting)) return null;
    const timer = setTimeout(
      () => {
        this.#timer = null;
        this.#schedule();
      },
      Math.min(this.#options.settleMs, lookEveryMs),
    );
    return timer.unref();
  }

  async #emptyWithin(timeoutMs: number, keepsAlive: boolean): Promise<void> {
    const timeUp = new AbortController();
    await within(timeoutMs, this.#empty(timeUp.signal), keepsAlive);
    timeUp.abort();
  }

  async #empty(timeUp: AbortSignal): Promise<void> {
    while (!timeUp.aborted) {
      const hasMore = this.#advance(Number.POSITIVE_INFINITY);
      const boxes = Array.from(this.#outboxes.values(), ({ box }) => box);
      const draining = boxes.filter((box) => !box.isEmpty).map((box) => box.drain());
      if (!hasMore && draining.length === 0) return;
      await (hasMore ? nextTurn() : Promise.race(draining));
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
