import { randomUUID } from "node:crypto";
import process from "node:process";
import { collectorOf, type CollectorOptions } from "../otlp/transport/collector-of.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import { send } from "../otlp/transport/send.ts";
import { metricsPayload } from "../otlp/wire/metrics-payload.ts";
import type { SpanExporter } from "../pipeline/exporter.ts";
import { Aggregation } from "./aggregation.ts";
import { encode } from "./encode.ts";
import { LabelBound } from "./label-bound.ts";
import type { MetricsOptions } from "./metrics-options.ts";
import { resourceOf } from "./resource-of.ts";
import { PointTimeline } from "./point-timeline.ts";
import { watch, type Watched, watching } from "./watch.ts";

export interface OtelMetricsOptions extends MetricsOptions, CollectorOptions {
  /** Names its cursor and its report: two collectors need two. Default: `otel-metrics`. */
  readonly name?: string;
  /** For tests: in place of the process's. */
  readonly environment?: Environment;
  /** For tests: draws the `service.instance.id` of a resource that has none. */
  readonly newId?: () => string;
}

/** Points are about as large for one span as for a thousand, and nobody looks at metrics every second. */
const waitMs = 10_000;

/**
 * Measurements of finished spans as OTLP metrics. Each batch becomes *delta* points of exactly that batch: what it adds, and nothing of before.
 * So a process that ends takes nothing with it, and a batch that is sent again has the same bytes and the same time, by which who adds deltas up
 * knows it. Backends that want totals (Prometheus among them) get them from the Collector's `deltatocumulative` processor, or from the scrape
 * endpoint of `prometheus()`.
 *
 * What it keeps of turns and sessions that go on, because their figures need all of what leaves piece by piece, changes only when a batch has
 * arrived. Throws at once for an address, a header or a protocol that cannot be used; what fails later is the pipeline's.
 */
export function otelMetrics(options: OtelMetricsOptions = {}): SpanExporter {
  const { name = "otel-metrics", cost, cardinality, environment = process.env } = options;
  const { newId = randomUUID } = options;
  const { protocol, ...collector } = collectorOf("metrics", options, environment);
  const said = resourceOf(options, environment);
  /** Two processes that said the same of themselves would take each other's points for their own. */
  const resource = { "service.instance.id": newId(), ...said };
  const bound = new LabelBound(cardinality);
  const since = options.since ?? collector.clock();
  let watched: Watched = watching(since);
  const timeline = new PointTimeline(since);
  return {
    name,
    consumes: "spans",
    content: "none",
    limits: { items: 2_048, waitMs },
    destination: collector.url,
    async export(batch, { signal, content }) {
      const seen = watch(watched, batch, cost ? (span) => cost(span, content) : null);
      const added = new Aggregation({ highestForMs: Infinity });
      for (const measurement of seen.measurements) added.add(bound.bounded(measurement), 0);
      const series = added.series(0);
      const times = timeline.timesOf(batch, collector.clock());
      if (series.length > 0) {
        const request = encode(series, times, resource);
        await send(metricsPayload(request, protocol), collector, signal);
      }
      signal.throwIfAborted();
      watched = seen.watched;
      timeline.told(series, times);
    },
  };
}
