import { diskJournal } from "../journal/disk/disk-journal.ts";
import { JournalError } from "../journal/disk/journal-error.ts";
import { lanesIn } from "../journal/disk/lane-holder.ts";
import { laneFolder } from "../journal/disk/layout.ts";
import type { Journal } from "../journal/journal.ts";
import { diskCursors } from "../pipeline/disk-cursors.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { type LanePlan, planOf } from "../retention/lane-plan.ts";
import { retainLane } from "../retention/retain-lane.ts";
import { policyOf, type RetentionSettings } from "../retention/retention-settings.ts";
import { deliveredIn } from "./delivered-in.ts";
import { parseEntry } from "./parse-entry.ts";

/** What a retention does to a lane. `held`: a process writes it at this moment, and applies its own config to it. */
export interface LaneRetention extends LanePlan {
  readonly isHeld: boolean;
  /** Why not all went that is due; null: it did, or nothing was to go. */
  readonly failure: Error | null;
}

export interface RetainLanesOptions {
  readonly dir: string;
  readonly retention: RetentionSettings;
  /** What they have still to read stays. By name. */
  readonly exporters: readonly string[];
  /** The config says that lanes are sealed: what is not sealed yet does not go cold, also in a lane that has no seal. */
  readonly isToBeSealed: boolean;
  readonly abandonAfterMs: number;
  /** Nothing is changed. */
  readonly isDryRun: boolean;
  readonly clock: () => number;
}

/**
 * Applies a retention to the lanes that nobody writes, one after the other, and says of the others what is due in them. Throws what cannot be read or opened.
 */
export async function* retainLanes(options: RetainLanesOptions): AsyncIterable<LaneRetention> {
  const { dir, isDryRun } = options;
  for (const { lane, holder } of lanesIn(dir)) {
    const plan = await planOf({ ...applied(options, lane), lane });
    const isDue = plan.warm.length > 0 || plan.cold.length > 0;
    const isTaken = isDue && !isDryRun && holder === null;
    const journal = isTaken ? laneIfFree(options, lane) : null;
    if (journal) yield await retainedIn(journal, options);
    else yield { ...plan, isHeld: isTaken || holder !== null, failure: null };
  }
}

async function retainedIn(journal: Journal, options: RetainLanesOptions): Promise<LaneRetention> {
  try {
    createRecorder({ journal, clock: options.clock });
    const retained = await retainLane({ ...applied(options, journal.lane), journal });
    await journal.flush();
    return { ...retained, isHeld: false };
  } finally {
    await journal.close();
  }
}

function applied(
  { dir, retention, exporters, isToBeSealed, abandonAfterMs, clock }: RetainLanesOptions,
  lane: string,
): Omit<Parameters<typeof planOf>[0], "lane"> {
  return {
    dir,
    policy: policyOf(retention),
    now: clock(),
    parse: parseEntry,
    isDelivered: deliveredIn({
      lane,
      folder: laneFolder(dir, Number(lane)),
      exporters,
      cursors: diskCursors(dir),
    }),
    isToBeSealed,
    abandonAfterMs,
  };
}

/** Null: somebody has taken it meanwhile. */
function laneIfFree({ dir, clock }: RetainLanesOptions, lane: string): Journal | null {
  try {
    return diskJournal({ dir, lane, maxBytes: null, acknowledge: "disk", clock });
  } catch (error) {
    if (JournalError.is(error) && error.code === "LANE_HELD") return null;
    throw error;
  }
}
