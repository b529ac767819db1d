import { JsonTraceSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { createObserver, type Span, type SpanExporter } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import type { Benchmark } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { median } from "../statistics.ts";
import { turnOf } from "../tool-loop.ts";

const batchSize = 512;
/** Side by side, so that all share the same state of the machine; the first ones are not counted. */
const rounds = 150;
const warmUp = 50;

/** What the SDK's exporters are given of the same spans. */
type SdkSpans = Parameters<typeof JsonTraceSerializer.serializeRequest>[0];

export const benchmark: Benchmark = {
  name: "OTLP, spans into bytes",
  note: `${batchSize} spans of a tool loop, without content, not compressed. Spoor: from its spans to the body of a request, through its exporter with a \`fetch\` that only takes. \`otlp-transformer\`: the serializers of OpenTelemetry's own exporters, from the same spans as its SDK has them, whose attributes are made already; *from spans*: the same, and before it the making of them, as \`otel({ through })\` does it.`,
  async run() {
    const spans = await recordedSpans();
    const handedOver = await asSdkSpans(spans);
    const ways = {
      "Spoor, protobuf": bodyOf(spans, "http/protobuf"),
      "otlp-transformer, protobuf": () =>
        Promise.resolve(ProtobufTraceSerializer.serializeRequest(handedOver)?.byteLength ?? 0),
      "otlp-transformer, protobuf, from spans": async () =>
        ProtobufTraceSerializer.serializeRequest(await asSdkSpans(spans))?.byteLength ?? 0,
      "Spoor, JSON": bodyOf(spans, "http/json"),
      "otlp-transformer, JSON": () =>
        Promise.resolve(JsonTraceSerializer.serializeRequest(handedOver)?.byteLength ?? 0),
      "otlp-transformer, JSON, from spans": async () =>
        JsonTraceSerializer.serializeRequest(await asSdkSpans(spans))?.byteLength ?? 0,
    };
    const measured = Object.entries(ways).map(([name, way]) => ({
      name,
      way,
      bytes: 0,
      times: [] as number[],
    }));
    for (let round = 0; round < rounds; round += 1)
      for (const each of measured) {
        const watch = stopwatch();
        each.bytes = await each.way();
        if (round >= warmUp) each.times.push(watch.spent());
      }
    return measured.flatMap(({ name, bytes, times }) => [
      { name, value: (median(times) * 1_000) / spans.length, unit: "µs/span" },
      { name: `${name}, size`, value: bytes / spans.length, unit: "B/span" },
    ]);
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
