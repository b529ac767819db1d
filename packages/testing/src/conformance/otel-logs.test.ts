import { otelLogs } from "@spoor/core/otel";
import type { ReceivedRequest } from "../backend/received-request.ts";
import { describeExporter } from "../exporter/describe-exporter.ts";
import type { Item } from "../exporter/example.ts";
import { overHttp } from "../exporter/http/over-http.ts";

interface SentRecord {
  readonly timeUnixNano?: string;
  readonly observedTimeUnixNano?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string };
  }[];
}

interface Logs {
  readonly resourceLogs: readonly {
    readonly scopeLogs: readonly { readonly logRecords: readonly SentRecord[] }[];
  }[];
}

const recordsIn = ({ body }: ReceivedRequest): readonly SentRecord[] =>
  (JSON.parse(String(body)) as Logs).resourceLogs.flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) => logRecords),
  );

const uidsOf = ({ attributes }: SentRecord): readonly string[] =>
  attributes.flatMap(({ key, value }) =>
    key === "log.record.uid" && value.stringValue !== undefined ? [value.stringValue] : [],
  );

function problemsOf({
  traceId,
  spanId,
  timeUnixNano,
  observedTimeUnixNano,
}: SentRecord): readonly string[] {
  const times = [timeUnixNano, observedTimeUnixNano].filter((time) => time !== undefined);
  return [
    ...(/^[0-9a-f]{32}$/.test(traceId ?? "0".repeat(32)) ? [] : [`has the trace id ${traceId}`]),
    ...(/^[0-9a-f]{16}$/.test(spanId ?? "0".repeat(16)) ? [] : [`has the span id ${spanId}`]),
    ...(spanId !== undefined && traceId === undefined ? ["has a span id without a trace id"] : []),
    ...times.filter((time) => !/^\d+$/.test(time) || BigInt(time) >= 2n ** 64n),
  ];
}

/** What a log tells nobody: it is in the spans, or a conversation. */
const untold: ReadonlySet<string> = new Set([
  "usage.reported",
  "output.began",
  "span.amended",
  "message.sent",
  "message.received",
  "native.noted",
]);

const idOf = (item: Item): string | null =>
  "id" in item && !untold.has(item.type) ? item.id : null;

const secret = "key-1234567890";

describeExporter(
  "otel-logs",
  ({ url }) =>
    otelLogs({
      environment: {},
      url: `${url}/v1/logs`,
      service: "shop",
      protocol: "http/json",
      headers: { authorization: `Bearer ${secret}` },
      content: "full",
      level: "debug",
    }),
  overHttp({
    idsIn: (request) => recordsIn(request).flatMap(uidsOf),
    idOf,
    problemsIn: (request) => recordsIn(request).flatMap(problemsOf),
    partialSuccess: (rejected) => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        partialSuccess: { rejectedLogRecords: String(rejected), errorMessage: "old" },
      }),
    }),
    secrets: [secret],
  }),
);
