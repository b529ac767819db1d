import { callCost } from "./span-cost.ts";
import type { PriceBook } from "./prices/price-book.ts";
import type { ContentReader } from "../journal/content.ts";
import type { SpanCost } from "../report/cost-report.ts";
import type { Span } from "../run-tree/span.ts";

/**
 * What a span cost: as `CostOf` of a report, which is one of these, asked of model calls and turns alone. `content` is null where the route keeps
 * it back; terms of a price are content.
 */
export type SpanPrice = (span: Span, content: ContentReader | null) => SpanCost;

const noContent: ContentReader = {
  read: () => ({ kind: "missing" }),
  messages: () => null,
};

/**
 * Prices each model call by a price book. What a turn used beyond the calls that were seen counts as unpriced: whose it was shows only over the
 * whole session, which `spoor cost` looks at.
 */
export function pricesFrom(book: PriceBook): SpanPrice {
  return (span, content) => {
    if (span.kind === "model") {
      const { usd } = callCost(span, { book, content: content ?? noContent }).cost;
      return { usd, unpriced: usd === null ? 1 : 0 };
    }
    const isRest = span.kind === "turn" && Object.values(span.unattributed ?? {}).some(Boolean);
    return { usd: null, unpriced: isRest ? 1 : 0 };
  };
}
