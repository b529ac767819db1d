import { resolve } from "node:path";
import { laneNumbers } from "../../journal/disk/layout.ts";
import { type LaneSealing, isDone, tryToSeal } from "./seal-journal.ts";
import { LaneSealer } from "./seal-lane.ts";
import type { SealOptions } from "./seal-outcome.ts";

/** The lanes that there are beside a process's own when it starts: what processes have left that are gone, and what others write. */
export class OtherLanes {
  readonly #options: SealOptions;
  readonly #own: string;
  /** Those that are not sealed yet; null: nobody has looked. */
  #left: readonly LaneSealer[] | null = null;

  constructor(own: string, options: SealOptions) {
    this.#own = own;
    this.#options = options;
  }

  /** Those that were not sealed the last time. Rejects where the folder cannot be read. */
  async seal(): Promise<readonly LaneSealing[]> {
    const sealers = this.#left ?? this.#all();
    const sealings: LaneSealing[] = [];
    for (const sealer of sealers) sealings.push(await tryToSeal(sealer));
    this.#left = sealers.filter((_, place) => !sealings.slice(place, place + 1).every(isDone));
    return sealings;
  }

  #all(): readonly LaneSealer[] {
    return laneNumbers(resolve(this.#options.dir))
      .map(String)
      .filter((lane) => lane !== this.#own)
      .map((lane) => new LaneSealer(lane, this.#options));
  }
}
