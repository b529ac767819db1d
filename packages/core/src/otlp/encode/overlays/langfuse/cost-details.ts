import type { SpanPrice } from "../../../../cost/span-price.ts";
import type { ContentReader } from "../../../../journal/content.ts";
import { nearestNumber } from "../../../../report/usd.ts";
import type { Span } from "../../../../run-tree/span.ts";
import type { Observation } from "./observation.ts";

export interface Pricing {
  /** Null: nothing is priced here, and Langfuse prices the models that it knows. */
  readonly price?: SpanPrice | null;
  /** Terms of a price are content. */
  readonly content?: ContentReader | null;
}

/** What a span cost, as Langfuse adds it up: nothing stands for what nobody here has a price of. */
export function costDetailsOf(span: Span, { price, content }: Pricing): Observation["costDetails"] {
  const usd = price?.(span, content ?? null).usd ?? null;
  return usd === null ? null : { total: nearestNumber(usd) };
}
