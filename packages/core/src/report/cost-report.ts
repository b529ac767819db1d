import type { Span } from "../run-tree/span.ts";
import type { CostReport } from "./report.ts";

/**
 * What a span cost by our prices, in US dollars: a model call what it cost, a turn what it used beyond the calls that were seen. Null where that is
 * unknown, and for all other spans. Asked once a span and figure, so it should be cheap.
 */
export type CostOf = (span: Span) => number | null;

/** What a report needs beyond the record. */
export interface ReportOptions {
  /** Default: nothing has a price. */
  readonly cost?: CostOf | undefined;
}

export const unpriced: CostOf = () => null;

/** What has no price is counted, and its cost is unknown, not nothing. */
export function costReport(spans: readonly Span[], cost: CostOf = unpriced): CostReport {
  const amounts = spans.filter(isPriced).map(cost);
  const restAmounts = spans.filter(({ kind }) => kind === "turn").map(cost);
  return {
    usd: sumOf([...amounts, ...restAmounts]),
    reportedUsd: sumOf(spans.map(({ reportedUsd }) => reportedUsd)),
    unpriced: amounts.filter((usd) => usd === null).length,
  };
}

const isPriced = ({ kind }: Span): boolean => kind === "model";

const decimals = 12;

/** Amounts have few decimals, so that many bring back what adding binary fractions blurs. */
export function sumOf(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((usd) => usd !== null);
  if (known.length === 0) return null;
  return Number(known.reduce((sum, usd) => sum + usd, 0).toFixed(decimals));
}
