import { contentReader, type BookkeepingReader } from "../journal/context-book.ts";
import type { Position } from "../journal/journal.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import { laneCursor, type LaneCursorOptions } from "./lane-cursor.ts";
import { type AnyOutbox, outboxOf } from "./outbox-of.ts";
import { pause } from "./pause.ts";
import { lookEveryMs, Reading, startOf } from "./reading.ts";
import { type Route, routesOf } from "./route.ts";
import { steadyTime, toldBy } from "./steady-time.ts";
import { within } from "./within.ts";

export interface DeliveryOptions extends LaneCursorOptions {
  /** Their companions go with them. */
  readonly routes: readonly Route[];
  readonly clock: () => number;
  readonly settleMs: number;
  readonly abandonAfterMs: number;
  readonly maxWaitingBytes: number;
  /** Reads an entry back; null: not one that this version understands. */
  readonly parse: (line: string) => AgentEvent | null;
}

/** How many calls' contexts an exporter may look back on. */
const rememberedContexts = 20_000;
/** About what each has in memory. */
const bytesOfEvent = 1_024;
const bytesOfSpan = 2_048;
/** Work whose writer is gone may still be ended by the process that follows; after this long in silence nobody waits for that. */
const writerGoneMs = 10 * 60_000;

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
  /** By which spans settle. */
  readonly #now: (least: number) => number;
  #closing: Promise<void> | null = null;
  #isClosed = false;
  #scheduled: NodeJS.Timeout | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#left = options.journal.tail.sequence;
    this.#now = steadyTime(options.clock);
    this.#content = contentReader(options.journal.reader(), rememberedContexts);
    this.#outboxes = new Map(
      routesOf(options.routes).map((route) => [route.to.name, this.#outboxOf(route)]),
    );
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

  /**
   * Flushes, and stops what is still being tried: after `inVainMs` where waiting does not help, else when the time is up. The exporters are their
   * owner's to close. Never rejects.
   */
  close(timeoutMs: number, inVainMs: number = timeoutMs): Promise<void> {
    this.#closing ??= this.#close(timeoutMs, inVainMs);
    return this.#closing;
  }

  async #close(timeoutMs: number, inVainMs: number): Promise<void> {
    const timer = setTimeout(() => this.#stopWhatWaitsInVain(), inVainMs);
    await this.flush(timeoutMs);
    clearTimeout(timer);
    this.#isClosed = true;
    if (this.#scheduled) clearTimeout(this.#scheduled);
    if (this.#timer) clearTimeout(this.#timer);
    for (const { box } of this.#outboxes.values()) box.stop();
  }

  #stopWhatWaitsInVain(): void {
    for (const { box } of this.#outboxes.values()) if (box.waitsInVain) box.stop();
  }

  reports(): Readonly<Record<string, DeliveryReport>> {
    const { tail } = this.#options.journal;
    const reports = [...this.#readings].flatMap((reading) =>
      Array.from(reading.outboxes, (outbox): readonly [AnyOutbox, DeliveryReport] => {
        const { sequence, missed } = outbox.box.progress;
        const late = outbox.of === "spans" ? reading.late : 0;
        const unread = Math.max(0, tail.sequence - sequence);
        const report = outbox.box.report();
        const failure = report.failure ?? reading.failure;
        return [outbox, { ...report, failure, late, unread, missed }];
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
    const { maxWaitingBytes } = this.#options;
    const outbox = outboxOf(route, this.#content, {
      ...laneCursor(route.to.name, this.#options),
      left: () => this.#schedule(),
      maxWaitingBytes,
    });
    // From now on somebody waits for what is recorded: the next process has to know that, whatever becomes of this one.
    outbox.box.save();
    return outbox;
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
        return (
          toldBy(clock) - at >= (isLeft ? Math.min(abandonAfterMs, writerGoneMs) : abandonAfterMs)
        );
      },
    });
  }

  #schedule(): void {
    if (this.#closing || this.#scheduled) return;
    // Not an immediate: one that keeps no process alive does not wake the event loop either.
    this.#scheduled = setTimeout(() => {
      this.#scheduled = null;
      const hasMore = this.#advance(this.#now(this.#options.journal.tail.recordedAt));
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

  /** Spans settle, work is given up and a disk is asked again with time, and not only with events. */
  #soon(): NodeJS.Timeout | null {
    const retryMs = this.#retryMs;
    if (retryMs === null && ![...this.#readings].some(({ isWaiting }) => isWaiting)) return null;
    const timer = setTimeout(
      () => {
        this.#timer = null;
        this.#schedule();
      },
      Math.min(this.#options.settleMs, lookEveryMs, retryMs ?? lookEveryMs),
    );
    return timer.unref();
  }

  /** How long it is until the journal is asked again that could not be read; null: it could. */
  get #retryMs(): number | null {
    const delays = Array.from(this.#readings, ({ retryMs }) => retryMs ?? Number.POSITIVE_INFINITY);
    const shortest = Math.min(...delays);
    return Number.isFinite(shortest) ? shortest : null;
  }

  async #emptyWithin(timeoutMs: number, keepsAlive: boolean): Promise<void> {
    const timeUp = new AbortController();
    await within(timeoutMs, this.#empty(timeUp.signal), keepsAlive);
    timeUp.abort();
  }

  async #empty(timeUp: AbortSignal): Promise<void> {
    while (!timeUp.aborted && !this.#isClosed) {
      const hasMore = this.#advance(Number.POSITIVE_INFINITY);
      const boxes = Array.from(this.#outboxes.values(), ({ box }) => box);
      const draining = boxes.filter((box) => box.isDue).map((box) => box.drain());
      const retryMs = this.#retryMs;
      if (!hasMore && draining.length === 0 && retryMs === null) return;
      const retrying = retryMs === null ? [] : [pause(retryMs, timeUp)];
      await (hasMore ? nextTurn() : Promise.race([...draining, ...retrying]));
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
