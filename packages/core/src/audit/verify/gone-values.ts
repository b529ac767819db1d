import type { Findings } from "./findings.ts";
import { count, moment } from "./in-words.ts";
import type { LanePlace } from "./lane-place.ts";
import { type EntryAt, LaneReductions, type Reduction } from "./lane-reductions.ts";
import { type NotedLoss, NotedLosses } from "./noted-losses.ts";
import type { Evidence, ValueCounts } from "./verification.ts";

/** A value that an entry refers to in vain. `segment`, `line`: of the last entry that does. */
export interface GoneValue extends EntryAt {
  readonly session: string;
  readonly at: Partial<Evidence>;
}

/**
 * Values that are not there. One is lawfully gone where an entry behind it in the same lane says so of its session, and of its segment if it names one; it was
 * never written where a note behind it says that so many were not. Whatever else is gone was not taken by Spoor, its key or not.
 */
export class GoneValues {
  readonly #place: LanePlace;
  readonly #findings: Findings;
  readonly #gone: GoneValue[] = [];
  readonly #losses: NotedLosses = new NotedLosses();

  constructor(place: LanePlace, findings: Findings) {
    this.#place = place;
    this.#findings = findings;
  }

  add(value: GoneValue): void {
    this.#gone.push(value);
  }

  note(loss: NotedLoss): void {
    this.#losses.add(loss);
  }

  /** Tells of them. */
  end(): Pick<ValueCounts, "erased" | "expired" | "lost" | "missing"> {
    const counts = { erased: 0, expired: 0, lost: 0, missing: 0 };
    if (this.#gone.length === 0) return counts;
    const reductions = new LaneReductions(this.#place.folder);
    const erased = new Map<string, Reduction>();
    for (const { session, at, ...place } of this.#gone) {
      const reduction = reductions.explains(session, place);
      if (!reduction && this.#losses.explain(session, place)) counts.lost += 1;
      else if (!reduction) {
        counts.missing += 1;
        const message =
          "a value that this entry refers to is gone, and no entry says that it was to go";
        this.#findings.find("VALUE_MISSING", at, message);
      } else if (reduction.event.why === "erasure") {
        counts.erased += 1;
        erased.set(session, reduction);
      } else counts.expired += 1;
    }
    this.#tellErased(counts.erased, [...erased.values()]);
    return counts;
  }

  #tellErased(values: number, by: readonly Reduction[]): void {
    if (by.length === 0) return;
    const last = Math.max(...by.map(({ event }) => event.recordedAt));
    const reasons = [...new Set(by.flatMap(({ event }) => event.reason ?? []))];
    const why = reasons.length === 0 ? "" : `: ${reasons.slice(0, mostReasons).join("; ")}`;
    this.#findings.say(
      "VALUES_ERASED",
      this.#place.lane,
      `${count(values, "value")} of ${count(by.length, "session")} ${values === 1 ? "was" : "were"} erased, the last at ${moment(last)}${why}`,
    );
  }
}

const mostReasons = 5;
