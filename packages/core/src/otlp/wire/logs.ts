import type { OtlpScope } from "./otlp.ts";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import type { AnyValue, KeyValue } from "./key-value.ts";

/** Log records, in the JSON form of OTLP's protocol buffers: hexadecimal ids, 64-bit numbers as text. */
export interface LogsRequest {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeLogs: readonly {
      readonly scope: OtlpScope;
      readonly logRecords: readonly OtlpLogRecord[];
    }[];
  }[];
}

/** The first number of each range: what lies between two of them is of the lower one. */
export const severities = {
  trace: 1,
  debug: 5,
  info: 9,
  warn: 13,
  error: 17,
  fatal: 21,
} as const;

export interface OtlpLogRecord {
  /** When it happened; absent: nobody knows. */
  readonly timeUnixNano?: string;
  /** 1 to 24; absent: it was not said, or in words that are not understood. */
  readonly severityNumber?: number;
  /** The level in the words of who said it. */
  readonly severityText?: string;
  readonly body?: AnyValue;
  readonly attributes: readonly KeyValue[];
  /** Trace flags. */
  readonly flags?: number;
  readonly traceId?: TraceId;
  /** Only beside a trace id: without one it says nothing. */
  readonly spanId?: SpanId;
  /** When it was recorded. */
  readonly observedTimeUnixNano?: string;
  /** What kind of event it is; absent on a plain log line. */
  readonly eventName?: string;
}
