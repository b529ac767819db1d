import { continueCarrier } from "../../carriers/continue-carrier.ts";
import type { Carrier } from "../../vocabulary/carrier.ts";
import { activeOpenTelemetrySpan } from "./active-span.ts";
import { type CurrentSpan, currentSpans } from "./current-span.ts";
import { recordedWithin } from "./nearest.ts";
import { activeContext } from "./open-telemetry.ts";

/**
 * What to send along from where this is called: the nearest span, of recorded work or of the application's own OpenTelemetry. Without a
 * bridge, recorded work counts as the nearer one. Null where there is neither. Never throws.
 */
export function carrierHere(...knowing: readonly CurrentSpan[]): Carrier | null {
  const current = currentSpans(knowing);
  const active = activeContext();
  const recorded = active ? recordedWithin(active, current) : (current[0] ?? null);
  return continueCarrier(activeOpenTelemetrySpan(), recorded);
}
