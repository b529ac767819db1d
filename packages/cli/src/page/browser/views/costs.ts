import type { CostReport } from "@spoor/core";
import { costText, countText, dollarsText } from "@spoor/core/report/text";

/** By our prices, else by what the framework says; a question mark where nobody knows, nothing where there is nothing to pay. */
export function paidText(cost: CostReport, isCounted: boolean): string {
  const { usd, reportedUsd } = cost;
  if (usd !== null) return costText(cost, isCounted);
  if (reportedUsd !== null) return dollarsText(reportedUsd);
  return isNothing(cost) ? "" : "?";
}

/** What a figure rests on, in words. */
export function costSource(cost: CostReport): string {
  const { usd, reportedUsd } = cost;
  if (usd === null) return reportedUsd === null ? "cost unknown" : "as the framework reports it";
  const missing = unpricedText(cost);
  return missing === "" ? "by list prices" : `by list prices, ${missing} without one`;
}

/** Both on one line; empty where there is nothing to pay. */
export const paidFact = (cost: CostReport, isCounted: boolean): string =>
  isNothing(cost) ? "" : `${paidText(cost, isCounted)}  ${costSource(cost)}`;

/** What the sum lacks, such as `2 calls and 1 rest`; empty where it is whole. */
export function unpricedText({ unpriced, unpricedRests }: CostReport): string {
  return [
    ...(unpriced > 0 ? [countText(unpriced, "call")] : []),
    ...(unpricedRests > 0 ? [countText(unpricedRests, "rest")] : []),
  ].join(" and ");
}

/** What the framework says, where we have a price of our own to stand beside it; else empty. */
export const reportedText = ({ usd, reportedUsd }: CostReport): string =>
  usd === null || reportedUsd === null ? "" : dollarsText(reportedUsd);

export const isNothing = ({ usd, reportedUsd, unpriced, unpricedRests }: CostReport): boolean =>
  usd === null && reportedUsd === null && unpriced + unpricedRests === 0;
