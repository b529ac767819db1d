import type * as Api from "@opentelemetry/api";
import type { Load } from "../../peers.ts";

export interface Processor {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
  onStart(span: never, context: Api.Context): void;
  onEnd(span: never): void;
}

interface SdkTrace {
  readonly BasicTracerProvider: new (options: {
    readonly spanProcessors: readonly Processor[];
  }) => Api.TracerProvider & { forceFlush(): Promise<void> };
  readonly BatchSpanProcessor: new (exporter: object) => Processor;
}

/** Registers a tracer provider as an application does, once a process. Without a processor its spans go nowhere. */
export async function registerProvider(
  load: Load,
  processor: Processor | null,
): Promise<{ readonly provider: Api.TracerProvider; readonly forceFlush: () => Promise<void> }> {
  const { trace, context } = (await load("@opentelemetry/api")) as typeof Api;
  const { BasicTracerProvider } = (await load("@opentelemetry/sdk-trace-base")) as SdkTrace;
  const { AsyncLocalStorageContextManager } = (await load(
    "@opentelemetry/context-async-hooks",
  )) as {
    readonly AsyncLocalStorageContextManager: new () => Api.ContextManager;
  };
  const provider = new BasicTracerProvider({ spanProcessors: processor ? [processor] : [] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  trace.setGlobalTracerProvider(provider);
  return { provider, forceFlush: () => provider.forceFlush() };
}

/** In batches over OTLP/HTTP in JSON, with the defaults of the SDK. */
export async function batchesTo(load: Load, url: string): Promise<Processor> {
  const { BatchSpanProcessor } = (await load("@opentelemetry/sdk-trace-base")) as SdkTrace;
  const { OTLPTraceExporter } = (await load("@opentelemetry/exporter-trace-otlp-http")) as {
    readonly OTLPTraceExporter: new (options: { readonly url: string }) => object;
  };
  return new BatchSpanProcessor(new OTLPTraceExporter({ url }));
}

/** LangChain calls handlers of its peers in the background: what they were told counts only once they have heard it. */
export async function heardInBackground(load: Load): Promise<void> {
  const { awaitAllCallbacks } = (await load("@langchain/core/callbacks/promises")) as {
    readonly awaitAllCallbacks: () => Promise<void>;
  };
  await awaitAllCallbacks();
}
