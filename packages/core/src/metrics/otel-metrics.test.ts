import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { MetricsRequest } from "../otlp/wire/metrics.ts";
import { readOfficially } from "../otlp/wire/protobuf/official-classes.fixture.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import type { Span } from "../run-tree/span.ts";
import { costing, dawn, free, spanOf, usage } from "./measured.fixture.ts";
import { otelMetrics, type OtelMetricsOptions } from "./otel-metrics.ts";

interface Asked {
  readonly url: unknown;
  readonly type: string | null;
  readonly body: Buffer;
}

/** A collector that answers each request with the next of these, and the last one for ever. */
function collector(...statuses: number[]) {
  const asked: Asked[] = [];
  const answering: typeof fetch = async (url, request) => {
    const status = statuses[Math.min(asked.length, statuses.length - 1)] ?? 200;
    const headers = new Headers(request?.headers);
    const body = Buffer.from(request?.body as Uint8Array);
    const isCompressed = headers.get("content-encoding") === "gzip";
    asked.push({
      url,
      type: headers.get("content-type"),
      body: isCompressed ? gunzipSync(body) : body,
    });
    return new Response(null, { status });
  };
  return { asked, fetch: answering };
}

const context = { signal: new AbortController().signal, content: null };
const known: OtelMetricsOptions = {
  environment: {},
  protocol: "http/json",
  service: "shop",
  newId: () => "instance-1",
  since: dawn,
  clock: () => dawn + 60_000,
};

const call = (id: string, ended = 1_000): Span =>
  spanOf(id, "turn", { kind: "model", usage: usage(10, 1), endedAt: dawn + ended });
const turn = spanOf("turn", null, { kind: "turn", agent: "doctor", endedAt: dawn + 5_000 });

const at = (ms: number): string => `${dawn + ms}000000`;

const requestIn = ({ body }: Asked): MetricsRequest => JSON.parse(String(body)) as MetricsRequest;

function pointsOf(asked: Asked | undefined, name: string) {
  const metrics = asked ? requestIn(asked).resourceMetrics[0]?.scopeMetrics[0]?.metrics : [];
  const metric = metrics?.find((one) => one.name === name);
  return metric?.histogram?.dataPoints ?? metric?.sum?.dataPoints ?? metric?.gauge?.dataPoints;
}

