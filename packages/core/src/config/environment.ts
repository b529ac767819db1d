import { langfuseOf } from "./langfuse-in-environment.ts";
import { type Environment, urlIn } from "../otlp/transport/environment.ts";
import type { Config } from "./config.ts";
import { type Layer, merged } from "./layers.ts";
import { lazyExporter, type LazyExporter } from "./lazy-exporter.ts";

export type { Environment } from "../otlp/transport/environment.ts";

/** A variable that asks for an exporter. */
export interface ExporterSwitch {
  readonly exporter: string;
  readonly variable: string;
  /** Why it has no effect; null: it has. */
  readonly without: string | null;
}

/**
 * What the environment says: where the journal lies, and where spans go. Reads no files and imports nothing before the first batch. Never
 * throws: an address that cannot be one is the exporter's failure, told by `health()` and `spoor doctor`.
 */
export function configFromEnvironment(environment: Environment): Config {
  return merged(environmentLayers(environment)).config;
}

/** Each value can tell where it is from. A list of exporters is one value: all variables that ask for one say it together. */
export function environmentLayers(environment: Environment): readonly Layer[] {
  const dir = environment["SPOOR_DIR"];
  const journal: readonly Layer[] = dir
    ? [{ source: "environment SPOOR_DIR", config: { journal: { dir } } }]
    : [];
  const effective = exporterSwitches(environment).filter(({ without }) => without === null);
  if (effective.length === 0) return journal;
  const variables = effective.map(({ variable }) => variable).join(", ");
  const exporters = effective.map(({ exporter }) =>
    exporter === "langfuse" ? langfuseOf(environment) : otelOf(environment),
  );
  return [...journal, { source: `environment ${variables}`, config: { exporters } }];
}

/** Every variable that is set and asks for an exporter, with or without effect. */
export function exporterSwitches(environment: Environment): readonly ExporterSwitch[] {
  const isSet = (name: string): boolean => (environment[name] ?? "").trim() !== "";
  const otel = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"].find(isSet);
  const keys = ["LANGFUSE_PUBLIC_KEY", "LANGFUSE_SECRET_KEY"];
  const langfuse = keys.filter(isSet);
  return [
    ...(langfuse.length === 0
      ? []
      : [
          {
            exporter: "langfuse",
            variable: langfuse.join(" and "),
            without: whyNoLangfuse(
              keys.filter((name) => !isSet(name)),
              environment,
            ),
          },
        ]),
    ...(otel === undefined
      ? []
      : [{ exporter: "otel", variable: otel, without: whyNoOtel(environment) }]),
  ];
}

/** Langfuse's own switch holds for us too. */
function whyNoLangfuse(missing: readonly string[], environment: Environment): string | null {
  if (missing.length > 0) return `${missing.join(" and ")} is not set`;
  const enabled = environment["LANGFUSE_TRACING_ENABLED"]?.trim().toLowerCase();
  return enabled === "false" ? "LANGFUSE_TRACING_ENABLED is false" : null;
}

/** OpenTelemetry's own switches hold for us too. */
function whyNoOtel(environment: Environment): string | null {
  if (environment["OTEL_SDK_DISABLED"]?.trim().toLowerCase() === "true")
    return "OTEL_SDK_DISABLED is true";
  const chosen = environment["OTEL_TRACES_EXPORTER"]?.trim() ?? "";
  const names = chosen.split(",").map((name) => name.trim().toLowerCase());
  return chosen === "" || names.includes("otlp") ? null : `OTEL_TRACES_EXPORTER is ${chosen}`;
}

function otelOf(environment: Environment): LazyExporter {
  return lazyExporter({
    name: "otel",
    content: "none",
    unsampled: "filter",
    destination: urlIn(environment, "traces"),
    load: async () => (await import("../otel/otel.ts")).otel({ environment }),
  });
}
