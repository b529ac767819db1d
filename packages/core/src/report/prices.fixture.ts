import type { CostOf } from "./cost-report.ts";
import { statedUsd } from "./usd.ts";

/** Every model call costs so many dollars. */
export const everyCall = (dollars: number): CostOf =>
  costsBy(({ kind }) => (kind === "model" ? dollars : undefined));

/** What costs so many dollars, and what is unknown (null); undefined: nothing to pay. */
export function costsBy(
  dollarsOf: (span: Parameters<CostOf>[0]) => number | null | undefined,
): CostOf {
  return (span) => {
    const dollars = dollarsOf(span);
    return { usd: dollars == null ? null : statedUsd(dollars), unpriced: dollars === null ? 1 : 0 };
  };
}
