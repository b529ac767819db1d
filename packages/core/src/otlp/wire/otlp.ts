import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import type { KeyValue } from "./key-value.ts";

/** The part of OTLP that is sent, in the JSON form of its protocol buffers: hexadecimal ids, 64-bit numbers as text, enums as numbers. */
export interface TracesRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly scope: OtlpScope;
      readonly spans: readonly OtlpSpan[];
    }[];
  }[];
}

/** Who says what follows. */
export interface OtlpScope {
  readonly name: string;
  /** Absent: not known here. */
  readonly version?: string;
}

export const otlpKind = { internal: 1, client: 3 } as const;
export const otlpStatus = { unset: 0, error: 2 } as const;

export interface OtlpSpan {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly parentSpanId?: SpanId;
  readonly name: string;
  readonly kind: (typeof otlpKind)[keyof typeof otlpKind];
  /** Both absent: nobody knows when. */
  readonly startTimeUnixNano?: string;
  readonly endTimeUnixNano?: string;
  readonly attributes: readonly KeyValue[];
  readonly events: readonly OtlpEvent[];
  readonly links: readonly OtlpLink[];
  readonly status: {
    readonly code: (typeof otlpStatus)[keyof typeof otlpStatus];
    readonly message?: string;
  };
}

export interface OtlpEvent {
  readonly name: string;
  readonly timeUnixNano?: string;
  readonly attributes: readonly KeyValue[];
}

export interface OtlpLink {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly attributes: readonly KeyValue[];
}
