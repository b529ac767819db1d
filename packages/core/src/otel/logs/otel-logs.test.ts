import { scope } from "../../otlp/encode/scope.ts";
import { expect, test } from "vitest";
import { readOfficially } from "../../otlp/wire/protobuf/official-classes.fixture.ts";
import { start } from "../../testing-kit/delivering.ts";
import * as say from "../../testing-kit/drafts.ts";
import { otelLogs, type OtelLogsOptions } from "./otel-logs.ts";

interface Posted {
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

async function posted(options: OtelLogsOptions): Promise<readonly Posted[]> {
  const requests: Posted[] = [];
  const exporter = otelLogs({
    environment: {},
    fetch: (url, request) => {
      const headers = new Headers(request?.headers);
      requests.push({
        url: typeof url === "string" ? url : "",
        headers,
        body: request?.body as Uint8Array,
      });
      return Promise.resolve(new Response());
    },
    ...options,
  });
  const { delivery, say: tell } = start([exporter]);
  tell(say.turn("turn"));
  await delivery.flush(5_000);
  tell(say.usage("turn", "1", say.tokens(1)));
  const reports = await delivery.flush(5_000);
  expect(reports[exporter.name]).toMatchObject({ accepted: 2, delivered: 2 });
  return requests;
}

test("goes as protocol buffers to the logs endpoint of a collector on this machine, and only where there is something to tell", async () => {
  const [request, ...more] = await posted({ service: "shop" });
  expect(more).toEqual([]);
  expect(request?.url).toBe("http://localhost:4318/v1/logs");
  expect(request?.headers.get("content-type")).toBe("application/x-protobuf");
  expect(readOfficially("logs", request?.body ?? new Uint8Array())).toMatchObject({
    resourceLogs: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
        scopeLogs: [
          {
            scope,
            logRecords: [{ eventName: "spoor.turn.started", spanId: say.spanId("turn") }],
          },
        ],
      },
    ],
  });
});

test("takes what the environment says of logs, and what it is told wins", async () => {
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://all:4318",
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: "http://logs:4318/in",
    OTEL_EXPORTER_OTLP_LOGS_HEADERS: "x-team=1,x-key=2",
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf",
    OTEL_RESOURCE_ATTRIBUTES: "service.name=a,team=b",
  };
  const [request] = await posted({
    environment,
    headers: { "X-Key": "3" },
    resource: { team: "c" },
  });
  expect(request?.url).toBe("http://logs:4318/in");
  expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({ "x-team": "1", "x-key": "3" });
  const body = JSON.parse(String(Buffer.from(request?.body ?? [])));
  expect(body.resourceLogs[0].resource.attributes).toEqual([
    { key: "service.name", value: { stringValue: "a" } },
    { key: "team", value: { stringValue: "c" } },
  ]);
});

test("says at once what cannot be an address, and that it is one of logs", () => {
  expect(() => otelLogs({ environment: {}, url: "localhost:4318" })).toThrow(
    /an OTLP logs endpoint.*http:\/\/localhost:4318\/v1\/logs/,
  );
  const environment = { OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "grpc" };
  expect(() => otelLogs({ environment })).toThrow(/http\/protobuf or http\/json/);
});
