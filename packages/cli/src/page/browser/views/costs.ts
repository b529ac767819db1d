import type { CostReport } from "@spoor/core";
import { dollarsText } from "../figures.ts";

/** By our prices, else by what the framework says; a plus where some calls have no price, a question mark where nobody knows. */
export function costText({ usd, reportedUsd, unpriced }: CostReport): string {
  if (usd !== null) return `${dollarsText(usd)}${unpriced > 0 ? "+" : ""}`;
  return reportedUsd === null ? "?" : dollarsText(reportedUsd);
}

/** What a figure rests on, in words. */
export function costSource({ usd, reportedUsd, unpriced }: CostReport): string {
  if (usd === null) return reportedUsd === null ? "cost unknown" : "as the framework reports it";
  return unpriced > 0 ? `by list prices, ${unpriced} calls without one` : "by list prices";
}

/** What the framework says, where we have a price of our own to stand beside it; else empty. */
export const reportedText = ({ usd, reportedUsd }: CostReport): string =>
  usd === null || reportedUsd === null ? "" : dollarsText(reportedUsd);
