import type { Span } from "../run-tree/span.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { TraceId } from "../vocabulary/event.ts";
import type { UnsampledPolicy } from "./exporter.ts";

/** Whether a span goes to an exporter. */
export type Admits = (span: Span) => boolean;

export interface Sampling {
  /** 0 to 1. */
  readonly share: number;
  readonly keepErrors: boolean;
  readonly unsampled: UnsampledPolicy;
}

const digits = 14;
const values = 16 ** digits;
const rememberedErrors = 10_000;

/** What its own share leaves out, and what others decided about a trace that they began: that holds for errors too. */
export function admitting({ unsampled, ...own }: Sampling): Admits {
  const admits = admittingShare(own);
  if (unsampled === "send") return admits;
  return (span) => span.unsampled !== true && admits(span);
}

/** By the last 56 bits of the trace id, as OpenTelemetry's own samplers do, so that all who see a trace decide alike. */
export const isInShare = (traceId: TraceId, share: number): boolean =>
  share >= 1 ||
  // The highest of these numbers are rounded up to the whole.
  (share > 0 && Number.parseInt(traceId.slice(-digits), 16) / values >= 1 - share);

/** Where errors are kept, what failed in a trace that is left out goes all the same, and the spans that it happened in, as far as they leave after it. */
function admittingShare({ share, keepErrors }: Omit<Sampling, "unsampled">): Admits {
  if (share >= 1) return () => true;
  if (!keepErrors) return ({ traceId }) => isInShare(traceId, share);
  const around: BoundedMap<string, true> = new BoundedMap(rememberedErrors);
  return ({ traceId, spanId, parentSpanId, errorType }) => {
    if (isInShare(traceId, share)) return true;
    if (errorType === null && !around.has(spanId)) return false;
    if (parentSpanId !== null) around.set(parentSpanId, true);
    return true;
  };
}
