import type { SpanExporter } from "../pipeline/exporter.ts";
import { encode } from "../otlp/encode/encode.ts";
import { toldWholeUpTo } from "../otlp/encode/context-told.ts";
import type { EncodingOptions } from "../otlp/encode/encoding.ts";
import { checkedHeaders, checkedUrl } from "../otlp/transport/destination.ts";
import {
  compressionIn,
  type Environment,
  headersIn,
  protocolIn,
  urlIn,
} from "../otlp/transport/environment.ts";
import { type Collector, type Compression, send } from "../otlp/transport/send.ts";
import { type Protocol, tracesPayload } from "../otlp/wire/payload.ts";

/** How to reach a collector over HTTP. */
export interface HttpOptions {
  /** The full traces URL; else what OpenTelemetry's own environment variables say, else a collector on this machine. */
  readonly url?: string;
  /** Win over those of the environment, name by name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Else what the environment says, else `http/protobuf`, which every backend takes. */
  readonly protocol?: Protocol;
  /** Else what the environment says, else `gzip`. */
  readonly compression?: Compression;
  /** For tests and proxies. */
  readonly fetch?: typeof fetch;
  /** For tests: milliseconds since the epoch. */
  readonly clock?: () => number;
}

/** What a destination is, whatever way leads to it. */
export interface Sent {
  readonly name: string;
  readonly content: "none" | "full";
  readonly resource: Readonly<Record<string, string>>;
  readonly environment: Environment;
  readonly encoding: EncodingOptions;
}

/**
 * Sends finished spans to anything that takes OTLP over HTTP. Throws at once for an address, a header or a protocol that cannot be used; what
 * fails later is the pipeline's.
 */
export function overHttp(options: HttpOptions, sent: Sent): SpanExporter {
  const { name, content, resource, environment, encoding } = sent;
  const protocol = options.protocol ?? protocolIn(environment, "traces");
  const collector: Collector = {
    url: checkedUrl(options.url ?? urlIn(environment, "traces")),
    headers: {
      ...checkedHeaders(headersIn(environment, "traces")),
      ...checkedHeaders(options.headers ?? {}),
    },
    compression: options.compression ?? compressionIn(environment, "traces"),
    fetch: options.fetch ?? fetch,
    clock: options.clock ?? Date.now,
  };
  return {
    name,
    consumes: "spans",
    content,
    destination: collector.url,
    wholeContextUpTo: toldWholeUpTo(encoding.contextMode),
    async export(batch, { signal, content: reader }) {
      if (batch.length === 0) return;
      const request = encode(batch, { ...encoding, resource, content: reader });
      await send(tracesPayload(request, protocol), collector, signal);
    },
  };
}
