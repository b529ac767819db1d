import { addUsage, type Usage, unknownUsage } from "../vocabulary/usage.ts";
import type { Ledger, LedgerLine, ReportedLine } from "./ledger.ts";
import { dayOf } from "./prices/price.ts";
import { plus, type Usd } from "../report/usd.ts";

export const costKeys = ["user", "feature", "model", "session", "agent", "tool", "day"] as const;
/** What costs can be summed up by. */
export type CostKey = (typeof costKeys)[number];

/** How many lines rest on something that was said in words. */
export interface Said {
  readonly words: string;
  readonly lines: number;
}

/** Sums over lines. What is unknown is left out of them and counted beside them. */
export interface CostSum {
  /** Null where no line is known. */
  readonly usd: Usd | null;
  /** Model calls, each once. */
  readonly calls: number;
  readonly unknownCalls: number;
  /** What turns used beyond the calls that were seen: a part of `usd`. Signed; null where there is none. */
  readonly unattributedUsd: Usd | null;
  readonly unknownRests: number;
  readonly usage: Usage;
  /** Calls and rests. */
  readonly lines: number;
  /** Null where the framework says nothing, or does not say it of these lines. */
  readonly reportedUsd: Usd | null;
  /** How many of the lines that amount holds. */
  readonly reportedLines: number;
  /** Computed less reported, of those lines alone; null unless both are known in full. */
  readonly difference: Usd | null;
  /** Why lines are unknown, most of them first; and what the known ones take for granted. */
  readonly reasons: readonly Said[];
  readonly assumed: readonly Said[];
  /** Whose prices the known ones are. */
  readonly prices: readonly Said[];
}

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

/** What the lines of a ledger come to. */
export function sumUp(ledger: Ledger): CostSum {
  const summing = new Summing();
  for (const line of ledger.lines) summing.add(line, line.reported !== null);
  for (const line of ledger.reported) summing.addReported(line);
  return summing.sum(ledger.isComparable);
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

class Summing {
  #usd: Usd | null = null;
  #unattributedUsd: Usd | null = null;
  #reportedUsd: Usd | null = null;
  /** Of the lines that are reported, as far as they are known. */
  #comparedUsd: Usd | null = null;
  #reportedLines = 0;
  #unknownReported = 0;
  #lines = 0;
  #calls = 0;
  #unknownCalls = 0;
  #unknownRests = 0;
  #usage = unknownUsage;
  readonly #reasons: Map<string, number> = new Map();
  readonly #assumed: Map<string, number> = new Map();
  readonly #prices: Map<string, number> = new Map();

  add({ kind, cost, usage }: LedgerLine, isReported: boolean): void {
    const isKnown = cost.usd !== null;
    if (isReported) {
      this.#reportedLines += 1;
      this.#comparedUsd = plus(this.#comparedUsd, cost.usd);
      if (!isKnown) this.#unknownReported += 1;
    }
    this.#usd = plus(this.#usd, cost.usd);
    this.#usage = addUsage(this.#usage, usage ?? unknownUsage);
    this.#lines += 1;
    if (kind === "call") {
      this.#calls += 1;
      if (!isKnown) this.#unknownCalls += 1;
    } else {
      this.#unattributedUsd = plus(this.#unattributedUsd, cost.usd);
      if (!isKnown) this.#unknownRests += 1;
    }
    if (cost.usd === null) {
      count(this.#reasons, cost.unknown);
      return;
    }
    count(this.#prices, `${cost.price.from} (${cost.price.source})`);
    for (const assumption of cost.assumed) count(this.#assumed, assumption);
  }

  addReported({ usd }: ReportedLine): void {
    this.#reportedUsd = plus(this.#reportedUsd, usd);
  }

  sum(isComparable: boolean): CostSum {
    const [computed, reportedUsd] = [this.#comparedUsd, this.#reportedUsd];
    const isWhole = isComparable && this.#unknownReported === 0;
    return {
      usd: this.#usd,
      lines: this.#lines,
      calls: this.#calls,
      unknownCalls: this.#unknownCalls,
      unattributedUsd: this.#unattributedUsd,
      unknownRests: this.#unknownRests,
      usage: this.#usage,
      reportedUsd,
      reportedLines: this.#reportedLines,
      difference:
        isWhole && computed !== null && reportedUsd !== null ? computed - reportedUsd : null,
      reasons: mostFirst(this.#reasons),
      assumed: mostFirst(this.#assumed),
      prices: mostFirst(this.#prices),
    };
  }
}

function count(counted: Map<string, number>, words: string): void {
  counted.set(words, (counted.get(words) ?? 0) + 1);
}

const mostFirst = (counted: ReadonlyMap<string, number>): readonly Said[] =>
  [...counted]
    .map(([words, lines]) => ({ words, lines }))
    .toSorted((left, right) => right.lines - left.lines || compare(left.words, right.words));

function dearestFirst(left: CostGroup, right: CostGroup): number {
  const [a, b] = [left.usd ?? -1n, right.usd ?? -1n];
  if (a !== b) return a < b ? 1 : -1;
  return compare(left.key ?? "", right.key ?? "");
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
