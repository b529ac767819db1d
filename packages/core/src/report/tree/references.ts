import type { SpanId } from "../../vocabulary/event.ts";
import type { SpanReport } from "../report.ts";

/** The spans that others point at from afar, each with the tag that both ends of the arrow carry. */
export type References = ReadonlyMap<SpanId, string>;

/** Numbered in the order of the spans that are pointed at. */
export function referencesIn(spans: readonly SpanReport[]): References {
  const targets = new Set(spans.flatMap(farCauses(spans)));
  const pointedAt = spans.filter(({ spanId }) => targets.has(spanId));
  return new Map(pointedAt.map(({ spanId }, index) => [spanId, `#${index + 1}`]));
}

/** The causes of a span that are not where the eye looks for them: right above, or the last model call before it on the same branch. */
export function farCauses(spans: readonly SpanReport[]): (span: SpanReport) => readonly SpanId[] {
  const near = new Map<SpanId, SpanId>();
  const lastCallUnder = new Map<SpanId | null, SpanId>();
  for (const { spanId, parentSpanId, kind } of spans) {
    const call = lastCallUnder.get(parentSpanId);
    if (call) near.set(spanId, call);
    if (kind === "model") lastCallUnder.set(parentSpanId, spanId);
  }
  return (span) =>
    causesOf(span).filter(
      (cause) => cause !== span.parentSpanId && cause !== near.get(span.spanId),
    );
}

/** What is handled together has one for each message. Those of a turn are told with the turn. */
function causesOf({ causedBy, kind, links }: SpanReport): readonly SpanId[] {
  const linked = kind === "turn" ? [] : links.filter((link) => link.kind === "cause");
  const all = [...(causedBy === null ? [] : [causedBy]), ...linked.map(({ spanId }) => spanId)];
  return [...new Set(all)];
}
