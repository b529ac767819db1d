import process from "node:process";
import type { Environment } from "../../otlp/transport/environment.ts";
import type { SpanExporter } from "../../pipeline/exporter.ts";
import { Aggregation } from "../aggregation.ts";
import { LabelBound } from "../label-bound.ts";
import type { MetricsOptions } from "../metrics-options.ts";
import { resourceOf } from "../resource-of.ts";
import { watch, type Watched, watching } from "../watch.ts";
import { exposition } from "./exposition.ts";
import { scrapeServer } from "./scrape-server.ts";

export interface PrometheusOptions extends MetricsOptions {
  /** Names its cursor and its report. Default: `prometheus`. */
  readonly name?: string;
  /** Default: 9464, as OpenTelemetry's own. 0: one that is free. */
  readonly port?: number;
  /** Default: `127.0.0.1`, so that only this machine can ask. What is told there are names and numbers, and who can ask can read them. */
  readonly host?: string;
  /** For tests: in place of the process's. */
  readonly environment?: Environment;
  /** For tests: milliseconds since the epoch. */
  readonly clock?: () => number;
}

export interface PrometheusExporter extends SpanExporter {
  /** The full address, once it listens. Rejects where it cannot. */
  listening(): Promise<string>;
  close(): Promise<void>;
}

/** Longer than any usual time between two scrapes, so that every one of them sees it. */
const highestForMs = 5 * 60_000;

/**
 * Measurements of finished spans, added up in memory and told to who scrapes `/metrics`: in Prometheus's text format, or in OpenMetrics where that
 * is asked for. That memory is the destination: it begins at zero with each process, as Prometheus expects of counters, and what was not scraped
 * when the process ends is gone.
 *
 * It listens from now on until it is closed, and keeps no process alive. Where the port is taken, nothing is thrown here: exports fail, saying so,
 * and what is finished waits in the journal.
 */
export function prometheus(options: PrometheusOptions = {}): PrometheusExporter {
  const { name = "prometheus", port = 9464, host = "127.0.0.1", cost, cardinality } = options;
  const { environment = process.env, clock = Date.now } = options;
  const total = new Aggregation({ highestForMs });
  const bound = new LabelBound(cardinality);
  const resource = resourceOf(options, environment);
  const server = scrapeServer({ host, port }, (format) =>
    exposition(total.series(clock()), resource, format),
  );
  let watched: Watched = watching(options.since ?? clock());
  /** Why it does not listen is told when something is to be exported. */
  server.listening().catch(() => null);
  return {
    name,
    consumes: "spans",
    content: "none",
    destination: `http://${host}:${port}/metrics`,
    async export(batch, { signal, content }) {
      await server.listening();
      signal.throwIfAborted();
      const seen = watch(watched, batch, cost ? (span) => cost(span, content) : null);
      const now = clock();
      for (const measurement of seen.measurements) total.add(bound.bounded(measurement), now);
      watched = seen.watched;
    },
    listening: () => server.listening(),
    close: () => server.close(),
  };
}
