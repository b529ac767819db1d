import type * as Api from "@opentelemetry/api";
import { registerProvider } from "../../langgraph/ways/open-telemetry.ts";
import type { Load } from "../../peers.ts";
import type { Tracing } from "../tracing.ts";

interface Core {
  readonly W3CTraceContextPropagator: new () => Api.TextMapPropagator;
}
interface SdkTrace {
  readonly BatchSpanProcessor: new (exporter: object) => Parameters<typeof registerProvider>[1];
}

/** One span for what sends a message and one for what handles it. */
const spansOfMessage = 2;

/** The SDK as applications set it up, with W3C propagation and batches; the exporter counts spans and drops them. */
export async function openTelemetry(load: Load): Promise<Tracing> {
  const { propagation } = (await load("@opentelemetry/api")) as typeof Api;
  const { W3CTraceContextPropagator } = (await load("@opentelemetry/core")) as Core;
  const { BatchSpanProcessor } = (await load("@opentelemetry/sdk-trace-base")) as SdkTrace;
  let exported = 0;
  const exporter = {
    export(spans: readonly unknown[], done: (result: { readonly code: 0 }) => void): void {
      exported += spans.length;
      done({ code: 0 });
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const { forceFlush } = await registerProvider(load, new BatchSpanProcessor(exporter));
  return {
    name: "OpenTelemetry",
    envelopes: null,
    settle: forceFlush,
    async close(messages) {
      await forceFlush();
      if (exported < messages * spansOfMessage)
        throw new Error(`expected ${messages * spansOfMessage} spans, received ${exported}`);
      return 0;
    },
  };
}
