import type { LogsRequest, OtlpLogRecord } from "../logs.ts";
import { anyValue, keyValue, scope } from "./common.ts";
import {
  encodeWith,
  enumeration,
  field,
  fixed32,
  fixed64,
  id,
  message,
  repeated,
  text,
} from "./field.ts";

const logRecord = message<OtlpLogRecord>({
  timeUnixNano: field(1, fixed64),
  severityNumber: field(2, enumeration),
  severityText: field(3, text),
  body: field(5, anyValue),
  attributes: repeated(6, keyValue),
  flags: field(8, fixed32),
  traceId: field(9, id),
  spanId: field(10, id),
  observedTimeUnixNano: field(11, fixed64),
  eventName: field(12, text),
});

type ResourceLogs = LogsRequest["resourceLogs"][number];
type ScopeLogs = ResourceLogs["scopeLogs"][number];

const scopeLogs = message<ScopeLogs>({
  scope: field(1, scope),
  logRecords: repeated(2, logRecord),
});

const request = message<LogsRequest>({
  resourceLogs: repeated(
    1,
    message<ResourceLogs>({
      resource: field(1, message({ attributes: repeated(1, keyValue) })),
      scopeLogs: repeated(2, scopeLogs),
    }),
  ),
});

/** An export request in the binary form of its protocol buffers. The numbers are those of opentelemetry-proto 1.x. */
export function logsInProtobuf(logs: LogsRequest): Uint8Array<ArrayBuffer> {
  return encodeWith(request, logs);
}
