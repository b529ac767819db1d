import { nodeFileSystem } from "../journal/disk/file-system.ts";
import { asError } from "../journal/disk/journal-error.ts";
import { journalReader } from "../journal/disk/journal-reader.ts";
import { laneFolder } from "../journal/disk/layout.ts";
import type { Journal } from "../journal/journal.ts";
import { type Going, type LanePlan, noBreath, planOf, type PlanOptions } from "./lane-plan.ts";
import { appendToLedger, readLedger } from "./ledger.ts";
import { ledgerLines } from "./ledger-lines.ts";

export interface RetainOptions extends Omit<PlanOptions, "lane"> {
  readonly journal: Journal;
}

/** What went from a lane, and what of it stayed. */
export interface LaneRetained extends LanePlan {
  /** Why not all went that is due; null: it did. */
  readonly failure: Error | null;
}

/**
 * Applies a policy to the lane that `journal` writes, as of now. Cut off anywhere, it leaves a lane that is whole, and the next time does the rest: a line
 * in the ledger comes before the word that entries go, and that before they do. Never rejects.
 */
export async function retainLane(options: RetainOptions): Promise<LaneRetained> {
  const { journal } = options;
  const done: Done = { warm: [], cold: [] };
  let plan: LanePlan | null = null;
  try {
    const { end } = journal;
    const current = end.segment;
    plan = await planOf({ ...options, lane: journal.lane });
    const hasGrown = journal.end.segment !== current || journal.end.offset !== end.offset;
    if (isGoing(plan, current) && (hasGrown || !journal.reduction.beginSegment()))
      plan = without(plan, current);
    await writeLedger(plan, options);
    await reduce(plan, options, done);
    return { ...plan, ...done, failure: null };
  } catch (error) {
    const rest = plan ?? { lane: journal.lane, staying: [], ledger: new Map<string, number>() };
    return { ...rest, ...done, failure: asError(error) };
  }
}

interface Done {
  readonly warm: Going[];
  readonly cold: Going[];
}

const isGoing = ({ warm, cold }: LanePlan, current: number): boolean =>
  [...warm, ...cold].some(({ segment }) => segment === current);

/** It was written to meanwhile: the next time. */
function without(plan: LanePlan, current: number): LanePlan {
  const others = (going: readonly Going[]): readonly Going[] =>
    going.filter(({ segment }) => segment !== current);
  return { ...plan, warm: others(plan.warm), cold: others(plan.cold) };
}

async function writeLedger({ cold, ledger }: LanePlan, options: RetainOptions): Promise<void> {
  if (cold.length === 0) return;
  const { dir, journal, parse, now, files = nodeFileSystem, breathe = noBreath } = options;
  const written = readLedger(dir, (session) => ledger.has(session), files);
  const lines = ledgerLines({
    reader: journalReader(dir, files),
    parse,
    entriesOf: ledger,
    writtenTo: (session) => written.get(session)?.at(-1)?.to ?? Number.NEGATIVE_INFINITY,
    now,
    breathe,
  });
  await appendToLedger(laneFolder(dir, Number(journal.lane)), lines, files);
}

/** Oldest first: words about content stay as long as what they are about. */
async function reduce(plan: LanePlan, options: RetainOptions, done: Done): Promise<void> {
  const { journal, breathe = noBreath } = options;
  const { reduction } = journal;
  for (const going of plan.warm) {
    mustBeDone(await reduction.thin(going.segment, going), journal);
    done.warm.push(going);
    await breathe();
  }
  for (const going of plan.cold) {
    mustBeDone(await reduction.remove(going.segment, going), journal);
    done.cold.push(going);
    await breathe();
  }
}

function mustBeDone(isDone: boolean, journal: Journal): void {
  if (isDone) return;
  throw journal.health().failure ?? new Error(`lane ${journal.lane} could not be reduced`);
}
