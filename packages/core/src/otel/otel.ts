import process from "node:process";
import { checkedEncoding, type EncodingOptions } from "../otlp/encode/encoding.ts";
import type { CollectorOptions } from "../otlp/transport/collector-of.ts";
import { type Environment, resourceIn } from "../otlp/transport/environment.ts";
import type { SpanExporter, UnsampledPolicy } from "../pipeline/exporter.ts";
import { said } from "../pipeline/said.ts";
import { checkedPolicy, checkedResource, refuseOwnTransport } from "./checked-options.ts";
import { overHttp } from "./over-http.ts";
import { presetOptions } from "./presets/preset.ts";
import type { PresetName } from "./presets/preset-names.ts";
import { checkedProcessor } from "./through/checked-processor.ts";
import type { SdkResource, SdkSpanProcessor } from "./through/sdk-span.ts";
import { through } from "./through/through.ts";

interface AnyWay extends EncodingOptions {
  /** Names its cursor and its report: two collectors need two. Default: the preset's, else `otel`. */
  readonly name?: string;
  /** `full` sends what users, models and tools said, and who the user was. Default: `none`. */
  readonly content?: "none" | "full";
  /** Turns that joined a trace which the application did not sample. Default: `filter`, as it did with its own spans of that trace. */
  readonly unsampled?: UnsampledPolicy;
  /** For tests: in place of the process's. */
  readonly environment?: Environment;
}

/** Straight to a collector, which is where nothing is lost: what it has not taken waits in the journal. */
export interface OwnTransport extends AnyWay, CollectorOptions {
  /**
   * A product: its address, its key from its own environment variable, and the names that it reads. What else is given wins over it.
   * `OTEL_EXPORTER_OTLP_*` speak of another destination and are not read then.
   */
  readonly preset?: PresetName;
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
 * Finished spans in OpenTelemetry's GenAI conventions, for anything that takes OTLP. Throws at once for an address, a header, a protocol or a
 * processor that cannot be used; what fails later is the pipeline's.
 */
export function otel(options: OtelOptions = {}): SpanExporter {
  return { ...exporterOf(options), unsampled: checkedPolicy(options.unsampled) };
}

function exporterOf(options: OtelOptions): SpanExporter {
  return "through" in options ? throughSdk(options) : toCollector(said(options));
}

function throughSdk(options: OwnSdk): SpanExporter {
  const { name = "otel", content = "none", environment = process.env } = options;
  refuseOwnTransport(said(options));
  return through({
    name,
    content,
    processor: checkedProcessor(options.through),
    resource: options.resource ?? { attributes: resourceIn(environment) },
    encoding: checkedEncoding(options),
  });
}

function toCollector(options: OwnTransport): SpanExporter {
  const { preset, service, content = "none", environment = process.env } = options;
  const { name = preset ?? "otel" } = options;
  const given = said(options.headers ?? {});
  const known = preset === undefined ? null : presetOptions(preset, environment, given);
  const all = { ...known, ...options, headers: { ...known?.headers, ...given } };
  const resource = {
    ...resourceIn(environment),
    ...known?.resource,
    ...said(options.resource ?? {}),
    ...(service === undefined ? {} : { "service.name": service }),
  };
  return overHttp(all, {
    name,
    content,
    resource: checkedResource(resource),
    environment: preset === undefined ? environment : {},
    encoding: checkedEncoding(all),
  });
}
