import type { Findings } from "./findings.ts";
import { moment } from "./in-words.ts";
import type { Evidence, WitnessSighting } from "./verification.ts";

/** Clocks differ, and a witness may be asked a while after the sealer has read the entries. */
const toleranceMs = 600_000;

/**
 * Compares the times that entries say with those that witnesses say: what a witness has seen was recorded before it looked, what it has not
 * seen was not there yet.
 */
export class WitnessedTimes {
  readonly #sightings: readonly WitnessSighting[];
  readonly #findings: Findings;

  constructor(sightings: readonly WitnessSighting[], findings: Findings) {
    this.#sightings = sightings;
    this.#findings = findings;
  }

  see(index: number, recordedAt: number, evidence: Partial<Evidence>): void {
    for (const { witness, size, at } of this.#sightings) {
      if (index < size && recordedAt > at + toleranceMs)
        this.#findings.find(
          "RECORDED_AFTER_WITNESS",
          evidence,
          `says that it was recorded at ${moment(recordedAt)}, after ${witness} saw it at ${moment(at)}`,
        );
      if (index >= size && recordedAt < at - toleranceMs)
        this.#findings.find(
          "RECORDED_BEFORE_WITNESS",
          evidence,
          `says that it was recorded at ${moment(recordedAt)}, and ${witness} saw the log without it at ${moment(at)}: it was dated back, or sealed late`,
        );
    }
  }
}
