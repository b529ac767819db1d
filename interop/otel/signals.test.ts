import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { otelMetrics } from "@spoor/core/metrics";
import { otelLogs } from "@spoor/core/otel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Protocol } from "../../packages/core/src/otlp/wire/payload.ts";
import { logBreachesIn } from "./reading/log-breaches.ts";
import { metricBreachesIn } from "./reading/metric-breaches.ts";
import { logsOf, type ReceivedLog } from "./reading/received-logs.ts";
import { pointsOf, type ReceivedPoint } from "./reading/received-metrics.ts";
import { readLogsStrictly, readMetricsStrictly, tapped, type Wire } from "./reading/wire.ts";
import { type Collector, startCollector } from "./servers/collector.ts";
import { allInput } from "./sessions/all-input.ts";
import { endedIn, type Told } from "./sessions/told.ts";
import { type WatchedSessions, watchedSessions } from "./sessions/watched-sessions.ts";

const protocols: readonly Protocol[] = ["http/protobuf", "http/json"];
const wires = new Map<string, Wire>();

let folder: string;
let collector: Collector;
let watched: WatchedSessions;
let told: readonly Told[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-"));
  collector = await startCollector(folder);
  watched = await watchedSessions(folder, protocols.flatMap(exportersBy));
  told = await endedIn(watched);
});
afterAll(async () => {
  await collector?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function exportersBy(protocol: Protocol) {
  const about = (signal: "logs" | "metrics") => {
    const name = `${signal} by ${protocol}`;
    const wire = tapped();
    wires.set(name, wire);
    const url = `${collector.endpoint}/v1/${signal}`;
    return { environment: {}, name, url, protocol, service: protocol, fetch: wire.fetch };
  };
  return [
    otelLogs({ ...about("logs"), content: "full", level: "debug" }),
    otelMetrics(about("metrics")),
  ];
}

const requestsOf = (name: string) => wires.get(name)?.requests ?? [];
const countOf = (signal: "logs" | "metrics"): number =>
  protocols.flatMap((protocol) => requestsOf(`${signal} by ${protocol}`)).length;

test("every exporter says that all has arrived", () => {
  expect(Object.keys(watched.reports)).toEqual([...wires.keys()]);
  for (const report of Object.values(watched.reports)) {
    expect(report).toMatchObject({ dropped: 0, pending: 0, maybeDuplicate: 0, failure: null });
    expect(report.delivered).toBe(report.accepted);
  }
});

describe.each(protocols)("log records that go to a Collector by %s", (protocol) => {
  const name = `logs by ${protocol}`;
  let received: readonly ReceivedLog[];

  beforeAll(async () => {
    const taken = await collector.logs(countOf("logs"));
    received = taken.flatMap(logsOf).filter(({ service }) => service === protocol);
  });

  test("are in its file as a strict reader finds them in the requests, each once", () => {
    const requests = requestsOf(name).map(readLogsStrictly);
    expect(requests.flatMap(logBreachesIn)).toEqual([]);
    expect(received).toEqual(requests.flatMap(logsOf));
    const ids = received.map(({ attributes }) => attributes["log.record.uid"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(undefined);
  });

  test("tell of each span when it began and how it ended, under the ids that the command says", () => {
    const bySpan = Map.groupBy(received, ({ spanId }) => spanId);
    const arrived = told.map(({ spanId, status }) => {
      const ofSpan = bySpan.get(spanId) ?? [];
      const traces = new Set(ofSpan.map(({ traceId }) => traceId));
      const began = ofSpan.filter(({ eventName }) => /\.(started|resumed)$/.test(eventName));
      const ended = ofSpan.filter(({ attributes }) => attributes["spoor.status"] === status);
      return { spanId, traces, began: began.length, ended: ended.length };
    });
    expect(arrived).toEqual(
      told.map(({ spanId, traceId }) => ({
        spanId,
        traces: new Set([traceId]),
        began: 1,
        ended: 1,
      })),
    );
    expect(told.length).toBeGreaterThan(50);
  });

  test("show who waits for a person, and that it went on", () => {
    const names = received
      .filter(({ attributes }) => attributes["gen_ai.conversation.id"] === "nightly")
      .map(({ eventName }) => eventName);
    for (const eventName of ["waiting_for_input", "resumed", "input_received"])
      expect(names).toContain(`spoor.turn.${eventName}`);
  });
});

describe.each(protocols)("measurements that go to a Collector by %s", (protocol) => {
  const name = `metrics by ${protocol}`;
  let received: readonly ReceivedPoint[];

  beforeAll(async () => {
    const taken = await collector.metrics(countOf("metrics"));
    received = taken.flatMap(pointsOf).filter(({ service }) => service === protocol);
  });

  test("are in its file as a strict reader finds them in the requests", () => {
    const requests = requestsOf(name).map(readMetricsStrictly);
    expect(requests.length).toBeGreaterThan(1);
    expect(metricBreachesIn(requests)).toEqual([]);
    expect(received).toEqual(requests.flatMap(pointsOf));
  });

  test("add up to what the command says", () => {
    const total = totalsOf(received);
    const calls = told.filter(({ kind }) => kind === "model");
    const input = sumOf(calls.map(({ usage }) => allInput(usage)));
    const output = sumOf(calls.map(({ usage }) => usage?.output ?? null));
    expect({
      modelCalls: total("spoor.model.calls"),
      toolCalls: total("spoor.tool.calls"),
      turns: total("spoor.turn.duration", "count"),
      input: total("gen_ai.client.inference.usage.input_tokens"),
      output: total("gen_ai.client.inference.usage.output_tokens"),
      either: total("gen_ai.client.token.usage"),
    }).toEqual({
      modelCalls: calls.length,
      toolCalls: told.filter(({ kind }) => kind === "tool").length,
      turns: told.filter(({ kind }) => kind === "turn").length,
      input,
      output,
      either: input + output,
    });
    expect(Math.min(calls.length, input, output)).toBeGreaterThan(0);
    expect(total("gen_ai.client.operation.duration")).toBeCloseTo(sumOf(calls.map(secondsOf)), 1);
  });
});

const totalsOf =
  (points: readonly ReceivedPoint[]) =>
  (metric: string, of: "value" | "count" = "value"): number =>
    sumOf(points.filter(({ name }) => name === metric).map((point) => point[of]));

const sumOf = (amounts: readonly (number | null)[]): number =>
  amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);

const secondsOf = ({ startedAt, endedAt }: Told): number | null =>
  startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000 : null;
