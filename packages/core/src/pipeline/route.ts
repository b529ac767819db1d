import type { ContentReader } from "../journal/content.ts";
import type { Cursor } from "./cursor.ts";
import { ExportFailure } from "./export-failure.ts";
import type { DeliveryReport, ExportContext } from "./exporter.ts";
import { Progress } from "./progress.ts";
import { retryDelayMs } from "./retry-delay.ts";

const batchLimit = 512;
const longestAttemptMs = 30_000;
/** Longer than this a timer cannot wait: it would ring at once. */
const longestPauseMs = 2 ** 31 - 1;

/** What a route sends, whatever it is made of. */
export interface Sendable<Item> {
  /** Under which it began; more than one where several names turned out to be one thing. */
  readonly ids: readonly string[];
  readonly item: Item;
}

export interface RouteOptions<Item> {
  readonly cursor: Cursor | null;
  readonly content: ContentReader;
  readonly send: (batch: readonly Item[], context: ExportContext) => Promise<void>;
  readonly save: (cursor: Cursor) => void;
  /** After this long an attempt counts as failed, whatever the exporter does about its signal. */
  readonly attemptTimeoutMs?: number;
}

/**
 * One exporter's way out: batches in order, one at a time, tried again until the destination has them or will never take them. It decides
 * what a failure means; the exporter only throws.
 */
export class Route<Item> {
  readonly progress: Progress;
  readonly #options: RouteOptions<Item>;
  readonly #queue: Sendable<Item>[] = [];
  readonly #closing: AbortController = new AbortController();
  #sending: Promise<void> | null = null;
  #accepted = 0;
  #delivered = 0;
  #dropped = 0;
  #maybeDuplicate = 0;
  #failure: ExportFailure | null = null;

  constructor(options: RouteOptions<Item>) {
    this.#options = options;
    this.progress = new Progress(options.cursor);
  }

  offer(sendable: Sendable<Item>): void {
    if (!sendable.ids.some((id) => this.progress.isOutstanding(id))) return;
    this.#accepted += 1;
    this.#queue.push(sendable);
  }

  /** Resolves when the queue is empty, or `stop` was called. */
  drain(): Promise<void> {
    if (this.#queue.length > 0) this.#sending ??= this.#sendAll();
    return this.#sending ?? Promise.resolve();
  }

  /** Gives up what is being tried; it stays pending. */
  stop(): void {
    this.#closing.abort();
  }

  report(late: number): DeliveryReport {
    return {
      accepted: this.#accepted,
      delivered: this.#delivered,
      filtered: 0,
      dropped: this.#dropped,
      pending: this.#accepted - this.#delivered - this.#dropped,
      late,
      maybeDuplicate: this.#maybeDuplicate,
      failure: this.#failure,
    };
  }

  async #sendAll(): Promise<void> {
    while (this.#queue.length > 0 && !this.#closing.signal.aborted) {
      const batch = this.#queue.slice(0, batchLimit);
      const done = await this.#deliver(batch);
      this.#options.save(this.progress.cursor());
      if (done) this.#queue.splice(0, batch.length);
    }
    this.#sending = null;
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
        const dropped = Math.min(failure.rejected ?? batch.length, batch.length);
        this.#dropped += dropped;
        this.#delivered += batch.length - dropped;
        this.#acknowledge(batch);
        return true;
      }
      if (!failure.answered) this.#maybeDuplicate += batch.length;
      const delayMs = failure.retryAfterMs ?? retryDelayMs(attempt);
      await pause(Math.min(delayMs, longestPauseMs), this.#closing.signal);
    }
    return false;
  }

  async #attempt(batch: readonly Sendable<Item>[]): Promise<ExportFailure | null> {
    const { send, content, attemptTimeoutMs = longestAttemptMs } = this.#options;
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(attemptTimeoutMs)]);
    try {
      const items = batch.map(({ item }) => item);
      await Promise.race([send(items, { signal, content }), rejectsOnAbort(signal)]);
      return null;
    } catch (cause) {
      if (ExportFailure.is(cause)) return cause;
      return new ExportFailure("the exporter failed", { retry: "same", cause });
    }
  }

  #acknowledge(batch: readonly Sendable<Item>[]): void {
    for (const { ids } of batch) for (const id of ids) this.progress.acknowledge(id);
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

/** Ends early when the route is stopped; keeps no process alive. */
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
