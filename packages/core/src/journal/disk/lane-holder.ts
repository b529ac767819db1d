import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../../vocabulary/json.ts";
import { isMissing } from "./journal-error.ts";
import { laneFolder, laneNumbers, namesIn } from "./layout.ts";
import { parseJson } from "./parse-json.ts";
import { isGone, parseIdentity } from "./process-identity.ts";

/** Who writes a lane. Null: its lock does not say, or cannot be read. */
export interface LaneHolder {
  readonly host: string | null;
  readonly pid: number | null;
  /** The worker thread, 0 for the main one. */
  readonly thread: number | null;
  readonly takenAt: number | null;
}

export interface LaneStanding {
  readonly lane: string;
  /** Null: nobody writes it now, as far as this host can tell. */
  readonly holder: LaneHolder | null;
  /** Who had it last, and ended without freeing it: it was killed, or never closed its journal. Null: nobody, or the lane has been taken again. */
  readonly vanished: LaneHolder | null;
}

/** The lanes of a journal's folder, and who writes them at this moment; none where there is no folder. Takes nothing and changes nothing. */
export function lanesIn(dir: string): readonly LaneStanding[] {
  return laneNumbers(dir).map((lane) => ({
    lane: String(lane),
    ...standingOf(laneFolder(dir, lane)),
  }));
}

type Standing = Omit<LaneStanding, "lane">;
const free: Standing = { holder: null, vanished: null };

const unknownHolder: LaneHolder = { host: null, pid: null, thread: null, takenAt: null };

/** Null: the lane is free. A lock that vanished was followed since the folder was read: that shows when the next generation is linked. */
export function holderOf(
  lane: string,
  generation: number = greatestGeneration(lane),
): LaneHolder | null {
  return standingOf(lane, generation).holder;
}

/** Who has a lane, or had it last. */
export function standingOf(lane: string, generation: number = greatestGeneration(lane)): Standing {
  if (generation === 0) return free;
  try {
    const lock = parseJson(readFileSync(lockFile(lane, generation)).toString("utf8"));
    if (isRecord(lock) && lock["released"] === true) return free;
    const identity = parseIdentity(lock);
    if (!identity || !isRecord(lock)) return { ...free, holder: unknownHolder };
    const { host, pid, thread } = identity;
    const takenAt = typeof lock["takenAt"] === "number" ? lock["takenAt"] : null;
    const who = { host, pid, thread, takenAt };
    return isGone(identity) ? { ...free, vanished: who } : { ...free, holder: who };
  } catch (error) {
    return isMissing(error) ? free : { ...free, holder: unknownHolder };
  }
}

export const lockFile = (lane: string, generation: number): string =>
  join(lane, `lock.${generation}`);

export const greatestGeneration = (lane: string): number => Math.max(0, ...generationsIn(lane));

export function generationsIn(lane: string): readonly number[] {
  return namesIn(lane)
    .flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);
}
