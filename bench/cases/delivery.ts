import { join } from "node:path";
import { createObserver, type Observer } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import type { Tracer } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Benchmark } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { type Collector, startCollector } from "../collector.ts";

const warmUp = 4_000;
const paced = 20_000;
const burst = 10_000;
const patienceMs = 30_000;

/** One way to record tool calls and have them delivered. */
interface Way {
  toolCall(turn: number, call: number): void;
  flush(): Promise<unknown>;
}

export const benchmark: Benchmark = {
  name: "delivery of spans over OTLP/HTTP",
  note: `${paced.toLocaleString("en")} tool calls, ten in each turn of the event loop, to a loopback collector in a process of its own: recorded, encoded as JSON, sent. Spoor: journal on disk, default redaction, no content sent. Beside it, in the same process, OpenTelemetry's BatchSpanProcessor with its OTLP exporter, four attributes a span, as they come (a queue of 2,048), which records in memory only. "In a burst": 10,000 calls in one turn of the event loop.`,
  async run({ scratch }) {
    const [ours, theirs] = [await startCollector(), await startCollector()];
    const spoor = spoorWay(
      createObserver({
        journal: { dir: join(scratch, "journal") },
        exporters: [otel({ url: ours.url, protocol: "http/json" })],
      }),
    );
    const openTelemetry = openTelemetryWay(theirs.url);
    await atPace(spoor, warmUp, 0);
    await atPace(openTelemetry, warmUp, 0);
    const spoorSpent = await atPace(spoor, paced, 1_000_000);
    const openTelemetrySpent = await atPace(openTelemetry, paced, 1_000_000);
    const spoorInBurst = await atOnce(spoor, ours);
    const openTelemetryInBurst = await atOnce(openTelemetry, theirs);
    ours.stop();
    theirs.stop();
    return [
      { name: "Spoor, recorded and delivered", value: spoorSpent, unit: "µs/span" },
      { name: "BatchSpanProcessor", value: openTelemetrySpent, unit: "µs/span" },
      { name: "Spoor ÷ BatchSpanProcessor", value: spoorSpent / openTelemetrySpent, unit: "×" },
      {
        name: "Spoor, delivered of a burst",
        value: spoorInBurst,
        unit: "%",
        target: { atLeast: 100 },
      },
      { name: "BatchSpanProcessor, delivered of a burst", value: openTelemetryInBurst, unit: "%" },
    ];
  },
};

function spoorWay(observer: Observer): Way {
  const said = { session: "bench", source: "api" } as const;
  let open = -1;
  return {
    toolCall(turn, call) {
      const turnKey = `turn ${turn}`;
      if (open !== turn)
        observer.emit({ ...said, type: "turn.started", key: turnKey, name: "agent" });
      open = turn;
      const key = `call ${call}`;
      observer.emit({
        ...said,
        type: "tool.started",
        key,
        parent: turnKey,
        name: "search",
        toolCallId: key,
      });
      observer.emit({ ...said, type: "tool.ended", key, outcome: { status: "ok" } });
    },
    flush: () => observer.flush({ timeoutMs: patienceMs }),
  };
}

function openTelemetryWay(url: string): Way {
  const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) });
  const provider = new TracerProvider({ spanProcessors: [processor] });
  const tracer: Tracer = provider.getTracer("bench");
  return {
    toolCall(turn, call) {
      const attributes = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "search",
        "gen_ai.tool.call.id": `call ${call}`,
        "gen_ai.conversation.id": `turn ${turn}`,
      };
      tracer.startSpan("execute_tool search", { attributes }).end();
    },
    flush: () => provider.forceFlush(),
  };
}

/** Microseconds of processor time a span. */
async function atPace(way: Way, calls: number, first: number): Promise<number> {
  const watch = stopwatch();
  for (let call = first; call < first + calls; call += 1) {
    way.toolCall(Math.floor(call / 100), call);
    if (call % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
  }
  await way.flush();
  return (watch.spent() * 1_000) / calls;
}

/** Per cent of what was recorded that arrived. */
async function atOnce(way: Way, collector: Collector): Promise<number> {
  const before = (await collector.received()).distinct;
  for (let call = 0; call < burst; call += 1) way.toolCall(-1, 9_000_000 + call);
  await way.flush();
  const { distinct } = await collector.received();
  return ((distinct - before) / burst) * 100;
}
