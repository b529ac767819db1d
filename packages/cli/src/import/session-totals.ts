import { addUsage, type CostReport, type SessionView, type Usage, unknownUsage } from "@spoor/core";
import { type CostSum, type Ledger, nearestNumber, sumUp, type Usd } from "@spoor/core/cost";

/** What sessions used and cost, as far as that is known. */
export interface Totals {
  readonly sessions: number;
  readonly calls: number;
  readonly usage: Usage;
  /** Sessions in which something was used that nobody could count. */
  readonly uncounted: number;
  /** Sessions that are too long to be summed up along the way. */
  readonly unsummed: number;
  /** Calls of which only snapshots of a growing number were seen. */
  readonly unsettled: number;
  /** Spans that lie in no turn that is known: what they hang on was in none of the files. */
  readonly unplaced: number;
  readonly cost: CostReport;
}

/** What sessions used and cost of which none was told. */
export const nothingSpent: Totals = {
  sessions: 0,
  calls: 0,
  usage: unknownUsage,
  uncounted: 0,
  unsummed: 0,
  unsettled: 0,
  unplaced: 0,
  cost: { usd: null, reportedUsd: null, unpriced: 0, unpricedRests: 0 },
};

interface SessionTotals {
  readonly sum: CostSum;
  readonly unsettled: number;
  readonly unplaced: number;
  readonly complete: boolean;
}

/** Sums over sessions, each as it stood when it was last told of. */
export class SessionsTotals {
  readonly #ledgerOf: (view: SessionView) => Ledger;
  readonly #sessions: Map<string, SessionTotals | null> = new Map();

  constructor(ledgerOf: (view: SessionView) => Ledger) {
    this.#ledgerOf = ledgerOf;
  }

  tell(session: string, view: SessionView | null): void {
    this.#sessions.set(session, view && this.#totalsOf(view));
  }

  #totalsOf(view: SessionView): SessionTotals {
    const ledger = this.#ledgerOf(view);
    return {
      sum: sumUp(ledger),
      unsettled: ledger.lines.filter(({ kind, usageFinal }) => kind === "call" && !usageFinal)
        .length,
      unplaced: view.spans.filter(({ turnSpanId }) => turnSpanId === null).length,
      complete: ledger.uncounted.length === 0,
    };
  }

  totals(): Totals {
    const sessions = [...this.#sessions.values()].filter((totals) => totals !== null);
    const sums = sessions.map(({ sum }) => sum);
    const usd = known(sums.map((sum) => sum.usd));
    const reportedUsd = known(sums.map((sum) => sum.reportedUsd));
    return {
      sessions: this.#sessions.size,
      calls: sums.reduce((count, { calls }) => count + calls, 0),
      usage: sums.reduce((total, { usage }) => addUsage(total, usage), unknownUsage),
      uncounted: sessions.filter(({ complete }) => !complete).length,
      unsummed: this.#sessions.size - sessions.length,
      unsettled: sessions.reduce((count, { unsettled }) => count + unsettled, 0),
      unplaced: sessions.reduce((count, { unplaced }) => count + unplaced, 0),
      cost: {
        usd: usd === null ? null : nearestNumber(usd),
        reportedUsd: reportedUsd === null ? null : nearestNumber(reportedUsd),
        unpriced: sums.reduce((count, { unknownCalls }) => count + unknownCalls, 0),
        unpricedRests: sums.reduce((count, { unknownRests }) => count + unknownRests, 0),
      },
    };
  }
}

/** What is unknown is left out; null where nothing is known. */
function known(amounts: readonly (Usd | null)[]): Usd | null {
  let total: Usd | null = null;
  for (const amount of amounts) if (amount !== null) total = (total ?? 0n) + amount;
  return total;
}
