import type { SpanId, TraceId } from "./ids.ts";

/** W3C trace context that came from outside: header, envelope, checkpoint metadata, active OTel span. */
export interface Carrier {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** Where a span stands: what carriers carry and what user code's own spans hang on. */
export interface SpanContext {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
}

const traceparent =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}/;

/** Null where the text is no valid `traceparent`: an unreadable parent is an unknown one. */
export function readCarrier(carrier: Carrier): SpanContext | null {
  const found = traceparent.exec(carrier.traceparent);
  return found ? { traceId: found[1] as TraceId, spanId: found[2] as SpanId } : null;
}

/** Sampled, and without the random flag, because a derived trace id is not random. */
export function writeCarrier(context: SpanContext): Carrier {
  return { traceparent: `00-${context.traceId}-${context.spanId}-01` };
}
