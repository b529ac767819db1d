import { createRequire } from "node:module";
import { join } from "node:path";
import type { Tracer } from "@opentelemetry/api";
import type { SdkSpanProcessor } from "../../../packages/core/src/otel/through/sdk-span.ts";
import { installed } from "./installed.ts";

/** An application's own OpenTelemetry, started as its documentation says, of whichever line lies in the folder. */
export interface ApplicationSdk {
  readonly tracer: Tracer;
  /** What it sends its own spans with. */
  readonly processor: SdkSpanProcessor;
  /** Sends what has ended, and ends. */
  shutdown(): Promise<void>;
}

interface Modules {
  readonly api: { readonly trace: { getTracer(name: string): Tracer } };
  readonly node: {
    readonly NodeSDK: new (options: object) => { start(): void; shutdown(): Promise<void> };
  };
  readonly proto: { readonly OTLPTraceExporter: new (options: object) => object };
}

type Processor = new (given: object) => SdkSpanProcessor;

/** Sends to this address. */
export function startSdk(url: string, serviceName: string): ApplicationSdk {
  const { api, node, proto } = modules();
  const exporter = new proto.OTLPTraceExporter({ url });
  const processor = batching(exporter);
  const sdk = new node.NodeSDK({
    serviceName,
    spanProcessors: [processor],
    metricReaders: [],
    logRecordProcessors: [],
    autoDetectResources: false,
  });
  sdk.start();
  return {
    tracer: api.trace.getTracer("application"),
    processor,
    shutdown: () => sdk.shutdown(),
  };
}

const from = (): NodeJS.Require => createRequire(join(installed("sdk"), "package.json"));

function modules(): Modules {
  const load = from();
  return {
    api: load("@opentelemetry/api") as Modules["api"],
    node: load("@opentelemetry/sdk-node") as Modules["node"],
    proto: load("@opentelemetry/exporter-trace-otlp-proto") as Modules["proto"],
  };
}

/** The lines name the package, and take the exporter, each in its own way. */
function batching(exporter: object): SdkSpanProcessor {
  const load = from();
  const { dependencies } = load("./package.json") as { readonly dependencies: object };
  if ("@opentelemetry/sdk-trace" in dependencies) {
    const line3 = load("@opentelemetry/sdk-trace") as { readonly BatchSpanProcessor: Processor };
    return new line3.BatchSpanProcessor({ exporter });
  }
  const line2 = load("@opentelemetry/sdk-trace-base") as { readonly BatchSpanProcessor: Processor };
  return new line2.BatchSpanProcessor(exporter);
}
