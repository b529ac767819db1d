import { resolve } from "node:path";
import { transports } from "../langfuse/transports.ts";
import { presetNames } from "../otel/presets/preset-names.ts";
import { contextModes, dialects, overlayNames } from "../otlp/encode/encoding.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import type { Exporter } from "../pipeline/exporter.ts";
import {
  type Check,
  flag,
  isPlain,
  listOf,
  mismatch,
  name,
  oneOf,
  text,
  under,
  wholeNumber,
} from "./check.ts";

/** What options are understood by. */
export interface Surroundings {
  readonly environment: Environment;
  /** What the names of files are relative to. */
  readonly folder: string;
}

interface NamedExporter {
  /** What it can be told, besides what a route says. */
  readonly options: Readonly<Record<string, Check>>;
  /** Imports its module. Rejects, saying what to do, for options that cannot be used. */
  create(options: Readonly<Record<string, unknown>>, around: Surroundings): Promise<Exporter>;
}

const textByName: Check = (value, path) => {
  if (!isPlain(value)) return mismatch(path, "an object of texts", value);
  const problems = Object.entries(value).flatMap(
    ([key, member]) => text(member, under(path, key)).problems,
  );
  return { value, problems };
};

/** The exporters that a config without code, or the environment, can ask for. A new one is a row. */
export const exportersByName: Readonly<Record<string, NamedExporter>> = {
  console: {
    options: {},
    create: async () => (await import("../console/console-exporter.ts")).consoleExporter(),
  },
  otel: {
    options: {
      name,
      url: text,
      headers: textByName,
      protocol: oneOf("http/protobuf", "http/json"),
      compression: oneOf("gzip", "none"),
      service: text,
      resource: textByName,
      preset: oneOf(...presetNames),
      dialect: oneOf(...dialects),
      overlays: listOf(oneOf(...overlayNames)),
      contextMode: oneOf(...contextModes),
      maxAttributeBytes: wholeNumber(256),
    },
    create: async (options, { environment }) =>
      (await import("../otel/otel.ts")).otel({ ...options, environment }),
  },
  "otel-logs": {
    options: {
      name,
      url: text,
      headers: textByName,
      protocol: oneOf("http/protobuf", "http/json"),
      compression: oneOf("gzip", "none"),
      level: oneOf("debug", "info", "warn", "error"),
      service: text,
      resource: textByName,
    },
    create: async (options, { environment }) =>
      (await import("../otel/logs/otel-logs.ts")).otelLogs({ ...options, environment }),
  },
  langfuse: {
    options: {
      name,
      baseUrl: text,
      transport: oneOf(...transports),
      contextMode: oneOf(...contextModes),
      cost: oneOf("server"),
      graph: flag,
      scopeName: name,
      maxFieldBytes: wholeNumber(256),
    },
    create: async (options, { environment }) =>
      (await import("../langfuse/langfuse.ts")).langfuse({ ...options, environment }),
  },
  "otel-metrics": {
    options: {
      name,
      url: text,
      headers: textByName,
      protocol: oneOf("http/protobuf", "http/json"),
      compression: oneOf("gzip", "none"),
      service: text,
      resource: textByName,
    },
    create: async (options, { environment }) =>
      (await import("../metrics/index.ts")).otelMetrics({ ...options, environment }),
  },
  prometheus: {
    options: { name, port: wholeNumber(0), host: text, service: text, resource: textByName },
    create: async (options, { environment }) =>
      (await import("../metrics/index.ts")).prometheus({ ...options, environment }),
  },
  ndjson: {
    options: { name, file: name },
    create: async ({ file, ...options }, { folder }) => {
      const { ndjson } = await import("../ndjson/ndjson.ts");
      return ndjson(
        typeof file === "string" ? { ...options, file: resolve(folder, file) } : options,
      );
    },
  },
};
