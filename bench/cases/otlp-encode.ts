import { JsonTraceSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { createObserver, type Span, type SpanExporter } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import type { Benchmark } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { turnOf } from "../tool-loop.ts";

const batchSize = 512;
const rounds = 60;

/** What the SDK's exporters are given of the same spans. */
type SdkSpans = Parameters<typeof JsonTraceSerializer.serializeRequest>[0];

export const benchmark: Benchmark = {
  name: "OTLP, spans into bytes",
  note: `${batchSize} spans of a tool loop, without content, not compressed. Spoor: from its spans to the body of a request, through its exporter with a \`fetch\` that only takes. \`otlp-transformer\`: the serializers of OpenTelemetry's own exporters, from the same spans as its SDK has them, whose attributes are made already.`,
  async run() {
    const spans = await recordedSpans();
    const handedOver = await asSdkSpans(spans);
    const ways = {
      "Spoor, protobuf": bodyOf(spans, "http/protobuf"),
      "otlp-transformer, protobuf": () =>
        Promise.resolve(ProtobufTraceSerializer.serializeRequest(handedOver)?.byteLength ?? 0),
      "Spoor, JSON": bodyOf(spans, "http/json"),
      "otlp-transformer, JSON": () =>
        Promise.resolve(JsonTraceSerializer.serializeRequest(handedOver)?.byteLength ?? 0),
    };
    const figures = [];
    for (const [name, way] of Object.entries(ways)) {
      for (let warmUp = 0; warmUp < rounds; warmUp += 1) await way();
      const watch = stopwatch();
      let bytes = 0;
      for (let round = 0; round < rounds; round += 1) bytes = await way();
      const microseconds = (watch.spent() * 1_000) / rounds / spans.length;
      figures.push({ name, value: microseconds, unit: "µs/span" });
      figures.push({ name: `${name}, size`, value: bytes / spans.length, unit: "B/span" });
    }
    return figures;
  },
};

async function recordedSpans(): Promise<readonly Span[]> {
  const spans: Span[] = [];
  const kept: SpanExporter = {
    name: "kept",
    consumes: "spans",
    export: (batch) => {
      spans.push(...batch);
      return Promise.resolve();
    },
  };
  const observer = createObserver({ journal: "memory", exporters: [kept], settleMs: 0 });
  for (let turn = 0; spans.length < batchSize; turn += 1) {
    for (const draft of turnOf("session", turn)) observer.emit(draft);
    await observer.flush();
  }
  await observer.close();
  return spans.slice(0, batchSize);
}

/** As they would go out through an application's own SDK. */
async function asSdkSpans(spans: readonly Span[]): Promise<SdkSpans> {
  const handedOver: unknown[] = [];
  const through = otel({
    environment: {},
    through: {
      onEnd: (span: never) => void handedOver.push(span),
      forceFlush: () => Promise.resolve(),
    },
  });
  await through.export(spans, { signal: new AbortController().signal, content: null });
  return handedOver as SdkSpans;
}

function bodyOf(
  spans: readonly Span[],
  protocol: "http/protobuf" | "http/json",
): () => Promise<number> {
  let bytes = 0;
  const exporter = otel({
    environment: {},
    protocol,
    compression: "none",
    fetch: (_, request) => {
      const body = request?.body;
      if (body instanceof Uint8Array) bytes = body.byteLength;
      return Promise.resolve(new Response(null, { status: 200 }));
    },
  });
  const context = { signal: new AbortController().signal, content: null };
  return async () => {
    await exporter.export(spans, context);
    return bytes;
  };
}
