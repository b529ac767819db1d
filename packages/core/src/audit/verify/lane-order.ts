import type { Tail } from "../../journal/journal.ts";
import { count } from "./in-words.ts";
import type { Findings } from "./findings.ts";
import type { Evidence } from "./verification.ts";

/** Whether a lane counts and tells time as its writer must: without a gap, and never backwards. */
export class LaneOrder {
  readonly #findings: Findings;
  #expected = 0;
  #lastTime = Number.NEGATIVE_INFINITY;
  #unreadable = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** Entries that are known to be gone: the sequence goes on behind them. */
  skip(entries: number): void {
    this.#expected += entries;
  }

  /** A line that says no sequence may have had the next one, or none. */
  pass(): void {
    this.#unreadable += 1;
  }

  next({ sequence, recordedAt }: Tail, at: Partial<Evidence>): void {
    const missing = sequence - this.#expected;
    if (missing < 0)
      this.#findings.find(
        "SEQUENCE_BROKEN",
        at,
        `expected sequence ${this.#expected}, received ${sequence}: an entry stands here that belongs elsewhere`,
      );
    else if (missing > this.#unreadable)
      this.#findings.find(
        "SEQUENCE_BROKEN",
        at,
        `expected sequence ${this.#expected}, received ${sequence}: ${count(missing - this.#unreadable, "entry")} before it ${missing - this.#unreadable === 1 ? "is" : "are"} missing`,
      );
    if (recordedAt < this.#lastTime)
      this.#findings.find(
        "TIME_BACKWARDS",
        at,
        `recorded ${Math.ceil(this.#lastTime - recordedAt)} ms before the entry before it`,
      );
    this.#expected = sequence + 1;
    this.#lastTime = recordedAt;
    this.#unreadable = 0;
  }
}