test("a batch becomes delta points of what it adds, each of its instrument's own type", async () => {
  const { asked, fetch } = collector(200);
  await otelMetrics({
    ...known,
    fetch,
    cost: ({ kind }) => (kind === "model" ? costing(1) : free),
  }).export([call("one"), call("two", 3_000), turn], context);
  expect(asked.map(({ url, type }) => [url, type])).toEqual([
    ["http://localhost:4318/v1/metrics", "application/json"],
  ]);
  const [request] = asked.map(requestIn);
  expect(request?.resourceMetrics[0]?.resource.attributes).toEqual([
    { key: "service.instance.id", value: { stringValue: "instance-1" } },
    { key: "service.name", value: { stringValue: "shop" } },
  ]);
  const metrics = request?.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
  const stretch = {
    startTimeUnixNano: at(0),
    timeUnixNano: at(5_000),
  };
  expect(metrics.find(({ name }) => name === "spoor.model.calls")).toEqual({
    name: "spoor.model.calls",
    description: "Calls to models.",
    unit: "{call}",
    sum: {
      dataPoints: [
        {
          ...stretch,
          asDouble: 2,
          attributes: [
            { key: "spoor.status", value: { stringValue: "ok" } },
            { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
          ],
        },
      ],
      aggregationTemporality: 1,
      isMonotonic: true,
    },
  });
  expect(
    metrics.find(({ name }) => name === "gen_ai.client.operation.duration")?.histogram,
  ).toEqual({
    dataPoints: [
      {
        ...stretch,
        count: "2",
        sum: 4,
        bucketCounts: ["0", "0", "0", "0", "0", "0", "0", "1", "0", "1", "0", "0", "0", "0", "0"],
        explicitBounds: [
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
        ],
        attributes: [{ key: "gen_ai.operation.name", value: { stringValue: "chat" } }],
        min: 1,
        max: 3,
      },
    ],
    aggregationTemporality: 1,
  });
  expect(metrics.find(({ name }) => name === "spoor.session.dearest_usd")?.gauge).toEqual({
    dataPoints: [{ ...stretch, asDouble: 2, attributes: [] }],
  });
});

test("the official classes read the binary form as the JSON that is sent where that is asked for", async () => {
  const { asked, fetch } = collector(200);
  await otelMetrics({ ...known, fetch }).export([call("one"), turn], context);
  await otelMetrics({ ...known, fetch, protocol: "http/protobuf" }).export(
    [call("one"), turn],
    context,
  );
  const [json, protobuf] = asked;
  expect(protobuf?.type).toBe("application/x-protobuf");
  const read = JSON.stringify(readOfficially("metrics", protobuf?.body ?? Buffer.alloc(0)));
  const written = JSON.parse(String(json?.body), (name, value: unknown) =>
    name === "attributes" && Array.isArray(value) && value.length === 0 ? undefined : value,
  ) as unknown;
  expect(JSON.parse(read)).toEqual(written);
});

describe("a batch that is sent again", () => {
  test("has the same bytes, though pieces of its turn were noted the first time", async () => {
    const { asked, fetch } = collector(200, 503, 200);
    const exporter = otelMetrics({ ...known, fetch });
    await exporter.export([call("one")], context);
    await expect(exporter.export([call("two"), turn], context)).rejects.toThrow(ExportFailure);
    await exporter.export([call("two"), turn], context);
    expect(asked[2]?.body.equals(asked[1]?.body ?? Buffer.alloc(0))).toBe(true);
    expect(pointsOf(asked[2], "spoor.turn.tokens")?.[0]).toMatchObject({ sum: 20 });
  });

  test("in halves adds up to the whole, and no half is later than the whole was", async () => {
    const { asked, fetch } = collector(503, 200);
    const exporter = otelMetrics({ ...known, fetch });
    const batch = [call("one"), call("two", 2_000), turn];
    await exporter.export(batch, context).catch(() => null);
    await exporter.export(batch.slice(0, 2), context);
    await exporter.export(batch.slice(2), context);
    const tokens = asked.map((one) => pointsOf(one, "spoor.turn.tokens")?.[0]);
    expect(tokens[2]).toMatchObject({ sum: 20 });
    expect(tokens.map((point) => point?.timeUnixNano)).toEqual([at(5_000), undefined, at(5_000)]);
  });
});

test("an answer to an attempt that was given up changes nothing: the same is sent again", async () => {
  const { asked, fetch } = collector(200);
  const attempt = new AbortController();
  const late: typeof globalThis.fetch = (url, request) => {
    attempt.abort();
    return fetch(url, { ...request, signal: null });
  };
  let isFirst = true;
  const exporter = otelMetrics({
    ...known,
    fetch: (url, request) => (isFirst ? late : fetch)(url, request),
  });
  const batch = [call("one"), turn];
  await expect(exporter.export(batch, { ...context, signal: attempt.signal })).rejects.toThrow();
  isFirst = false;
  await exporter.export(batch, context);
  expect(asked[1]?.body.equals(asked[0]?.body ?? Buffer.alloc(0))).toBe(true);
});

test("each point begins where its own series ended, and a batch ends later than the one before, whenever its spans did", async () => {
  const { asked, fetch } = collector(200);
  const exporter = otelMetrics({ ...known, fetch });
  const tool = spanOf("tool", "turn", { kind: "tool", endedAt: dawn + 3_000 });
  for (const span of [call("one", 2_000), call("two", 1_000), tool, call("three", 4_000)])
    await exporter.export([span], context);
  const stretches = asked
    .map((one) => pointsOf(one, "spoor.model.calls") ?? pointsOf(one, "spoor.tool.calls"))
    .map((points) => points?.[0])
    .map((point) => [point?.startTimeUnixNano, point?.timeUnixNano]);
  expect(stretches).toEqual([
    [at(0), at(2_000)],
    [at(2_000), at(2_001)],
    [at(2_001), at(3_000)],
    [at(2_001), at(4_000)],
  ]);
});

test("after a restart the first points begin where this process did, though what they add is older", async () => {
  const { asked, fetch } = collector(200);
  const begun = dawn + 10_000;
  const exporter = otelMetrics({ ...known, fetch, since: begun });
  await exporter.export([call("waited", 2_000)], context);
  await exporter.export([call("waited as well", 3_000)], context);
  const points = asked.map((one) => pointsOf(one, "spoor.model.calls")?.[0]);
  expect(points.map((point) => [point?.startTimeUnixNano, point?.timeUnixNano])).toEqual([
    [at(10_000), at(10_001)],
    [at(10_001), at(10_002)],
  ]);
});

test("a clock that is years ahead does not take all that follows with it", async () => {
  const { asked, fetch } = collector(200);
  const exporter = otelMetrics({ ...known, fetch });
  await exporter.export([call("one", 1e12)], context);
  await exporter.export([call("two", 2_000)], context);
  expect(pointsOf(asked[1], "spoor.model.calls")?.[0]?.timeUnixNano).toBe(at(2_000));
});

test("a batch that says nothing is not sent", async () => {
  const { asked, fetch } = collector(200);
  await otelMetrics({ ...known, fetch }).export(
    [spanOf("step", "turn", { kind: "step" })],
    context,
  );
  expect(asked).toEqual([]);
});

test("an address that cannot be one is refused at once", () => {
  expect(() => otelMetrics({ ...known, url: "nowhere" })).toThrow("OTLP metrics endpoint");
});
