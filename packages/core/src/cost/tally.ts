import { compareText } from "./compare-text.ts";
import { type CostSum, Summing } from "./cost-sum.ts";
import type { Ledger, LedgerLine, ReportedLine } from "./ledger.ts";
import { dayOf } from "./prices/price.ts";

export const costKeys = ["user", "feature", "model", "session", "agent", "tool", "day"] as const;
/** What costs can be summed up by. */
export type CostKey = (typeof costKeys)[number];

/** The null key: lines of which it is not known, or that have none. */
export interface CostGroup extends CostSum {
  readonly key: string | null;
}

export interface CostSums {
  readonly by: CostKey;
  /** The dearest first. */
  readonly groups: readonly CostGroup[];
  readonly total: CostSum;
  /** False when something was used that nobody could count. */
  readonly complete: boolean;
  /** How many lines are left out, because only some span of time counts and nobody knows when they were made. */
  readonly timeless: number;
}

/** Adds up ledgers one after the other, and keeps sums alone. */
export interface CostTally {
  add(ledger: Ledger): void;
  sums(): CostSums;
}

/** Every line is in exactly one group, so the groups add up to the total, whatever they are grouped by. */
export function costTally(by: CostKey): CostTally {
  const total = new Summing();
  const groups = new Map<string | null, Summing>();
  const groupOf = (key: string | null): Summing => {
    const known = groups.get(key);
    if (known) return known;
    const begun = new Summing();
    groups.set(key, begun);
    return begun;
  };
  const isTold = isReportedBy(by);
  let [complete, isComparable, timeless] = [true, true, 0];
  return {
    add(ledger) {
      for (const line of ledger.lines) {
        total.add(line, line.reported !== null);
        groupOf(keyOf(line, by)).add(line, isReportedIn(line, by));
      }
      for (const line of ledger.reported) {
        total.addReported(line);
        if (isTold && !isOfNoModel(line, by)) groupOf(line[by]).addReported(line);
      }
      complete &&= ledger.uncounted.length === 0;
      isComparable &&= ledger.isComparable;
      timeless += ledger.timeless;
    },
    sums: () => ({
      by,
      groups: [...groups]
        .map(([key, group]): CostGroup => ({ key, ...group.sum(isComparable) }))
        .toSorted(dearestFirst),
      total: total.sum(isComparable),
      complete,
      timeless,
    }),
  };
}

/** One ledger, summed up. */
export function rollUp(ledger: Ledger, by: CostKey): CostSums {
  const tally = costTally(by);
  tally.add(ledger);
  return tally.sums();
}

/** Frameworks report the cost of turns, some of models: not of an agent, a tool, or of the day on which a call of a long turn was made. */
const isReportedBy = (by: CostKey): by is "user" | "feature" | "session" | "model" =>
  by === "user" || by === "feature" || by === "session" || by === "model";

/** Where only the cost of all models together is reported, it is compared with no one's. */
const isReportedIn = ({ reported }: LedgerLine, by: CostKey): boolean =>
  isReportedBy(by) && reported !== null && (by !== "model" || reported.byModel);

const isOfNoModel = ({ model }: ReportedLine, by: CostKey): boolean =>
  by === "model" && model === null;

function keyOf(line: LedgerLine, by: CostKey): string | null {
  if (by !== "day") return line[by];
  return line.at === null || Number.isNaN(new Date(line.at).getTime()) ? null : dayOf(line.at);
}

function dearestFirst(left: CostGroup, right: CostGroup): number {
  const [a, b] = [left.usd ?? -1n, right.usd ?? -1n];
  if (a !== b) return a < b ? 1 : -1;
  return compareText(left.key ?? "", right.key ?? "");
}
