import { recordedIn } from "../../recorder/recorded-context.ts";
import { readCarrier, type SpanContext } from "../../vocabulary/carrier.ts";
import { activeOpenTelemetrySpan } from "../bridge/active-span.ts";
import { type CurrentSpan, currentSpans } from "../bridge/current-span.ts";
import { recordedWithin } from "../bridge/nearest.ts";
import { activeContext } from "../bridge/open-telemetry.ts";

/** What ties a line of an application's own log to what is recorded. What is not known is absent. */
export interface LogFields {
  readonly trace_id?: string;
  /** Of the nearest span: of recorded work, or one that the application's own OpenTelemetry started inside it. */
  readonly span_id?: string;
  /** By which `spoor show` finds it. */
  readonly session_id?: string;
  /** The span of the turn's first activation: `turnId` in `spoor show --json`. */
  readonly turn_id?: string;
}

/**
 * For a logger to add to each line: where the code runs that logs. Give it what knows where recorded work runs, inner ones first: the handler of an
 * adapter, the observer. Empty outside of recorded work. Never throws. A new object each time: loggers write into what they are given.
 */
export function logFields(...knowing: readonly CurrentSpan[]): LogFields {
  const [innermost, ...others] = currentSpans(knowing);
  if (!innermost) return {};
  try {
    return fieldsIn([innermost, ...others]);
  } catch {
    return fieldsOf(innermost, innermost);
  }
}

/** Only a span that the application made active inside recorded work is nearer than the work. */
function fieldsIn(current: readonly [SpanContext, ...SpanContext[]]): LogFields {
  const active = activeContext();
  const recorded = active ? recordedWithin(active, current) : current[0];
  if (recorded) return fieldsOf(recorded, recorded);
  const carrier = activeOpenTelemetrySpan();
  return fieldsOf((carrier && readCarrier(carrier)) ?? current[0], current[0]);
}

function fieldsOf({ traceId, spanId }: SpanContext, recorded: SpanContext): LogFields {
  const belongs = recordedIn(recorded);
  return {
    trace_id: traceId,
    span_id: spanId,
    ...(belongs ? { session_id: belongs.session, turn_id: belongs.turnSpanId } : {}),
  };
}
