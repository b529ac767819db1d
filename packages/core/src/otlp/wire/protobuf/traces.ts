import type { OtlpEvent, OtlpLink, OtlpSpan, TracesRequest } from "../otlp.ts";
import { keyValue, scope } from "./common.ts";
import { encodeWith, enumeration, field, fixed64, id, message, repeated, text } from "./field.ts";

const event = message<OtlpEvent>({
  timeUnixNano: field(1, fixed64),
  name: field(2, text),
  attributes: repeated(3, keyValue),
});

const link = message<OtlpLink>({
  traceId: field(1, id),
  spanId: field(2, id),
  attributes: repeated(4, keyValue),
});

const status = message<OtlpSpan["status"]>({
  message: field(2, text),
  code: field(3, enumeration),
});

const span = message<OtlpSpan>({
  traceId: field(1, id),
  spanId: field(2, id),
  parentSpanId: field(4, id),
  name: field(5, text),
  kind: field(6, enumeration),
  startTimeUnixNano: field(7, fixed64),
  endTimeUnixNano: field(8, fixed64),
  attributes: repeated(9, keyValue),
  events: repeated(11, event),
  links: repeated(13, link),
  status: field(15, status),
});

type ResourceSpans = TracesRequest["resourceSpans"][number];
type ScopeSpans = ResourceSpans["scopeSpans"][number];

const scopeSpans = message<ScopeSpans>({
  scope: field(1, scope),
  spans: repeated(2, span),
});

const request = message<TracesRequest>({
  resourceSpans: repeated(
    1,
    message<ResourceSpans>({
      resource: field(1, message({ attributes: repeated(1, keyValue) })),
      scopeSpans: repeated(2, scopeSpans),
    }),
  ),
});

/** An export request in the binary form of its protocol buffers. The numbers are those of opentelemetry-proto 1.x. */
export function tracesInProtobuf(traces: TracesRequest): Uint8Array<ArrayBuffer> {
  return encodeWith(request, traces);
}
