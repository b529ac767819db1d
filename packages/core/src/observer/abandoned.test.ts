import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { otel } from "../otel/otel.ts";
import { attributesIn, spansIn } from "../otlp/encode/read-back.ts";
import type { LogsRequest, OtlpLogRecord } from "../otlp/wire/logs.ts";
import type { OtlpSpan, TracesRequest } from "../otlp/wire/otlp.ts";
import { startChild } from "../testing-kit/child.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { traceIdOf, spanIdOf } from "../vocabulary/identity.ts";
import { createObserver } from "./observer.ts";

/** Takes everything, and tells what it has: each span once, because a process that is killed before it has noted an answer leaves the next one to send it again. */
async function collector() {
  const spans: OtlpSpan[] = [];
  const records: OtlpLogRecord[] = [];
  const isNew = ({ spanId }: OtlpSpan): boolean => !spans.some((known) => known.spanId === spanId);
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.url === "/v1/traces")
        spans.push(...spansIn(JSON.parse(body) as TracesRequest).filter(isNew));
      else records.push(...recordsIn(JSON.parse(body) as LogsRequest));
      response.end("{}");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, records };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return String(request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body);
}

const recordsIn = ({ resourceLogs }: LogsRequest): readonly OtlpLogRecord[] =>
  resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));

const begun = Date.UTC(2026, 0, 1);
const minute = 60_000;
const traceId = traceIdOf("thread 1", "turn");

test("a turn whose process is killed is seen while it runs, and closed by the next process when nobody will end it", async () => {
  const [dir, { url, spans, records }] = [temporaryFolder(), await collector()];
  const child = startChild(new URL("./abandoned.fixture.ts", import.meta.url), dir, url);
  await child.printed(1);
  await vi.waitUntil(() => records.length === 2 && spans.length === 1, { timeout: 10_000 });
  child.kill();
  await child.ended;
  expect(records.map(({ eventName }) => eventName)).toEqual([
    "spoor.session.started",
    "spoor.turn.started",
  ]);
  expect(records[1]).toMatchObject({ traceId, spanId: spanIdOf("thread 1", "turn") });
  expect(spans.map(({ spanId }) => spanId)).toEqual([spanIdOf("thread 1", "ended")]);

  let now = begun + 9 * minute;
  const observer = createObserver({
    journal: { dir },
    clock: () => now,
    exporters: [otel({ url: `${url}/v1/traces`, protocol: "http/json" })],
  });
  onTestFinished(() => observer.close());
  await observer.flush();
  expect(spans).toHaveLength(1);
  now = begun + 11 * minute;
  await observer.flush();
  const [, tool, turn] = spans;
  expect(spans).toHaveLength(3);
  expect(tool).toMatchObject({ traceId, spanId: spanIdOf("thread 1", "running") });
  expect(turn).toMatchObject({ traceId, spanId: spanIdOf("thread 1", "turn") });
  for (const span of [tool, turn]) {
    expect(span).toMatchObject({ endTimeUnixNano: tool?.startTimeUnixNano, status: { code: 0 } });
    expect(attributesIn(span?.attributes ?? [])).toMatchObject({
      "spoor.status": "abandoned",
      "spoor.inferred": ["endedAt"],
    });
  }
  expect(Number(turn?.startTimeUnixNano)).toBeLessThan(Number(turn?.endTimeUnixNano));
  await observer.flush();
  expect(spans).toHaveLength(3);
});
