import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTick } from "node:timers/promises";
import { createObserver, type Observer } from "@spoor/core";
import { bridgeOpenTelemetry, otel } from "@spoor/core/otel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askAboutWeather } from "../../examples/langgraph/src/weather.ts";
import type { Received } from "./reading/received.ts";
import { type Collector, startCollector } from "./servers/collector.ts";
import { type ApplicationSdk, startSdk } from "./servers/sdk.ts";

const service = "shop";
let folder: string;
let collector: Collector;
let sdk: ApplicationSdk;
/** By way of the application's SDK. */
let through: Observer;
/** Beside it, straight to the Collector. */
let beside: Observer;
const undo: (() => void)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-"));
  collector = await startCollector(folder);
  sdk = startSdk(collector.tracesUrl, service);
  const { processor } = sdk;
  const resource = { attributes: { "service.name": service } };
  through = createObserver({
    journal: "memory",
    exporters: [otel({ environment: {}, through: processor, resource })],
  });
  beside = createObserver({
    journal: "memory",
    exporters: [otel({ environment: {}, url: collector.tracesUrl, service })],
  });
  undo.push(bridgeOpenTelemetry(through, beside));
});
afterAll(async () => {
  for (const observer of [through, beside]) await observer?.close();
  for (const take of undo) take();
  await sdk?.shutdown();
  await collector?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A request that an application answers with an agent, whose tool calls something that is instrumented. */
async function request(observer: Observer, id: string): Promise<string> {
  return sdk.tracer.startActiveSpan(`request ${id}`, async (span) => {
    await observer.session({ id }).turn({ name: "answer", agent: "clerk" }, async (turn) => {
      await turn.model("scripted", async (call) => {
        await nextTick();
        call.answered({ finishReason: "tool_calls" });
      });
      await turn.tool("stock", async () => {
        await nextTick();
        await sdk.tracer.startActiveSpan(`query ${id}`, async (query) => {
          await nextTick();
          query.end();
        });
      });
    });
    span.end();
    return span.spanContext().traceId;
  });
}

/** Everything of these traces, once it is there. */
async function readBack(traces: readonly string[], count: number): Promise<readonly Received[]> {
  for (const observer of [through, beside]) await observer.flush();
  await sdk.processor.forceFlush();
  const before = await collector.spans(count);
  return before.filter(({ traceId }) => traces.includes(traceId));
}

const named = (spans: readonly Received[], name: string): Received => {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}`);
  return found[0] as Received;
};

test.each(["through the application's SDK", "beside it"])(
  "%s, the application's spans and ours are one tree, of one service",
  async (way) => {
    const observer = way === "beside it" ? beside : through;
    const trace = await request(observer, way);
    const spans = await readBack([trace], way === "beside it" ? 10 : 5);
    const parentOf = (name: string): string | undefined =>
      spans.find(({ spanId }) => spanId === named(spans, name).parentSpanId)?.name;
    expect(spans).toHaveLength(5);
    expect(named(spans, `request ${way}`).parentSpanId).toBeNull();
    expect(parentOf("invoke_agent clerk")).toBe(`request ${way}`);
    expect(parentOf("chat scripted")).toBe("invoke_agent clerk");
    expect(parentOf("execute_tool stock")).toBe("invoke_agent clerk");
    expect(parentOf(`query ${way}`)).toBe("execute_tool stock");
    expect(spans.map((span) => span.service)).toEqual(spans.map(() => service));
  },
);

test("20 turns begun in one tick, each under a span of its own: 20 of 20 in the right trace", async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `customer ${index}`);
  const traces = await Promise.all(
    ids.map((id, index) => request(index % 2 === 0 ? through : beside, id)),
  );
  const spans = await readBack(traces, 10 + 20 * 5);
  const joined = ids.filter((id, index) => {
    const inTrace = spans.filter(({ traceId }) => traceId === traces[index]);
    const turn = named(inTrace, "invoke_agent clerk");
    return (
      inTrace.length === 5 &&
      turn.attributes["gen_ai.conversation.id"] === id &&
      turn.parentSpanId === named(inTrace, `request ${id}`).spanId &&
      named(inTrace, `query ${id}`).parentSpanId === named(inTrace, "execute_tool stock").spanId
    );
  });
  expect(joined).toEqual(ids);
});

test("20 graphs begun in one tick, each under a span of its own: 20 of 20 in the right trace", async () => {
  const indices = Array.from({ length: 20 }, (_, index) => index);
  const begun = await Promise.all(
    indices.map((index) =>
      sdk.tracer.startActiveSpan(`graph ${index}`, async (span) => {
        await askAboutWeather(index % 2 === 0 ? through : beside, () => {});
        span.end();
        return span.spanContext();
      }),
    ),
  );
  const taken = 10 + 20 * 5;
  const spans = await readBack(
    begun.map(({ traceId }) => traceId),
    taken + 20 * 11,
  );
  const roots = spans.filter(({ attributes }) => attributes["spoor.kind"] === "turn");
  expect(roots.map(({ traceId, parentSpanId }) => `${traceId} ${parentSpanId}`).toSorted()).toEqual(
    begun.map(({ traceId, spanId }) => `${traceId} ${spanId}`).toSorted(),
  );
});
