import type { Buffer } from "node:buffer";
import type { ContentRef } from "../../vocabulary/event.ts";
import type {
  Journal,
  JournalHealth,
  JournalReader,
  Position,
  Tail,
  WaitRegister,
} from "../../journal/journal.ts";
import type { LaneReduction } from "../../journal/reduction.ts";
import type { Sealer } from "./sealer.ts";

const closingPatienceMs = 5_000;

/** A journal whose seal grows with it. It is the journal in all else: whoever appends never waits for a seal, and never hears of one that fails. */
export class SealedJournal implements Journal {
  readonly #inner: Journal;
  readonly #sealer: Sealer;

  constructor(inner: Journal, sealer: Sealer) {
    this.#inner = inner;
    this.#sealer = sealer;
  }

  get lane(): string {
    return this.#inner.lane;
  }

  get tail(): Tail {
    return this.#inner.tail;
  }

  get end(): Position {
    return this.#inner.end;
  }

  get waits(): WaitRegister {
    return this.#inner.waits;
  }

  get reduction(): LaneReduction {
    return this.#inner.reduction;
  }

  segment(): number {
    return this.#inner.segment();
  }

  keyOf(subject: string): Buffer {
    return this.#inner.keyOf(subject);
  }

  store(subject: string, ref: ContentRef, json: string, cutFrom?: number): boolean {
    return this.#inner.store(subject, ref, json, cutFrom);
  }

  append(entry: string, tail: Tail): Position | null {
    return this.#inner.append(entry, tail);
  }

  flush(): Promise<void> {
    return this.#inner.flush();
  }

  /**
   * Makes what was written last part of the seal, where the process may be about to end: it can go on as well. Resolves when that is done, or the time
   * is up; what is left is sealed at the next start. Never rejects. `keepsAlive`: this process, for as long.
   */
  async sealLast(timeoutMs: number, keepsAlive: boolean): Promise<void> {
    await this.#sealer.sealLast(timeoutMs, keepsAlive);
  }

  /** Seals what came last, as far as that can be had in a moment; what is left is sealed at the next start. */
  async close(): Promise<void> {
    await this.#inner.close();
    await this.#sealer.close(closingPatienceMs);
  }

  health(): JournalHealth {
    const health = this.#inner.health();
    return { ...health, failure: health.failure ?? this.#sealer.failure };
  }

  reader(): JournalReader {
    return this.#inner.reader();
  }
}
