import type { SpanId } from "../../vocabulary/event.ts";
import type { SpanReport } from "../report.ts";

/** The spans that others point at from afar, each with the tag that both ends of the arrow carry. */
export type References = ReadonlyMap<SpanId, string>;

/** Numbered in the order of the spans that are pointed at. */
export function referencesIn(spans: readonly SpanReport[]): References {
  const targets = new Set(spans.filter(isFarFrom(spans)).map(({ causedBy }) => causedBy));
  const pointedAt = spans.filter(({ spanId }) => targets.has(spanId));
  return new Map(pointedAt.map(({ spanId }, index) => [spanId, `#${index + 1}`]));
}

/** Whether a span's cause is not where the eye looks for it: right above, or the last model call before it on the same branch. */
export function isFarFrom(spans: readonly SpanReport[]): (span: SpanReport) => boolean {
  const near = new Map<SpanId, SpanId>();
  const lastCallUnder = new Map<SpanId | null, SpanId>();
  for (const { spanId, parentSpanId, kind } of spans) {
    const call = lastCallUnder.get(parentSpanId);
    if (call) near.set(spanId, call);
    if (kind === "model") lastCallUnder.set(parentSpanId, spanId);
  }
  return ({ spanId, parentSpanId, causedBy }) =>
    causedBy !== null && causedBy !== parentSpanId && causedBy !== near.get(spanId);
}
