import { numberOf, type SpanCost } from "../report/cost-report.ts";
import { plus, type Usd } from "../report/usd.ts";

/** A sum of costs. Null is nothing so far; not whole: something in it has no price. */
export interface CostSoFar {
  readonly known: Usd | null;
  readonly isWhole: boolean;
}

export const noCost: CostSoFar = { known: null, isWhole: true };

export const joined = (one: CostSoFar, other: CostSoFar): CostSoFar => ({
  known: plus(one.known, other.known),
  isWhole: one.isWhole && other.isWhole,
});

/** Null: nobody has prices. */
export const costOfOne = (cost: SpanCost | null): CostSoFar => ({
  known: cost?.usd ?? null,
  isWhole: cost?.unpriced === 0,
});

/** In dollars, where all of it is known. */
export const wholeUsd = ({ known, isWhole }: CostSoFar): number | null =>
  isWhole ? numberOf(known) : null;
