import type { CostOf } from "../report/cost-report.ts";
import type { SessionView } from "../run-tree/run-tree.ts";
import type { SpanId } from "../vocabulary/event.ts";
import { callsByMeter } from "./rest.ts";
import { callCost, type Pricing, restCosts } from "./span-cost.ts";
import { nearestNumber, sumOf, type Usd } from "./prices/usd.ts";

/**
 * What the spans of a session cost, for its report: a model call what it cost, a turn what it used beyond the calls that were seen, as far as
 * that is known: so they add up to what `spoor cost` says. Null where nothing is known, and for all other spans. Worked out once.
 */
export function costOf({ spans }: SessionView, pricing: Pricing): CostOf {
  const calls = spans.filter(({ kind }) => kind === "model");
  const byMeter = callsByMeter(calls);
  const costs = new Map<SpanId, Usd | null>();
  for (const span of spans) {
    if (span.kind === "model") costs.set(span.spanId, callCost(span, pricing).cost.usd);
    if (span.kind !== "turn") continue;
    const rests = restCosts(span, byMeter, pricing);
    costs.set(span.spanId, sumOf(rests.map(({ cost }) => cost.usd)));
  }
  return ({ spanId }) => {
    const usd = costs.get(spanId) ?? null;
    return usd === null ? null : nearestNumber(usd);
  };
}
