import { asError } from "../journal/disk/journal-error.ts";
import { attempt } from "./attempt.ts";
import { batchSize } from "./batch.ts";
import type { Cursor } from "./cursor.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import { ExportFailure } from "./export-failure.ts";
import type { BatchLimits } from "./exporter.ts";
import { inTime } from "./in-time.ts";
import { pause } from "./pause.ts";
import { Progress } from "./progress.ts";
import { askedDelayMs, retryDelayMs } from "./retry-delay.ts";
import { Tally } from "./tally.ts";

const longestAttemptMs = 30_000;
/** After so many attempts without an answer a batch may be more than its destination can take. */
const mostUnanswered = 3;

/** What an outbox sends, whatever it is made of. */
export interface Sendable<Item> {
  /** Under which it began; more than one where several names turned out to be one thing. */
  readonly ids: readonly string[];
  readonly item: Item;
}

export interface OutboxOptions<Item> {
  readonly cursor: Cursor;
  /** Why there is no better one. */
  readonly cursorFailure?: Error | null;
  readonly send: (batch: readonly Item[], signal: AbortSignal) => Promise<void>;
  /** May throw what keeps it from being kept. */
  readonly save: (cursor: Cursor) => void;
  /** False: the route leaves it out. */
  readonly admits?: (item: Item) => boolean;
  readonly limits: Required<BatchLimits>;
  /** About how many bytes an item has in memory, and in a request. */
  readonly weigh: { waiting(item: Item): number; sent(item: Item): number };
  /** What may wait in memory; beyond that the outbox is full. */
  readonly maxWaitingBytes: number;
  /** Something has left: there may be room again. */
  readonly left: () => void;
  /** After this long an attempt counts as failed, whatever the exporter does about its signal. */
  readonly attemptTimeoutMs?: number;
  /** False: what is refused until somebody puts the destination right is dropped. Default: it is tried for as long as that takes. */
  readonly waitsForRepair?: boolean;
  /** How long to wait after so many attempts, where the destination does not say. */
  readonly retryDelayMs?: (attempts: number) => number;
}

/**
 * One exporter's way out: batches in order, one at a time, tried again until the destination has them or will never take them. It decides
 * what a failure means; the exporter only throws.
 */
export class Outbox<Item> {
  readonly #options: OutboxOptions<Item>;
  readonly #queue: Sendable<Item>[] = [];
  /** The ids of what waits. */
  readonly #waiting: Set<string> = new Set();
  readonly #closing: AbortController = new AbortController();
  readonly #tally: Tally = new Tally();
  #attempting: AbortController = new AbortController();
  #progress: Progress;
  #waitingBytes = 0;
  #sending: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** How many wait for it to be empty. */
  #draining = 0;
  #failure: ExportFailure | null = null;
  #cursorFailure: Error | null;

