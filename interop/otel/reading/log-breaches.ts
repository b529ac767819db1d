import { isId, repeated } from "./breaches.ts";
import type { LooseLogRecord, LooseLogs } from "./received-logs.ts";

/** What a Collector takes of log records and OTLP forbids all the same, or has no use for. Each in words; none where all is well. */
export function logBreachesIn({ resourceLogs = [] }: LooseLogs): readonly string[] {
  const records = resourceLogs.flatMap(({ scopeLogs = [] }) =>
    scopeLogs.flatMap(({ logRecords = [] }) => logRecords),
  );
  return [
    ...(records.length === 0 ? ["a request without log records"] : []),
    ...records.flatMap((record) =>
      breachesOf(record).map((what) => `${record.eventName ?? "a line"}: ${what}`),
    ),
  ];
}

function breachesOf(record: LooseLogRecord): readonly string[] {
  const { traceId, spanId, severityNumber, attributes = [] } = record;
  const { timeUnixNano, observedTimeUnixNano } = record;
  const times = [timeUnixNano, observedTimeUnixNano].filter((time) => time !== undefined);
  return [
    ...(traceId && !isId(traceId, 32) ? [`trace id ${traceId}`] : []),
    ...(spanId && !isId(spanId, 16) ? [`span id ${spanId}`] : []),
    ...(spanId && !traceId ? ["a span id without a trace id"] : []),
    ...(observedTimeUnixNano === undefined ? ["nobody says when it was observed"] : []),
    ...times.filter((time) => !/^[1-9]\d{0,19}$/.test(time)).map((time) => `time ${time}`),
    ...(severityNumber !== undefined && !(severityNumber >= 1 && severityNumber <= 24)
      ? [`severity ${severityNumber}`]
      : []),
    ...repeated(attributes.map(({ key }) => key)),
  ];
}
