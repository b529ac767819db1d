import { defaults } from "../config/defaults.ts";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { JournalError } from "../journal/disk/journal-error.ts";
import { laneNumbers } from "../journal/disk/layout.ts";
import type { Journal } from "../journal/journal.ts";
import { Delivery } from "../pipeline/delivery.ts";
import type { DeliveryReport } from "../pipeline/delivery-report.ts";
import { diskCursors } from "../pipeline/disk-cursors.ts";
import type { Route } from "../pipeline/route.ts";
import { parseEntry } from "./parse-entry.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { wallClock } from "./wall-clock.ts";

/** What became of what a lane held. `held`: a process writes it at this moment, and delivers it itself. */
export type LaneDelivery =
  | {
      readonly lane: string;
      readonly state: "read";
      readonly exporters: Readonly<Record<string, DeliveryReport>>;
    }
  | { readonly lane: string; readonly state: "held" };

/** For a destination that is not there: whoever asked sees that, and asks again later. */
const patienceInVainMs = 3_000;

export interface PendingOptions {
  readonly dir: string;
  readonly routes: readonly Route[];
  /** For each lane. */
  readonly timeoutMs: number;
}

/**
 * Delivers what no process delivers any more: lane by lane, from each exporter's cursor, or from the beginning where it has none. Goes on with what
 * an observer would, so nothing is sent that was acknowledged. The exporters are the caller's to close. Throws what cannot be opened.
 */
export async function* deliverPending({
  dir,
  routes,
  timeoutMs,
}: PendingOptions): AsyncIterable<LaneDelivery> {
  for (const number of laneNumbers(dir)) {
    const lane = String(number);
    const journal = laneIfFree(dir, lane);
    if (!journal) {
      yield { lane, state: "held" };
      continue;
    }
    // Whoever takes a lane carries out what was wished there before it reads.
    createRecorder({ journal, clock: wallClock() });
    const delivery = new Delivery({
      ...defaults,
      journal,
      routes,
      cursors: diskCursors(dir),
      clock: wallClock(),
      parse: parseEntry,
      newcomers: "from the beginning",
    });
    await delivery.close(timeoutMs, Math.min(timeoutMs, patienceInVainMs));
    const exporters = delivery.reports();
    await journal.close();
    yield { lane, state: "read", exporters };
  }
}

function laneIfFree(dir: string, lane: string): Journal | null {
  try {
    return diskJournal({ dir, lane, maxBytes: null });
  } catch (error) {
    if (JournalError.is(error) && error.code === "LANE_HELD") return null;
    throw error;
  }
}