  constructor(options: OutboxOptions<Item>) {
    this.#options = options;
    this.#cursorFailure = options.cursorFailure ?? null;
    this.#progress = new Progress(options.cursor);
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** The lane is read once more, from the place to fold from: for somebody else, who knows nothing of it yet. What waits goes on waiting. */
  readAgain(): void {
    this.#progress = new Progress(this.#progress.cursor());
  }

  get isFull(): boolean {
    return this.#waitingBytes >= this.#options.maxWaitingBytes;
  }

  /** Until it is stopped. */
  get #isTrying(): boolean {
    return !this.#closing.signal.aborted;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  /** Something waits, and is tried. */
  get isDue(): boolean {
    return !this.isEmpty && this.#isTrying;
  }

  /** Nobody is there who could take it, or somebody has to put something right before: waiting does not help. */
  get waitsInVain(): boolean {
    return this.#failure !== null && (this.#failure.unreached || this.#failure.needsRepair);
  }

  /** What is not outstanding, or waits already, is not taken. */
  offer(sendable: Sendable<Item>): void {
    const { ids, item } = sendable;
    const isNew =
      ids.some((id) => this.#progress.isOutstanding(id)) &&
      !ids.some((id) => this.#waiting.has(id));
    if (!isNew) {
      for (const id of ids) if (!this.#waiting.has(id)) this.#progress.acknowledge(id);
      return;
    }
    const isFiltered = this.#options.admits?.(item) === false;
    this.#tally.accept(isFiltered);
    if (isFiltered) {
      for (const id of ids) this.#progress.acknowledge(id);
      return;
    }
    this.#queue.push(sendable);
    for (const id of ids) this.#waiting.add(id);
    this.#waitingBytes += this.#options.weigh.waiting(item);
  }

  /** Sends what waits, when it is a whole batch or has waited for that long enough. */
  nudge(): void {
    if (!this.isDue || this.#sending) return;
    const { limits } = this.#options;
    if (this.#isWorthSending || limits.waitMs === 0) this.#sending = this.#send();
    else this.#timer ??= setTimeout(() => this.#timeIsUp(), limits.waitMs).unref();
  }

  /** Sends at once. Resolves when nothing waits, or `stop` was called. */
  async drain(): Promise<void> {
    this.#draining += 1;
    while (this.isDue) {
      this.#sending ??= this.#send();
      await this.#sending;
    }
    this.#draining -= 1;
  }

  /** Gives up the attempt under way, and tries again in its time. */
  interrupt(): void {
    this.#attempting.abort();
  }

  /** Gives up for good what is being tried; it stays pending. */
  stop(): void {
    this.#closing.abort();
    if (this.#timer) clearTimeout(this.#timer);
    this.save();
  }

  /** What cannot be kept is told in the report, and tried again with the next answer. */
  save(): void {
    try {
      const cursor = this.#progress.cursor();
      const { retry, message: failure } = this.#failure ?? {};
      this.#options.save(retry === "same" && failure ? { ...cursor, failure } : cursor);
      this.#cursorFailure = this.#options.cursorFailure ?? null;
    } catch (error) {
      this.#cursorFailure = asError(error);
    }
  }

  report(): Omit<DeliveryReport, "late" | "unread" | "missed"> {
    return {
      ...this.#tally.figures(),
      failure: this.#failure,
      cursorFailure: this.#cursorFailure,
    };
  }

  get #isWorthSending(): boolean {
    return this.#draining > 0 || this.#queue.length >= this.#options.limits.items || this.isFull;
  }

  #timeIsUp(): void {
    this.#timer = null;
    if (!this.isEmpty) this.#sending ??= this.#send();
  }

  /**
   * At least one batch, and then those that are worth it. Never rejects: nobody has to wait for it. What cannot be weighed, because the journal
   * cannot be read now, is tried again.
   */
  async #send(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    let failed = 0;
    do {
      try {
        await this.#deliver(this.#nextBatch());
        failed = 0;
      } catch (cause) {
        failed += 1;
        const message = "what waits cannot be read";
        this.#failure = new ExportFailure(message, { retry: "same", answered: true, cause });
        await this.#pauseAfter(failed);
      }
    } while (this.#isTrying && !this.isEmpty && (failed > 0 || this.#isWorthSending));
    this.#sending = null;
    this.nudge();
  }

  #nextBatch(): readonly Sendable<Item>[] {
    const { limits, weigh } = this.#options;
    const size = batchSize(this.#queue, limits, ({ item }) => weigh.sent(item));
    return this.#queue.slice(0, size);
  }

  /** Until every member has left, or the outbox is stopped. A batch is always what waits longest. */
  async #deliver(batch: readonly Sendable<Item>[]): Promise<void> {
    let unanswered = 0;
    for (let attempts = 1; this.#isTrying; attempts += 1) {
      const failure = await this.#attempt(batch);
      if (failure?.retry === "smaller" && batch.length > 1) return this.#deliverHalves(batch);
      if (failure && !this.#isTrying) return;
      const isNews = failure?.message !== this.#failure?.message;
      this.#failure = failure;
      if (!failure) return this.#delivers(batch);
      if (this.#isFinal(failure)) return this.#drop(batch, failure);
      if (isNews) this.save();
      if (!failure.answered) {
        unanswered += 1;
        this.#tally.sendAgain(batch.length);
      }
      await this.#pauseAfter(attempts, failure.retryAfterMs);
      if (unanswered >= mostUnanswered && batch.length > 1) return this.#deliverHalves(batch);
    }
  }

  #isFinal({ retry, needsRepair }: ExportFailure): boolean {
    if (needsRepair && this.#options.waitsForRepair === false) return true;
    return retry === "smaller" || retry === "never";
  }

  async #deliverHalves(batch: readonly Sendable<Item>[]): Promise<void> {
    const half = Math.ceil(batch.length / 2);
    await this.#deliver(batch.slice(0, half));
    await this.#deliver(batch.slice(half));
  }

  #attempt(batch: readonly Sendable<Item>[]): Promise<ExportFailure | null> {
    const { send, attemptTimeoutMs = longestAttemptMs } = this.#options;
    this.#attempting = new AbortController();
    const items = batch.map(({ item }) => item);
    return inTime(attemptTimeoutMs, [this.#closing.signal, this.#attempting.signal], (signal) =>
      attempt((given) => send(items, given), signal),
    );
  }

  #pauseAfter(attempts: number, askedMs: number | null = null): Promise<void> {
    const ownMs = (this.#options.retryDelayMs ?? retryDelayMs)(attempts);
    return pause(askedDelayMs(askedMs, ownMs), this.#closing.signal);
  }

  #delivers(batch: readonly Sendable<Item>[]): void {
    this.#tally.deliver(batch.length);
    this.#leaves(batch);
  }

  #drop(batch: readonly Sendable<Item>[], failure: ExportFailure): void {
    const ids = batch.flatMap((sendable) => sendable.ids);
    this.#tally.drop(ids, batch.length, failure);
    this.#leaves(batch);
  }

  /** Kept at once: what was answered is not sent again, whatever becomes of this process. */
  #leaves(batch: readonly Sendable<Item>[]): void {
    this.#queue.splice(0, batch.length);
    for (const { ids, item } of batch) {
      this.#waitingBytes -= this.#options.weigh.waiting(item);
      for (const id of ids) {
        this.#waiting.delete(id);
        this.#progress.acknowledge(id);
      }
    }
    this.save();
    this.#options.left();
  }
}
