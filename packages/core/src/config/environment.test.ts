import { expect, test } from "vitest";
import { langfuse as loadedLangfuse } from "../langfuse/langfuse.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import { routeOf } from "../pipeline/route.ts";
import type { Config } from "./config.ts";
import { configFromEnvironment, type Environment, exporterSwitches } from "./environment.ts";

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };

const langfuse = { LANGFUSE_PUBLIC_KEY: "pk", LANGFUSE_SECRET_KEY: "sk" };

const exportersOf = ({ exporters = [] }: Config): readonly unknown[] =>
  exporters.map((given) => routeOf(given).to);

test("an environment that says nothing is an empty config", () => {
  expect(configFromEnvironment({ HOME: "/", SPOOR_DIR: "" })).toEqual({});
});

test("SPOOR_DIR is the folder of the journal", () => {
  expect(configFromEnvironment({ SPOOR_DIR: "here" })).toEqual({ journal: { dir: "here" } });
});

test.each<[Environment, string]>([
  [endpoint, "http://127.0.0.1:9/v1/traces"],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://other/x" }, "http://other/x"],
  [{ ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://other/x" }, "http://other/x"],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: "console, OTLP" }, "http://127.0.0.1:9/v1/traces"],
  [{ ...endpoint, OTEL_SDK_DISABLED: "false" }, "http://127.0.0.1:9/v1/traces"],
])("%j switches otel on", (environment, destination) => {
  expect(exportersOf(configFromEnvironment(environment))).toMatchObject([
    { name: "otel", consumes: "spans", content: "none", destination },
  ]);
});

test.each<[Environment, object]>([
  [langfuse, { destination: "https://cloud.langfuse.com/api/public/otel/v1/traces" }],
  [
    { ...langfuse, LANGFUSE_BASE_URL: "http://127.0.0.1:9/", LANGFUSE_SAMPLE_RATE: "0.5" },
    { destination: "http://127.0.0.1:9/api/public/otel/v1/traces", sample: 0.5 },
  ],
  [{ ...langfuse, LANGFUSE_BASE_URL: "nowhere" }, { destination: "" }],
  [{ LANGFUSE_PUBLIC_KEY: "sk-lf-1", LANGFUSE_SECRET_KEY: "pk-lf-1" }, { destination: "" }],
])("%j switches langfuse on, with content and with its scores", (environment, said) => {
  expect(exportersOf(configFromEnvironment(environment))).toMatchObject([
    {
      name: "langfuse",
      consumes: "spans",
      content: "full",
      companion: { name: "langfuse-scores", consumes: "events", takes: ["score.given"] },
      ...said,
    },
  ]);
});

test("what is known of langfuse before it is loaded is what it will say of itself", () => {
  const environment = { ...langfuse, LANGFUSE_SAMPLE_RATE: "0.5" };
  const values: unknown = JSON.parse(JSON.stringify(loadedLangfuse({ environment })));
  expect(exportersOf(configFromEnvironment(environment))).toMatchObject([values]);
});

test("one variable does not switch off what another asks for", () => {
  expect(exportersOf(configFromEnvironment({ ...endpoint, ...langfuse }))).toMatchObject([
    { name: "langfuse" },
    { name: "otel" },
  ]);
});

test.each<[Environment, string]>([
  [{ ...endpoint, OTEL_SDK_DISABLED: "TRUE" }, "OTEL_SDK_DISABLED is true"],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: "none" }, "OTEL_TRACES_EXPORTER is none"],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: "console" }, "OTEL_TRACES_EXPORTER is console"],
  [{ LANGFUSE_PUBLIC_KEY: "pk" }, "LANGFUSE_SECRET_KEY is not set"],
  [{ LANGFUSE_SECRET_KEY: "sk", LANGFUSE_PUBLIC_KEY: " " }, "LANGFUSE_PUBLIC_KEY is not set"],
  [{ ...langfuse, LANGFUSE_TRACING_ENABLED: "False" }, "LANGFUSE_TRACING_ENABLED is false"],
])("%j has no effect, and says why", (environment, without) => {
  expect(configFromEnvironment(environment)).toEqual({});
  expect(exporterSwitches(environment)).toMatchObject([{ without }]);
});

test.each<[Environment, string]>([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "nonsense" }, 'received "nonsense'],
  [{ ...langfuse, LANGFUSE_BASE_URL: "non.sense" }, 'received "non.sense'],
])("%j fails the exporter, not the program", async (environment, words) => {
  const config = configFromEnvironment(environment);
  const [given] = config.exporters ?? [];
  if (!given) throw new Error("no exporter");
  const { to } = routeOf(given);
  const context = { signal: new AbortController().signal, content: null };
  const failure: unknown = await to.export([], context).catch((error: unknown) => error);
  expect(ExportFailure.is(failure) && failure.message).toContain(words);
  expect(await to.check?.(context.signal)).toContain(words);
});
