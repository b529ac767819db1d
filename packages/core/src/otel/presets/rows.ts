import type { OverlayName } from "../../otlp/encode/encoding.ts";
import type { PresetName } from "./preset-names.ts";

/** A header whose value the product's own variable says. */
export interface PresetHeader {
  readonly name: string;
  readonly variable: string;
  readonly before?: string;
  /** Without it nothing is accepted; an example of what to say. */
  readonly needed?: string;
}

/** A product as far as a request to it depends on it. */
export interface PresetRow {
  /** Of the product's own service, or of one on this machine. */
  readonly base: string;
  /** Variables that move it: a whole address, or what stands for `{site}` in the base. */
  readonly endpoint?: string;
  readonly site?: { readonly variable: string; readonly otherwise: string };
  readonly path: string;
  readonly headers?: readonly PresetHeader[];
  readonly fixedHeaders?: Readonly<Record<string, string>>;
  /** Attributes of the resource that variables say, by name. */
  readonly resource?: Readonly<Record<string, string>>;
  readonly overlay?: OverlayName;
  /** What it accepts of one attribute. */
  readonly maxAttributeBytes?: number;
}

/** A collector, or what takes OTLP at the port of one. */
const onThisMachine = { base: "http://localhost:4318", path: "/v1/traces" } as const;

export const presetRows: Readonly<Record<PresetName, PresetRow>> = {
  jaeger: onThisMachine,
  tempo: onThisMachine,
  /** Zipkin takes no OTLP: this is the address of a Collector with a `zipkin` exporter. */
  zipkin: onThisMachine,
  honeycomb: {
    base: "https://api.honeycomb.io",
    endpoint: "HONEYCOMB_API_ENDPOINT",
    path: "/v1/traces",
    headers: [{ name: "x-honeycomb-team", variable: "HONEYCOMB_API_KEY", needed: "the key" }],
    maxAttributeBytes: 64_000,
  },
  datadog: {
    base: "https://otlp.{site}",
    site: { variable: "DD_SITE", otherwise: "datadoghq.com" },
    path: "/v1/traces",
    headers: [
      { name: "dd-api-key", variable: "DD_API_KEY", needed: "the key" },
      { name: "dd-ml-app", variable: "DD_LLMOBS_ML_APP" },
    ],
    fixedHeaders: { "dd-otlp-source": "llmobs" },
  },
  phoenix: {
    base: "http://localhost:6006",
    endpoint: "PHOENIX_COLLECTOR_ENDPOINT",
    path: "/v1/traces",
    headers: [{ name: "authorization", variable: "PHOENIX_API_KEY", before: "Bearer " }],
    resource: { "openinference.project.name": "PHOENIX_PROJECT_NAME" },
    overlay: "openinference",
  },
  mlflow: {
    base: "http://localhost:5000",
    endpoint: "MLFLOW_TRACKING_URI",
    path: "/v1/traces",
    headers: [
      {
        name: "x-mlflow-experiment-id",
        variable: "MLFLOW_EXPERIMENT_ID",
        needed: "an experiment's id",
      },
      { name: "authorization", variable: "MLFLOW_TRACKING_TOKEN", before: "Bearer " },
    ],
  },
  langsmith: {
    base: "https://api.smith.langchain.com",
    endpoint: "LANGSMITH_ENDPOINT",
    path: "/otel/v1/traces",
    headers: [
      { name: "x-api-key", variable: "LANGSMITH_API_KEY", needed: "the key" },
      { name: "langsmith-project", variable: "LANGSMITH_PROJECT" },
      { name: "x-tenant-id", variable: "LANGSMITH_WORKSPACE_ID" },
    ],
    overlay: "langsmith",
  },
  braintrust: {
    base: "https://api.braintrust.dev",
    endpoint: "BRAINTRUST_API_URL",
    path: "/otel/v1/traces",
    headers: [
      {
        name: "authorization",
        variable: "BRAINTRUST_API_KEY",
        before: "Bearer ",
        needed: "the key",
      },
      { name: "x-bt-parent", variable: "BRAINTRUST_PARENT", needed: "project_name:shop" },
    ],
    overlay: "braintrust",
  },
};
