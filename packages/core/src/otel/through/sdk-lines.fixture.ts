import { createRequire } from "node:module";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import { BatchSpanProcessor, SimpleSpanProcessor } from "@opentelemetry/sdk-trace";
import type { TracesRequest } from "../../otlp/wire/otlp.ts";
import type { SdkSpan, SdkSpanProcessor } from "./sdk-span.ts";

/** The SDK's own codes of a result. */
const succeeded = 0;
const failed = 1;

type Done = (result: { readonly code: number; readonly error?: Error }) => void;

/** An exporter of the SDK, as its processors call one. */
export interface SdkExporter {
  export(spans: SdkSpan[], done: Done): void;
  shutdown(): Promise<void>;
}

/** One line of OpenTelemetry's SDK: its processors, and its own form of a request. */
export interface SdkLine {
  readonly batching: (exporter: SdkExporter) => SdkSpanProcessor;
  readonly simple: (exporter: SdkExporter) => SdkSpanProcessor;
  readonly requestOf: (spans: readonly SdkSpan[]) => TracesRequest;
}

interface Serializer {
  serializeRequest(spans: unknown): Uint8Array | undefined;
}

const requestWith =
  (serializer: Serializer) =>
  (spans: readonly SdkSpan[]): TracesRequest =>
    JSON.parse(new TextDecoder().decode(serializer.serializeRequest(spans)));

/** The transformer of line 2 brings its own SDK along. */
const ofLine2 = createRequire(createRequire(import.meta.url).resolve("otlp-classes/package.json"));
const sdk2 = ofLine2("@opentelemetry/sdk-trace-base") as {
  BatchSpanProcessor: new (exporter: SdkExporter) => SdkSpanProcessor;
  SimpleSpanProcessor: new (exporter: SdkExporter) => SdkSpanProcessor;
};
const transformer2 = ofLine2("otlp-classes") as { readonly JsonTraceSerializer: Serializer };

export const sdkLines: Readonly<Record<string, SdkLine>> = {
  "2.x": {
    batching: (exporter) => new sdk2.BatchSpanProcessor(exporter),
    simple: (exporter) => new sdk2.SimpleSpanProcessor(exporter),
    requestOf: requestWith(transformer2.JsonTraceSerializer),
  },
  "3.x": {
    batching: (exporter) => new BatchSpanProcessor({ exporter: exporter as never }),
    simple: (exporter) => new SimpleSpanProcessor({ exporter: exporter as never }),
    requestOf: requestWith(JsonTraceSerializer),
  },
};

/** Keeps what it gets; fails as often as it is told to. */
export function keepingExporter(failures: number = 0): SdkExporter & { readonly kept: SdkSpan[] } {
  const kept: SdkSpan[] = [];
  let left = failures;
  return {
    kept,
    export(spans, done) {
      if (left > 0) {
        left -= 1;
        done({ code: failed, error: new Error("away") });
        return;
      }
      kept.push(...spans);
      done({ code: succeeded });
    },
    shutdown: () => Promise.resolve(),
  };
}
