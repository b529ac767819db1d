import type { Span } from "../../run-tree/span.ts";
import { text } from "../wire/key-value.ts";
import type { OtlpLink } from "../wire/otlp.ts";
import { names, ownNames } from "./conventions.ts";

/**
 * What a span belongs with besides its parent. One that leads to the parent says so: an activation that goes on from its turn's first has both, and
 * Jaeger, which keeps one reference to a span, takes a link for what merely follows.
 */
export function spanLinksOf({ links, traceId, parentSpanId }: Span): readonly OtlpLink[] {
  return links.map((link) => ({
    traceId: link.traceId,
    spanId: link.spanId,
    attributes: [
      ...text(ownNames.linkKind, link.kind),
      ...(link.traceId === traceId && link.spanId === parentSpanId
        ? text(names.openTracingReference, "child_of")
        : []),
    ],
  }));
}
