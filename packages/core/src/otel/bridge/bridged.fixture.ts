import type { Span } from "@opentelemetry/api";
import { onTestFinished } from "vitest";
import { bridgeOpenTelemetry } from "./bridge-open-telemetry.ts";
import type { CurrentSpan } from "./current-span.ts";
import { RecordedWork, spanNumbered } from "./recorded-work.fixture.ts";
import type { Sdk } from "./sdk.fixture.ts";

export const work: RecordedWork = new RecordedWork();
export const node: ReturnType<typeof spanNumbered> = spanNumbered(1);
export const tool: ReturnType<typeof spanNumbered> = spanNumbered(2, node.traceId);

/** For as long as the test runs. */
export function bridged(first: CurrentSpan, ...more: CurrentSpan[]): () => void {
  const undo = bridgeOpenTelemetry(first, ...more);
  onTestFinished(undo);
  return undo;
}

/** A span of the application, as an instrumented library makes one. */
export function started(sdk: Sdk, name: string): Span {
  const span = sdk.tracer.startSpan(name);
  span.end();
  return span;
}

export function parentOf(sdk: Sdk, name: string): string | undefined {
  return sdk.span(name).parentSpanContext?.spanId;
}
