import { extract } from "../../carriers/extract.ts";
import type { Carrier } from "../../vocabulary/carrier.ts";
import { activeContext, type OtelSpanContext, spanIn } from "./open-telemetry.ts";

/**
 * The span of the application's own OpenTelemetry that is active where this is called, with its flags and its tracestate. Null where none is, and
 * where no OpenTelemetry is set up. Never throws.
 */
export function activeOpenTelemetrySpan(): Carrier | null {
  try {
    const active = activeContext();
    const span = active ? spanIn(active) : null;
    return span ? carrierOf(span.spanContext()) : null;
  } catch {
    return null;
  }
}

/** Null for the ids of no span. */
function carrierOf(context: OtelSpanContext): Carrier | null {
  const { traceId, spanId, traceFlags, traceState } = context;
  const flags = (traceFlags & 0xff).toString(16).padStart(2, "0");
  return extract({
    traceparent: `00-${traceId}-${spanId}-${flags}`,
    ...(traceState ? { tracestate: traceState.serialize() } : {}),
  }).carrier;
}
