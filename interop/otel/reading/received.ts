import { attributeValue } from "../../../packages/core/src/otlp/wire/attribute-value.ts";
import type { KeyValue } from "../../../packages/core/src/otlp/wire/key-value.ts";

/** A span as OTLP's JSON has it, whoever wrote it: what is empty may be absent. */
export interface LooseSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  readonly kind?: number;
  readonly startTimeUnixNano?: string;
  readonly endTimeUnixNano?: string;
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly {
    readonly name?: string;
    readonly timeUnixNano?: string;
    readonly attributes?: readonly KeyValue[];
  }[];
  readonly links?: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes?: readonly KeyValue[];
  }[];
  readonly status?: { readonly code?: number; readonly message?: string };
}

/** A request as OTLP's JSON has it. */
export interface LooseRequest {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly LooseSpan[] }[];
  }[];
}

/** A span at its destination: nothing is absent there, so that what came two ways can be compared. */
export interface Received {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: number;
  readonly start: string;
  readonly end: string;
  readonly attributes: Attributes;
  readonly events: readonly {
    readonly name: string;
    readonly time: string;
    readonly attributes: Attributes;
  }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: Attributes;
  }[];
  readonly status: { readonly code: number; readonly message: string };
}

export type Attributes = Readonly<Record<string, ReturnType<typeof attributeValue>>>;

export function spansOf({ resourceSpans = [] }: LooseRequest): readonly Received[] {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const service = String(attributesOf(resource?.attributes)["service.name"]);
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => receivedOf(span, service)));
  });
}

function receivedOf(span: LooseSpan, service: string): Received {
  return {
    service,
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId || null,
    name: span.name ?? "",
    kind: span.kind ?? 0,
    start: span.startTimeUnixNano ?? "0",
    end: span.endTimeUnixNano ?? "0",
    attributes: attributesOf(span.attributes),
    events: (span.events ?? []).map(({ name = "", timeUnixNano = "0", attributes }) => ({
      name,
      time: timeUnixNano,
      attributes: attributesOf(attributes),
    })),
    links: (span.links ?? []).map(({ traceId, spanId, attributes }) => ({
      traceId,
      spanId,
      attributes: attributesOf(attributes),
    })),
    status: { code: span.status?.code ?? 0, message: span.status?.message ?? "" },
  };
}

export function attributesOf(attributes: readonly KeyValue[] = []): Attributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, attributeValue(value)]));
}
