import {
  type Carrier,
  parseTraceparent,
  type SpanContext,
  writeCarrier,
} from "../vocabulary/carrier.ts";

/**
 * What a span sends on. In the trace of the carrier that came it keeps that one's flags and tracestate, as W3C demands of who continues a
 * trace; in a trace of its own nothing of it. Where the span is not known yet, what came goes on as it is.
 */
export function continueCarrier(received: Carrier | null, span: SpanContext): Carrier;
export function continueCarrier(received: Carrier | null, span: SpanContext | null): Carrier | null;
export function continueCarrier(
  received: Carrier | null,
  span: SpanContext | null,
): Carrier | null {
  if (!span) return received;
  const context = received ? parseTraceparent(received.traceparent) : "malformed";
  if (typeof context === "string" || context.traceId !== span.traceId) return writeCarrier(span);
  const { tracestate } = received ?? {};
  return {
    ...writeCarrier({ ...context, spanId: span.spanId }),
    ...(tracestate === undefined ? {} : { tracestate }),
  };
}
