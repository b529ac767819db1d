import type { Span } from "../run-tree/span.ts";
import { metersOf, totalsOf } from "./rest.ts";

/**
 * In which calls and turns something was used that nobody could count: calls of which no final figure was seen, and that no counter covers which
 * somebody read; and turns whose counters were only estimated.
 */
export function uncountedIn(spans: readonly Span[]): readonly Span[] {
  const turns = spans.filter(({ kind }) => kind === "turn");
  const read = new Set(turns.flatMap(totalsOf).flatMap(({ meter }) => meter ?? []));
  const counting = new Set(turns.filter(reportsUsage).map(({ turnSpanId }) => turnSpanId));
  const isCounted = (call: Span): boolean => {
    const meters = metersOf(call);
    if (meters.size > 0) return [...meters].some((meter) => read.has(meter));
    return call.turnSpanId !== null && counting.has(call.turnSpanId);
  };
  return spans.filter((span) =>
    span.kind === "model" ? !span.usageFinal && !isCounted(span) : !span.totalsFinal,
  );
}

const reportsUsage = ({ marks }: Span): boolean =>
  marks.some(({ type }) => type === "usage.reported");
