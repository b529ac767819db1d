import type { Span } from "../run-tree/span.ts";
import type { CostReport } from "./report.ts";

/** Nothing is priced here, so each call counts as unpriced and the price is unknown. */
export function costReport(spans: readonly Span[]): CostReport {
  const reported = spans.flatMap(({ reportedUsd }) => reportedUsd ?? []);
  return {
    usd: null,
    reportedUsd: reported.length === 0 ? null : reported.reduce((sum, usd) => sum + usd, 0),
    unpriced: spans.filter(({ kind }) => kind === "model").length,
  };
}
