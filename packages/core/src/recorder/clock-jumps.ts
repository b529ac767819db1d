import type { EventDraft } from "../vocabulary/event.ts";

/** A clock that is set right by less than this is nobody's concern. */
const leastMs = 5_000;

interface Jump {
  /** What the time of day was to be. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Notices between two entries that the time of day went another way than time itself: it was set, or the machine slept. Said in the record, because
 * `recordedAt` never falls, so that a clock which was put back would not show there at all.
 */
export class ClockJumps {
  readonly #lane: string;
  readonly #steady: (() => number) | null;
  /** How far the time of day was ahead of the steady clock. */
  #ahead: number | null = null;
  #jump: Jump | null = null;

  /** `steady`: milliseconds, from anywhere on, that nobody sets. Null: no jump is ever noticed. */
  constructor(lane: string, steady: (() => number) | null) {
    this.#lane = lane;
    this.#steady = steady;
  }

  /** `last`: when the entry before was recorded, of which only this much is known where another process wrote it: it was not later than now. */
  see(now: number, last: number): void {
    if (!this.#steady) return;
    const steady = this.#steady();
    const expected = this.#ahead === null ? Math.max(now, last) : steady + this.#ahead;
    if (Math.abs(now - expected) >= leastMs)
      this.#jump = { fromMs: this.#jump?.fromMs ?? expected, toMs: now };
    this.#ahead = now - steady;
  }

  /** What was noticed since this was asked last; null: nothing. */
  take(session: string, sequence: number): EventDraft | null {
    if (!this.#jump) return null;
    const [fromMs, toMs] = [Math.round(this.#jump.fromMs), Math.round(this.#jump.toMs)];
    this.#jump = null;
    return {
      type: "native.noted",
      session,
      source: "journal",
      on: null,
      mark: `clock@${this.#lane}/${sequence}`,
      name: "clock.jumped",
      at: { ms: toMs },
      native: { byMs: toMs - fromMs, fromMs, toMs },
    };
  }
}
