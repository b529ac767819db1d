import process from "node:process";
import { type Environment, resourceIn } from "../otlp/transport/environment.ts";
import type { SpanExporter } from "../pipeline/exporter.ts";
import { type HttpOptions, overHttp } from "./over-http.ts";
import type { SdkResource, SdkSpanProcessor } from "./through/sdk-span.ts";
import { through } from "./through/through.ts";

interface AnyWay {
  /** Names its cursor and its report: two collectors need two. Default: `otel`. */
  readonly name?: string;
  /** `full` sends what users, models and tools said, and who the user was. Default: `none`. */
  readonly content?: "none" | "full";
  /** For tests: in place of the process's. */
  readonly environment?: Environment;
}

/** Straight to a collector, which is where nothing is lost: what it has not taken waits in the journal. */
export interface OwnTransport extends AnyWay, HttpOptions {
  /** Else `OTEL_SERVICE_NAME`, else `unknown_service`. */
  readonly service?: string;
  /** Attributes of the service; win over those of `OTEL_RESOURCE_ATTRIBUTES`, name by name. */
  readonly resource?: Readonly<Record<string, string>>;
}

/** By way of the SDK that the application has set up already, of line 2.x or 3.x: with its sampling done, its exporter, its address and its key. */
export interface OwnSdk extends AnyWay {
  readonly through: SdkSpanProcessor;
  /** The resource that the SDK was given, so that all spans belong to one service. Else what the environment says. */
  readonly resource?: SdkResource;
}

export type OtelOptions = OwnTransport | OwnSdk;

/**
 * Finished spans in OpenTelemetry's GenAI conventions, for anything that takes OTLP. Throws at once for an address, a header or a protocol that
 * cannot be used; what fails later is the pipeline's.
 */
export function otel(options: OtelOptions = {}): SpanExporter {
  const { name = "otel", content = "none", environment = process.env } = options;
  const fromEnvironment = resourceIn(environment);
  if ("through" in options) {
    const resource = options.resource ?? { attributes: fromEnvironment };
    return through({ name, content, processor: options.through, resource });
  }
  const { service } = options;
  const resource = {
    ...fromEnvironment,
    ...options.resource,
    ...(service === undefined ? {} : { "service.name": service }),
  };
  return overHttp(options, { name, content, resource, environment });
}
