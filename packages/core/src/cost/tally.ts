import { addUsage, type Usage, unknownUsage } from "../vocabulary/usage.ts";
import type { Ledger, LedgerLine, ReportedLine } from "./ledger.ts";
import { dayOf } from "./prices/price.ts";
import { plus, type Usd } from "./prices/usd.ts";

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
  /** Null where the framework says nothing, or does not say it of these lines. */
  readonly reportedUsd: Usd | null;
  /** Computed less reported; null unless both are known in full. */
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
  let complete = true;
  return {
    add(ledger) {
      complete &&= ledger.complete;
      for (const line of ledger.lines) {
        total.add(line);
        groupOf(keyOf(line, by)).add(line);
      }
      for (const line of ledger.reported) {
        total.addReported(line);
        if (isReportedBy(by)) groupOf(line[by]).addReported(line);
      }
    },
    sums: () => ({
      by,
      groups: [...groups]
        .map(([key, group]): CostGroup => ({ key, ...group.sum(complete) }))
        .toSorted(dearestFirst),
      total: total.sum(complete),
      complete,
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
export function sumUp({ lines, reported, complete }: Ledger): CostSum {
  const summing = new Summing();
  for (const line of lines) summing.add(line);
  for (const line of reported) summing.addReported(line);
  return summing.sum(complete);
}

/** Frameworks report the cost of turns, some of models: not of an agent, a tool, or of the day on which a call of a long turn was made. */
const isReportedBy = (by: CostKey): by is "user" | "feature" | "session" | "model" =>
  by === "user" || by === "feature" || by === "session" || by === "model";

function keyOf(line: LedgerLine, by: CostKey): string | null {
  if (by !== "day") return line[by];
  return line.at === null || Number.isNaN(new Date(line.at).getTime()) ? null : dayOf(line.at);
}

class Summing {
  #usd: Usd | null = null;
  #unattributedUsd: Usd | null = null;
  #reportedUsd: Usd | null = null;
  #calls = 0;
  #unknownCalls = 0;
  #unknownRests = 0;
  #usage = unknownUsage;
  readonly #reasons: Map<string, number> = new Map();
  readonly #assumed: Map<string, number> = new Map();
  readonly #prices: Map<string, number> = new Map();

  add({ kind, cost, usage }: LedgerLine): void {
    const isKnown = cost.usd !== null;
    this.#usd = plus(this.#usd, cost.usd);
    this.#usage = addUsage(this.#usage, usage ?? unknownUsage);
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

  sum(complete: boolean): CostSum {
    const [usd, reportedUsd] = [this.#usd, this.#reportedUsd];
    const isWhole = complete && this.#reasons.size === 0 && usd !== null && reportedUsd !== null;
    return {
      usd,
      calls: this.#calls,
      unknownCalls: this.#unknownCalls,
      unattributedUsd: this.#unattributedUsd,
      unknownRests: this.#unknownRests,
      usage: this.#usage,
      reportedUsd,
      difference: isWhole ? usd - reportedUsd : null,
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
