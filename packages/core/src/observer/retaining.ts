import { retainLane, type RetainOptions } from "../retention/retain-lane.ts";

export interface RetainingOptions extends Omit<RetainOptions, "now" | "breathe" | "files"> {
  readonly clock: () => number;
  /** Default: 1 s after it is asked for, and each hour. */
  readonly soonMs?: number;
  readonly everyMs?: number;
}

/** What became of the retention of this process's lane. */
export interface RetentionHealth {
  /** Segments that lost their content, and segments that went, in this process. */
  readonly warm: number;
  readonly cold: number;
  /** Why the last look did not do all that is due; null: it did, or there was none yet. */
  readonly failure: Error | null;
}

const sliceMs = 5;

/**
 * Applies a retention to the lane of this process, in slices of a few milliseconds between which the agent works on. What fails its health tells, and it is tried
 * again. Keeps no process alive.
 */
export class Retaining {
  readonly #options: RetainingOptions;
  #timer: NodeJS.Timeout | null = null;
  #dueAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | null = null;
  #segment: number;
  #isStopped = false;
  #sliceBegan = 0;
  #wake: () => void = () => {};
  #health: RetentionHealth = { warm: 0, cold: 0, failure: null };

  constructor(options: RetainingOptions) {
    this.#options = options;
    this.#segment = options.journal.end.segment;
    this.#in(options.soonMs ?? 1_000);
  }

  /** Something was recorded in this segment: where it is another one, the one before it is complete. */
  recorded(segment: number): void {
    if (segment === this.#segment) return;
    this.#segment = segment;
    this.#in(this.#options.soonMs ?? 1_000);
  }

  get health(): RetentionHealth {
    return this.#health;
  }

  /** Resolves when nothing is reduced any more. What was not done is left to the next process. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#wake();
    await this.#running;
  }

  #in(ms: number): void {
    const dueAt = performance.now() + ms;
    if (this.#isStopped || dueAt >= this.#dueAt) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => this.#look(), ms).unref();
  }

  #look(): void {
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#running ??= this.#retain().finally(() => {
      this.#running = null;
      this.#in(this.#options.everyMs ?? 3_600_000);
    });
  }

  async #retain(): Promise<void> {
    const { clock, ...options } = this.#options;
    const { warm, cold, failure } = await retainLane({
      ...options,
      now: clock(),
      breathe: () => this.#breathe(),
    });
    this.#health = {
      warm: this.#health.warm + warm.length,
      cold: this.#health.cold + cold.length,
      failure: this.#isStopped ? null : failure,
    };
  }

  async #breathe(): Promise<void> {
    if (this.#isStopped) throw new Error("the observer was closed");
    if (performance.now() - this.#sliceBegan < sliceMs) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, 1).unref();
    });
    this.#sliceBegan = performance.now();
  }
}
