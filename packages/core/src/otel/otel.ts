import process from "node:process";
import { checkedEncoding, type EncodingOptions } from "../otlp/encode/encoding.ts";
import type { CollectorOptions } from "../otlp/transport/collector-of.ts";
import { type Environment, resourceIn } from "../otlp/transport/environment.ts";
import type { SpanExporter, UnsampledPolicy } from "../pipeline/exporter.ts";
import { overHttp } from "./over-http.ts";
import { presetOptions } from "./presets/preset.ts";
import type { PresetName } from "./presets/preset-names.ts";
import type { SdkResource, SdkSpanProcessor } from "./through/sdk-span.ts";
import { through } from "./through/through.ts";

const unsampledPolicies: readonly UnsampledPolicy[] = ["filter", "send"];

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
 * Finished spans in OpenTelemetry's GenAI conventions, for anything that takes OTLP. Throws at once for an address, a header or a protocol that
 * cannot be used; what fails later is the pipeline's.
 */
export function otel(options: OtelOptions = {}): SpanExporter {
  return { ...exporterOf(options), unsampled: checkedPolicy(options.unsampled ?? "filter") };
}

function checkedPolicy(given: UnsampledPolicy): UnsampledPolicy {
  if (unsampledPolicies.includes(given)) return given;
  throw new TypeError(
    `expected unsampled to be ${unsampledPolicies.join(", ")}, received "${given}"`,
  );
}

function exporterOf(options: OtelOptions): SpanExporter {
  const { content = "none", environment = process.env } = options;
  const fromEnvironment = resourceIn(environment);
  if ("through" in options) {
    const { name = "otel", through: processor } = options;
    const resource = options.resource ?? { attributes: fromEnvironment };
    return through({ name, content, processor, resource, encoding: checkedEncoding(options) });
  }
  const { preset, service, headers = {}, name = preset ?? "otel" } = options;
  const known = preset === undefined ? null : presetOptions(preset, environment, headers);
  const said = { ...known, ...options, headers: { ...known?.headers, ...headers } };
  const resource = {
    ...fromEnvironment,
    ...known?.resource,
    ...options.resource,
    ...(service === undefined ? {} : { "service.name": service }),
  };
  return overHttp(said, {
    name,
    content,
    resource,
    environment: preset === undefined ? environment : {},
    encoding: checkedEncoding(said),
  });
}
