import { scope } from "../../otlp/encode/scope.ts";
import process from "node:process";
import { text } from "../../otlp/wire/key-value.ts";
import { type LogsRequest, severities } from "../../otlp/wire/logs.ts";
import { logsPayload } from "../../otlp/wire/logs-payload.ts";
import { collectorOf, type CollectorOptions } from "../../otlp/transport/collector-of.ts";
import { type Environment, resourceIn } from "../../otlp/transport/environment.ts";
import { send } from "../../otlp/transport/send.ts";
import type { EventExporter } from "../../pipeline/exporter.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import { logRecordOf, type Seen } from "./log-record.ts";

export interface OtelLogsOptions extends CollectorOptions {
  /** Names its cursor and its report: two collectors need two. Default: `otel-logs`. */
  readonly name?: string;
  /** `full` sends what users, models and tools said, and who the user was. Default: `none`. */
  readonly content?: "none" | "full";
  /** What is less stays in the journal. `debug` tells of each piece of work that begins and ends. Default: `info`. */
  readonly level?: "debug" | "info" | "warn" | "error";
  /** Else `OTEL_SERVICE_NAME`, else `unknown_service`. */
  readonly service?: string;
  /** Attributes of the service; win over those of `OTEL_RESOURCE_ATTRIBUTES`, name by name. */
  readonly resource?: Readonly<Record<string, string>>;
  /** For tests: in place of the process's. */
  readonly environment?: Environment;
}

/** As OpenTelemetry's own batches of logs. */
const waitMs = 1_000;

/**
 * What happens, as OTLP log records, when it happens: turns that begin, wait and end, errors, limits, findings, decisions, what the application
 * logged. Spans leave when they have ended; this shows what has not. Throws at once for an address, a header or a protocol that cannot be used;
 * what fails later is the pipeline's.
 */
export function otelLogs(options: OtelLogsOptions = {}): EventExporter {
  const { name = "otel-logs", content = "none", level = "info", service } = options;
  const { environment = process.env } = options;
  const collector = collectorOf("logs", options, environment);
  const resource = {
    ...resourceIn(environment),
    ...options.resource,
    ...(service === undefined ? {} : { "service.name": service }),
  };
  return {
    name,
    consumes: "events",
    content,
    destination: collector.url,
    limits: { waitMs },
    async export(batch, { signal, ...seen }) {
      const request = encodeLogs(batch, { seen, resource, least: severities[level] });
      if (request) await send(logsPayload(request, collector.protocol), collector, signal);
    },
  };
}

interface EncodeLogsOptions {
  readonly seen: Seen;
  readonly resource: Readonly<Record<string, string>>;
  readonly least: number;
}

/** Null: nothing of it is a record. */
function encodeLogs(
  batch: readonly AgentEvent[],
  { seen, resource, least }: EncodeLogsOptions,
): LogsRequest | null {
  const logRecords = batch.flatMap((event) => logRecordOf(event, seen, least) ?? []);
  if (logRecords.length === 0) return null;
  const attributes = Object.entries(resource).flatMap(([name, value]) => text(name, value));
  return {
    resourceLogs: [
      {
        resource: { attributes },
        scopeLogs: [{ scope, logRecords }],
      },
    ],
  };
}
