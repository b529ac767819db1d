import type {
  MetricsRequest,
  OtlpHistogramPoint,
  OtlpMetric,
  OtlpNumberPoint,
} from "../metrics.ts";
import { keyValue, scope } from "./common.ts";
import {
  double,
  encodeWith,
  enumeration,
  field,
  fixed64,
  flag,
  message,
  packed,
  repeated,
  text,
} from "./field.ts";

const numberPoint = message<OtlpNumberPoint>({
  startTimeUnixNano: field(2, fixed64),
  timeUnixNano: field(3, fixed64),
  asDouble: field(4, double),
  attributes: repeated(7, keyValue),
});

const histogramPoint = message<OtlpHistogramPoint>({
  startTimeUnixNano: field(2, fixed64),
  timeUnixNano: field(3, fixed64),
  count: field(4, fixed64),
  sum: field(5, double),
  bucketCounts: packed(6, fixed64),
  explicitBounds: packed(7, double),
  attributes: repeated(9, keyValue),
  min: field(11, double),
  max: field(12, double),
});

const gauge = message<NonNullable<OtlpMetric["gauge"]>>({ dataPoints: repeated(1, numberPoint) });

const sum = message<NonNullable<OtlpMetric["sum"]>>({
  dataPoints: repeated(1, numberPoint),
  aggregationTemporality: field(2, enumeration),
  isMonotonic: field(3, flag),
});

const histogram = message<NonNullable<OtlpMetric["histogram"]>>({
  dataPoints: repeated(1, histogramPoint),
  aggregationTemporality: field(2, enumeration),
});

const metric = message<OtlpMetric>({
  name: field(1, text),
  description: field(2, text),
  unit: field(3, text),
  gauge: field(5, gauge),
  sum: field(7, sum),
  histogram: field(9, histogram),
});

type ResourceMetrics = MetricsRequest["resourceMetrics"][number];
type ScopeMetrics = ResourceMetrics["scopeMetrics"][number];

const scopeMetrics = message<ScopeMetrics>({
  scope: field(1, scope),
  metrics: repeated(2, metric),
});

const request = message<MetricsRequest>({
  resourceMetrics: repeated(
    1,
    message<ResourceMetrics>({
      resource: field(1, message({ attributes: repeated(1, keyValue) })),
      scopeMetrics: repeated(2, scopeMetrics),
    }),
  ),
});

/** An export request in the binary form of its protocol buffers. The numbers are those of opentelemetry-proto 1.x. */
export function metricsInProtobuf(metrics: MetricsRequest): Uint8Array<ArrayBuffer> {
  return encodeWith(request, metrics);
}
