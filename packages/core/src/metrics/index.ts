export type { Cardinality } from "./label-bound.ts";
export type { MetricsOptions } from "./metrics-options.ts";
export { otelMetrics, type OtelMetricsOptions } from "./otel-metrics.ts";
export {
  prometheus,
  type PrometheusExporter,
  type PrometheusOptions,
} from "./prometheus/prometheus.ts";
export { pricesFrom, type SpanPrice } from "../cost/span-price.ts";
