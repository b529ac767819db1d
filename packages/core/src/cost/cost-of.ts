import type { CostOf, SpanCost } from "../report/cost-report.ts";
import { sumOf } from "../report/usd.ts";
import type { SessionView } from "../run-tree/run-tree.ts";
import type { SpanId } from "../vocabulary/event.ts";
import type { Cost } from "./price-call.ts";
import { coveredCalls } from "./rest.ts";
import { callCost, type Pricing, restCosts } from "./span-cost.ts";

/**
 * What the spans of a session cost, for its report: a model call what it cost, a turn what it used beyond the calls that were seen. They add up
 * to what `spoor cost` says, and as many of them are unknown. Worked out once.
 */
export function costOf({ spans }: SessionView, pricing: Pricing): CostOf {
  const covered = coveredCalls(spans);
  const costs = new Map<SpanId, SpanCost>();
  for (const span of spans) {
    if (span.kind === "model") costs.set(span.spanId, sumUp([callCost(span, pricing)]));
    if (span.kind === "turn") costs.set(span.spanId, sumUp(restCosts(span, covered, pricing)));
  }
  return ({ spanId }) => costs.get(spanId) ?? nothing;
}

const nothing: SpanCost = { usd: null, unpriced: 0 };

function sumUp(priced: readonly { readonly cost: Cost }[]): SpanCost {
  const amounts = priced.map(({ cost }) => cost.usd);
  return { usd: sumOf(amounts), unpriced: amounts.filter((usd) => usd === null).length };
}
