import type { Protocol } from "../wire/payload.ts";
import { checkedCompression, checkedHeaders, checkedProtocol, checkedUrl } from "./destination.ts";
import {
  compressionIn,
  type Environment,
  headersIn,
  protocolIn,
  type Signal,
  urlIn,
} from "./environment.ts";
import type { Collector, Compression } from "./send.ts";

/** How to reach a collector over HTTP. What is not said, OpenTelemetry's own environment variables say for each signal. */
export interface CollectorOptions {
  /** The full URL of the signal; else what the environment says, else a collector on this machine. */
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

export interface ReachableCollector extends Collector {
  readonly protocol: Protocol;
}

/** Throws at once for an address, a header, a protocol or a compression that cannot be used. */
export function collectorOf(
  signal: Signal,
  options: CollectorOptions,
  environment: Environment,
): ReachableCollector {
  return {
    protocol: checkedProtocol(options.protocol) ?? protocolIn(environment, signal),
    url: checkedUrl(options.url ?? urlIn(environment, signal), signal),
    headers: {
      ...checkedHeaders(headersIn(environment, signal)),
      ...checkedHeaders(options.headers ?? {}),
    },
    compression: checkedCompression(options.compression) ?? compressionIn(environment, signal),
    fetch: options.fetch ?? fetch,
    clock: options.clock ?? Date.now,
  };
}
