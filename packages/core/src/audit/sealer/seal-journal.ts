import { resolve } from "node:path";
import { laneNumbers } from "../../journal/disk/layout.ts";
import { asError } from "../../journal/disk/journal-error.ts";
import { LaneSealer } from "./seal-lane.ts";
import type { SealOptions, SealOutcome } from "./seal-outcome.ts";

/** What became of a lane. `failed`: it was not sealed, and why; what was sealed of it before stands. */
export type LaneSealing =
  | SealOutcome
  | { readonly kind: "failed"; readonly lane: string; readonly error: Error };

/** Seals every lane of a journal, one after the other, as `sealLane` does. Never rejects: one lane that cannot be sealed keeps no other from it. */
export async function sealJournal(options: SealOptions): Promise<readonly LaneSealing[]> {
  const sealings: LaneSealing[] = [];
  for (const number of laneNumbers(resolve(options.dir)))
    sealings.push(await tryToSeal(new LaneSealer(String(number), options)));
  return sealings;
}

/** Never rejects. */
export async function tryToSeal(sealer: LaneSealer): Promise<LaneSealing> {
  try {
    return await sealer.seal();
  } catch (error) {
    return { kind: "failed", lane: sealer.lane, error: asError(error) };
  }
}

/** As far as anybody could tell when it was looked at, nothing is left to be sealed. */
export function isDone({ kind }: LaneSealing): boolean {
  return kind === "sealed" || kind === "empty";
}
