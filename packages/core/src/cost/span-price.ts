import { callCost } from "./span-cost.ts";
import { priceCall } from "./price-call.ts";
import type { PriceBook } from "./prices/price-book.ts";
import { totalsOf } from "./rest.ts";
import type { ContentReader } from "../journal/content.ts";
import type { SpanCost } from "../report/cost-report.ts";
import type { Usd } from "../report/usd.ts";
import type { Span } from "../run-tree/span.ts";

/**
 * What a span cost: as `CostOf` of a report, which is one of these, asked of model calls and turns alone. `content` is null where the route keeps
 * it back; terms of a price are content.
 */
export type SpanPrice = (span: Span, content: ContentReader | null) => SpanCost;

const noContent: ContentReader = {
  read: () => ({ kind: "missing" }),
  sizeOf: () => 0,
  messages: () => null,
};

/**
 * Prices each model call by a price book, and what a turn used beyond the calls that were seen on standard terms, where all its totals are of one
 * model. Else that rest counts as unpriced: how it divides, and on which terms it was had, shows only over the whole session, which `spoor cost`
 * looks at.
 */
export function pricesFrom(book: PriceBook): SpanPrice {
  return (span, content) => {
    if (span.kind === "model")
      return priced(callCost(span, { book, content: content ?? noContent }).cost.usd);
    const isRest = span.kind === "turn" && countsIn(span).some((tokens) => tokens !== 0);
    return isRest ? priced(restUsd(span, book)) : { usd: null, unpriced: 0 };
  };
}

const priced = (usd: Usd | null): SpanCost => ({ usd, unpriced: usd === null ? 1 : 0 });

/** Less than nothing is made good by another turn, so it is no price of this one. */
function restUsd(turn: Span, book: PriceBook): Usd | null {
  const [model = null, ...others] = new Set(totalsOf(turn).map((total) => total.model ?? null));
  const isBelowNothing = countsIn(turn).some((tokens) => tokens < 0);
  if (model === null || others.length > 0 || isBelowNothing) return null;
  const at = turn.startedAt ?? turn.endedAt;
  const { unattributed: usage } = turn;
  return priceCall({ model, provider: null, at, usage, besides: [] }, book).usd;
}

const countsIn = ({ unattributed }: Span): readonly number[] =>
  Object.values(unattributed ?? {}).filter((tokens) => typeof tokens === "number");
