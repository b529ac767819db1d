import { otel } from "@spoor/core/otel";
import type { ReceivedRequest } from "../backend/received-request.ts";
import { describeExporter } from "../exporter/describe-exporter.ts";
import { overHttp } from "../exporter/http/over-http.ts";

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly startTimeUnixNano?: string;
  readonly endTimeUnixNano?: string;
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const spansIn = ({ body }: ReceivedRequest): readonly SentSpan[] =>
  (JSON.parse(String(body)) as Traces).resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans),
  );

/** What a collector refuses a whole request for. */
function problemsOf({
  traceId,
  spanId,
  startTimeUnixNano: start,
  endTimeUnixNano: end,
}: SentSpan): readonly string[] {
  const times = [start, end].filter((time) => time !== undefined);
  return [
    ...(/^[0-9a-f]{32}$/.test(traceId) ? [] : [`has the trace id ${traceId}`]),
    ...(/^[0-9a-f]{16}$/.test(spanId) ? [] : [`has the span id ${spanId}`]),
    ...times.filter((time) => !/^\d+$/.test(time) || BigInt(time) >= 2n ** 64n),
  ];
}

const secret = "key-1234567890";

describeExporter(
  "otel",
  ({ url }) =>
    otel({
      environment: {},
      url: `${url}/v1/traces`,
      service: "shop",
      protocol: "http/json",
      headers: { authorization: `Bearer ${secret}` },
      content: "full",
    }),
  overHttp({
    idsIn: (request) => spansIn(request).map(({ spanId }) => spanId),
    problemsIn: (request) => spansIn(request).flatMap(problemsOf),
    partialSuccess: (rejected) => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        partialSuccess: { rejectedSpans: String(rejected), errorMessage: "old" },
      }),
    }),
    secrets: [secret],
  }),
);
