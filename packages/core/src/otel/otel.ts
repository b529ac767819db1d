import process from "node:process";
import type { SpanExporter } from "../pipeline/exporter.ts";
import {
  checkedHeaders,
  checkedUrl,
  type Environment,
  headersIn,
  serviceIn,
  tracesUrlIn,
} from "../otlp/transport/destination.ts";
import { encode } from "../otlp/encode/encode.ts";
import { type Collector, send } from "../otlp/transport/send.ts";

export interface OtelOptions {
  /** Names its cursor and its report: two collectors need two. Default: `otel`. */
  readonly name?: string;
  /** The full traces URL; else what OpenTelemetry's own environment variables say, else a collector on this machine. */
  readonly url?: string;
  /** Win over those of the environment, name by name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Else `OTEL_SERVICE_NAME`, else `unknown_service`. */
  readonly service?: string;
  /** `full` sends what users, models and tools said, and who the user was. Default: `none`. */
  readonly content?: "none" | "full";
  /** For tests and proxies. */
  readonly fetch?: typeof fetch;
  /** For tests: milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly environment?: Environment;
}

/**
 * Sends finished spans to anything that takes OTLP over HTTP, in the GenAI conventions. Throws at once for an address or a header that cannot
 * be used; what fails later is the pipeline's.
 */
export function otel(options: OtelOptions = {}): SpanExporter {
  const { name = "otel", environment = process.env, content = "none" } = options;
  const service = options.service ?? serviceIn(environment);
  const collector: Collector = {
    url: checkedUrl(options.url ?? tracesUrlIn(environment)),
    headers: {
      ...checkedHeaders(headersIn(environment)),
      ...checkedHeaders(options.headers ?? {}),
    },
    fetch: options.fetch ?? fetch,
    clock: options.clock ?? Date.now,
  };
  return {
    name,
    consumes: "spans",
    content,
    destination: collector.url,
    async export(batch, { signal, content: reader }) {
      if (batch.length === 0) return;
      await send(encode(batch, { service, content: reader }), collector, signal);
    },
  };
}
