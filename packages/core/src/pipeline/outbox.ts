import { batchSize } from "./batch.ts";
import type { Cursor } from "./cursor.ts";
import type { DeliveryReport, Drop } from "./delivery-report.ts";
import { ExportFailure } from "./export-failure.ts";
import type { BatchLimits } from "./exporter.ts";
import { Progress } from "./progress.ts";
import { retryDelayMs } from "./retry-delay.ts";

const longestAttemptMs = 30_000;
/** Longer than this a timer cannot wait: it would ring at once. */
const longestPauseMs = 2 ** 31 - 1;
const mostDropsTold = 10;

/** What an outbox sends, whatever it is made of. */
export interface Sendable<Item> {
  /** Under which it began; more than one where several names turned out to be one thing. */
  readonly ids: readonly string[];
  readonly item: Item;
}

export interface OutboxOptions<Item> {
  readonly cursor: Cursor;
  readonly send: (batch: readonly Item[], signal: AbortSignal) => Promise<void>;
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
  #attempting: AbortController = new AbortController();
  #progress: Progress;
  #waitingBytes = 0;
  #sending: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** How many wait for it to be empty. */
  #draining = 0;
  #accepted = 0;
  #delivered = 0;
  #filtered = 0;
  #dropped = 0;
  #maybeDuplicate = 0;
  #drops: readonly Drop[] = [];
  #failure: ExportFailure | null = null;

  constructor(options: OutboxOptions<Item>) {
    this.#options = options;
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

  get isEmpty(): boolean {
    return this.#queue.length === 0;
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
    this.#accepted += 1;
    if (this.#options.admits?.(item) === false) {
      this.#filtered += 1;
      this.#acknowledge([sendable]);
      return;
    }
    this.#queue.push(sendable);
    for (const id of ids) this.#waiting.add(id);
    this.#waitingBytes += this.#options.weigh.waiting(item);
  }

  /** Sends what waits, when it is a whole batch or has waited for that long enough. */
  nudge(): void {
    if (this.isEmpty || this.#sending || this.#closing.signal.aborted) return;
    const { limits } = this.#options;
    if (this.#isWorthSending || limits.waitMs === 0) this.#sending = this.#send();
    else this.#timer ??= setTimeout(() => this.#timeIsUp(), limits.waitMs).unref();
  }

  /** Sends at once. Resolves when nothing waits, or `stop` was called. */
  async drain(): Promise<void> {
    this.#draining += 1;
    while (!this.isEmpty && !this.#closing.signal.aborted) {
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

  save(): void {
    this.#options.save(this.#progress.cursor());
  }

  report(): Omit<DeliveryReport, "late" | "unread" | "missed"> {
    return {
      accepted: this.#accepted,
      delivered: this.#delivered,
      filtered: this.#filtered,
      dropped: this.#dropped,
      pending: this.#accepted - this.#delivered - this.#filtered - this.#dropped,
      maybeDuplicate: this.#maybeDuplicate,
      drops: this.#drops,
      failure: this.#failure,
    };
  }

  get #isWorthSending(): boolean {
    return this.#draining > 0 || this.#queue.length >= this.#options.limits.items || this.isFull;
  }

  #timeIsUp(): void {
    this.#timer = null;
    if (!this.isEmpty) this.#sending ??= this.#send();
  }

  /** At least one batch, and then those that are worth it. */
  async #send(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { limits, weigh } = this.#options;
    do {
      const size = batchSize(this.#queue, limits, ({ item }) => weigh.sent(item));
      const batch = this.#queue.slice(0, size);
      const done = await this.#deliver(batch);
      if (done) this.#forget(batch);
      this.save();
      this.#options.left();
    } while (!this.isEmpty && this.#isWorthSending && !this.#closing.signal.aborted);
    this.#sending = null;
    this.nudge();
  }

  #forget(batch: readonly Sendable<Item>[]): void {
    this.#queue.splice(0, batch.length);
    for (const { ids, item } of batch) {
      for (const id of ids) this.#waiting.delete(id);
      this.#waitingBytes -= this.#options.weigh.waiting(item);
    }
  }

  /** True: every member was delivered or dropped. */
  async #deliver(batch: readonly Sendable<Item>[]): Promise<boolean> {
    for (let attempt = 1; !this.#closing.signal.aborted; attempt += 1) {
      const failure = await this.#attempt(batch);
      if (!failure) {
        this.#failure = null;
        this.#delivered += batch.length;
        this.#acknowledge(batch);
        return true;
      }
      if (failure.retry === "smaller" && batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        return (await this.#deliver(batch.slice(0, half))) && this.#deliver(batch.slice(half));
      }
      this.#failure = failure;
      if (failure.retry !== "same") {
        this.#drop(batch, failure);
        return true;
      }
      if (!failure.answered) this.#maybeDuplicate += batch.length;
      const delayMs = failure.retryAfterMs ?? retryDelayMs(attempt);
      await pause(Math.min(delayMs, longestPauseMs), this.#closing.signal);
    }
    return false;
  }

  async #attempt(batch: readonly Sendable<Item>[]): Promise<ExportFailure | null> {
    const { send, attemptTimeoutMs = longestAttemptMs } = this.#options;
    this.#attempting = new AbortController();
    const signal = AbortSignal.any([
      this.#closing.signal,
      this.#attempting.signal,
      AbortSignal.timeout(attemptTimeoutMs),
    ]);
    try {
      const items = batch.map(({ item }) => item);
      await Promise.race([send(items, signal), rejectsOnAbort(signal)]);
      return null;
    } catch (cause) {
      if (ExportFailure.is(cause)) return cause;
      return new ExportFailure("the exporter failed", { retry: "same", cause });
    }
  }

  #drop(batch: readonly Sendable<Item>[], failure: ExportFailure): void {
    const dropped = Math.min(failure.rejected ?? batch.length, batch.length);
    this.#dropped += dropped;
    this.#delivered += batch.length - dropped;
    const ids = batch.flatMap((sendable) => sendable.ids);
    this.#drops = [...this.#drops, { ids, reason: failure.message }].slice(-mostDropsTold);
    this.#acknowledge(batch);
  }

  #acknowledge(batch: readonly Sendable<Item>[]): void {
    for (const { ids } of batch) for (const id of ids) this.#progress.acknowledge(id);
  }
}

/** An exporter may not heed its signal; nobody waits for it then. */
function rejectsOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = (): void => reject(new Error("the attempt was given up"));
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
  });
}

/** Ends early when the outbox is stopped; keeps no process alive. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
