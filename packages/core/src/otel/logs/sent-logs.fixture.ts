import { attributesIn, type ReadAttributes } from "../../otlp/encode/read-back.ts";
import type { LogsRequest, OtlpLogRecord } from "../../otlp/wire/logs.ts";
import type { Route } from "../../pipeline/route.ts";
import { start } from "../../testing-kit/delivering.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import { otelLogs, type OtelLogsOptions } from "./otel-logs.ts";

/** A record as a test likes to compare it. */
export interface SentLog extends Omit<OtlpLogRecord, "attributes"> {
  readonly attributes: ReadAttributes;
}

export interface Sending {
  readonly options?: OtelLogsOptions;
  readonly route?: Pick<Route, "content" | "redact">;
}

/** What a collector has of these drafts, by way of recorder and pipeline. */
export async function sentLogs(
  drafts: readonly EventDraft[],
  { options = {}, route = {} }: Sending = {},
): Promise<readonly SentLog[]> {
  const sent: SentLog[] = [];
  const exporter = otelLogs({
    environment: {},
    protocol: "http/json",
    compression: "none",
    fetch: (_url, request) => {
      sent.push(...logsIn(JSON.parse(Buffer.from(request?.body as Uint8Array).toString())));
      return Promise.resolve(new Response("{}"));
    },
    ...options,
  });
  const { delivery, say } = start([{ to: exporter, ...route }]);
  say(...drafts);
  await delivery.flush(5_000);
  return sent;
}

function logsIn({ resourceLogs }: LogsRequest): readonly SentLog[] {
  return resourceLogs
    .flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords))
    .map((record) => ({ ...record, attributes: attributesIn(record.attributes) }));
}
