import { attributeValue } from "../../../packages/core/src/otlp/wire/attribute-value.ts";
import type { AnyValue, KeyValue } from "../../../packages/core/src/otlp/wire/key-value.ts";
import { type Attributes, attributesOf } from "./received.ts";

/** A log record as OTLP's JSON has it, whoever wrote it: what is empty may be absent. */
export interface LooseLogRecord {
  readonly timeUnixNano?: string;
  readonly observedTimeUnixNano?: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: AnyValue;
  readonly attributes?: readonly KeyValue[];
  readonly traceId?: string;
  readonly spanId?: string;
  readonly eventName?: string;
}

export interface LooseLogs {
  readonly resourceLogs?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeLogs?: readonly { readonly logRecords?: readonly LooseLogRecord[] }[];
  }[];
}

/** A log record at its destination: nothing is absent there, so that what came two ways can be compared. */
export interface ReceivedLog {
  readonly service: string;
  readonly time: string | null;
  readonly observed: string | null;
  readonly severity: number;
  readonly level: string;
  readonly body: ReturnType<typeof attributeValue> | null;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly eventName: string;
  readonly attributes: Attributes;
}

export function logsOf({ resourceLogs = [] }: LooseLogs): readonly ReceivedLog[] {
  return resourceLogs.flatMap(({ resource, scopeLogs = [] }) => {
    const service = String(attributesOf(resource?.attributes)["service.name"]);
    return scopeLogs.flatMap(({ logRecords = [] }) =>
      logRecords.map((record) => receivedOf(record, service)),
    );
  });
}

function receivedOf(record: LooseLogRecord, service: string): ReceivedLog {
  const { timeUnixNano = "0", observedTimeUnixNano = "0", body } = record;
  return {
    service,
    time: timeUnixNano === "0" ? null : timeUnixNano,
    observed: observedTimeUnixNano === "0" ? null : observedTimeUnixNano,
    severity: record.severityNumber ?? 0,
    level: record.severityText ?? "",
    body: body === undefined ? null : attributeValue(body),
    traceId: record.traceId || null,
    spanId: record.spanId || null,
    eventName: record.eventName ?? "",
    attributes: attributesOf(record.attributes),
  };
}
