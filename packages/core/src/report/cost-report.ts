import type { Span } from "../run-tree/span.ts";
import type { CostReport } from "./report.ts";
import { nearestNumber, statedUsd, sumOf, type Usd } from "./usd.ts";

/** What one span cost by our prices, as far as that is known. */
export interface SpanCost {
  /** Exactly, and where some of it is unknown, of the rest. Null where nothing is known, and where there is nothing to pay. */
  readonly usd: Usd | null;
  /** How many of its amounts are unknown: of a model call at most one, of a turn one for each model that nobody has a price of. */
  readonly unpriced: number;
}

/**
 * What a span cost: a model call what it cost, a turn what it used beyond the calls that were seen, and all other spans nothing. Asked once a span
 * and figure, so it should be cheap.
 */
export type CostOf = (span: Span) => SpanCost;

/** What a report needs beyond the record. */
export interface ReportOptions {
  /** Default: nothing has a price. */
  readonly cost?: CostOf | undefined;
}

/** Where nobody has prices, all that was used is unknown. */
export const withoutPrices: CostOf = ({ kind, unattributed }) => {
  const isRest = kind === "turn" && Object.values(unattributed ?? {}).some(Boolean);
  return { usd: null, unpriced: kind === "model" || isRest ? 1 : 0 };
};

/** What has no price is counted, and its cost is unknown, not nothing. */
export function costReport(spans: readonly Span[], cost: CostOf = withoutPrices): CostReport {
  const calls = spans.filter(({ kind }) => kind === "model").map(cost);
  const rests = spans.filter(({ kind }) => kind === "turn").map(cost);
  return {
    usd: numberOf(sumOf([...calls, ...rests].map(({ usd }) => usd))),
    reportedUsd: sumOfStated(spans.map(({ reportedUsd }) => reportedUsd)),
    unpriced: unpricedIn(calls),
    unpricedRests: unpricedIn(rests),
  };
}

/** Stretches of a session as one. An amount of each that was rounded to the nearest number stays so. */
export function costReportOf(parts: readonly CostReport[]): CostReport {
  return {
    usd: sumOfStated(parts.map(({ usd }) => usd)),
    reportedUsd: sumOfStated(parts.map(({ reportedUsd }) => reportedUsd)),
    unpriced: parts.reduce((count, { unpriced }) => count + unpriced, 0),
    unpricedRests: parts.reduce((count, { unpricedRests }) => count + unpricedRests, 0),
  };
}

const sumOfStated = (amounts: readonly (number | null)[]): number | null =>
  numberOf(sumOf(amounts.map((usd) => (usd === null ? null : statedUsd(usd)))));

/** For those who count no further than numbers do. */
export const numberOf = (usd: Usd | null): number | null =>
  usd === null ? null : nearestNumber(usd);

const unpricedIn = (costs: readonly SpanCost[]): number =>
  costs.reduce((count, { unpriced }) => count + unpriced, 0);
