import { addUsage, type Usage, unknownUsage } from "../vocabulary/usage.ts";
import { compareText } from "./compare-text.ts";
import type { Ledger, LedgerLine, ReportedLine } from "./ledger.ts";
import { plus, type Usd } from "../report/usd.ts";

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

/** What the lines of a ledger come to. */
export function sumUp(ledger: Ledger): CostSum {
  const summing = new Summing();
  for (const line of ledger.lines) summing.add(line, line.reported !== null);
  for (const line of ledger.reported) summing.addReported(line);
  return summing.sum(ledger.isComparable);
}

/** A sum while it grows. */
export class Summing {
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

  /** `isReported`: the amounts that are added hold this line as well. */
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

  /** `isComparable`: of all ledgers whose lines these are. */
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
    .toSorted((left, right) => right.lines - left.lines || compareText(left.words, right.words));
