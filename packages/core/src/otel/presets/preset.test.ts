import { describe, expect, test } from "vitest";
import { exampleSpan } from "../../otlp/encode/example-span.ts";
import { attributesIn, type ReadAttributes, spansIn } from "../../otlp/encode/read-back.ts";
import type { TracesRequest } from "../../otlp/wire/otlp.ts";
import { otel, type OwnTransport } from "../otel.ts";
import { type PresetName, presetNames } from "./preset-names.ts";

interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: ReadAttributes;
  readonly attributes: ReadAttributes;
}

/** What would go out, as `fetch` is asked for it. */
async function posted(options: OwnTransport): Promise<Posted> {
  const requests: Posted[] = [];
  const exporter = otel({
    protocol: "http/json",
    compression: "none",
    ...options,
    fetch: (url, request) => {
      const traces = JSON.parse(
        Buffer.from(request?.body as Uint8Array).toString(),
      ) as TracesRequest;
      requests.push({
        url: url as string,
        headers: request?.headers as Readonly<Record<string, string>>,
        resource: attributesIn(traces.resourceSpans[0]?.resource.attributes ?? []),
        attributes: attributesIn(spansIn(traces)[0]?.attributes ?? []),
      });
      return Promise.resolve(new Response());
    },
  });
  const span = exampleSpan({ kind: "model", requestModel: "m" });
  await exporter.export([span], { signal: AbortSignal.timeout(5_000), content: null });
  const [request] = requests;
  if (!request) throw new Error("expected a request, received none");
  return request;
}

/** Every variable that a product names, set. */
const keys = {
  HONEYCOMB_API_KEY: "hc-key",
  DD_API_KEY: "dd-key",
  PHOENIX_API_KEY: "px-key",
  MLFLOW_EXPERIMENT_ID: "7",
  MLFLOW_TRACKING_TOKEN: "ml-key",
  LANGSMITH_API_KEY: "ls-key",
  BRAINTRUST_API_KEY: "bt-key",
  BRAINTRUST_PARENT: "project_name:shop",
};

describe("a preset sends to its product", () => {
  const json = { "content-type": "application/json" };
  test.each<[PresetName, string, object]>([
    ["jaeger", "http://localhost:4318/v1/traces", {}],
    ["tempo", "http://localhost:4318/v1/traces", {}],
    ["zipkin", "http://localhost:4318/v1/traces", {}],
    ["honeycomb", "https://api.honeycomb.io/v1/traces", { "x-honeycomb-team": "hc-key" }],
    [
      "datadog",
      "https://otlp.datadoghq.com/v1/traces",
      { "dd-api-key": "dd-key", "dd-otlp-source": "llmobs" },
    ],
    ["phoenix", "http://localhost:6006/v1/traces", { authorization: "Bearer px-key" }],
    [
      "mlflow",
      "http://localhost:5000/v1/traces",
      { "x-mlflow-experiment-id": "7", authorization: "Bearer ml-key" },
    ],
    ["langsmith", "https://api.smith.langchain.com/otel/v1/traces", { "x-api-key": "ls-key" }],
    [
      "braintrust",
      "https://api.braintrust.dev/otel/v1/traces",
      { authorization: "Bearer bt-key", "x-bt-parent": "project_name:shop" },
    ],
  ])("%s", async (preset, url, headers) => {
    const request = await posted({ preset, environment: keys });
    expect(request.url).toBe(url);
    expect(request.headers).toEqual({ ...json, ...headers });
  });

  test.each<[PresetName, Record<string, string>, string]>([
    [
      "honeycomb",
      { HONEYCOMB_API_ENDPOINT: "https://api.eu1.honeycomb.io" },
      "https://api.eu1.honeycomb.io/v1/traces",
    ],
    ["datadog", { DD_SITE: "us3.datadoghq.com" }, "https://otlp.us3.datadoghq.com/v1/traces"],
    [
      "phoenix",
      { PHOENIX_COLLECTOR_ENDPOINT: "https://phoenix.example/v1/traces/" },
      "https://phoenix.example/v1/traces",
    ],
    [
      "mlflow",
      { MLFLOW_TRACKING_URI: "https://mlflow.example/" },
      "https://mlflow.example/v1/traces",
    ],
    [
      "langsmith",
      { LANGSMITH_ENDPOINT: "https://eu.api.smith.langchain.com" },
      "https://eu.api.smith.langchain.com/otel/v1/traces",
    ],
    [
      "braintrust",
      { BRAINTRUST_API_URL: "https://api-eu.braintrust.dev/" },
      "https://api-eu.braintrust.dev/otel/v1/traces",
    ],
  ])("%s, where its own variable says that it is", async (preset, environment, url) => {
    expect((await posted({ preset, environment: { ...keys, ...environment } })).url).toBe(url);
  });

  test.each<[PresetName, Record<string, string>, object]>([
    ["datadog", { DD_LLMOBS_ML_APP: "shop" }, { "dd-ml-app": "shop" }],
    [
      "langsmith",
      { LANGSMITH_PROJECT: "shop", LANGSMITH_WORKSPACE_ID: "w-1" },
      { "langsmith-project": "shop", "x-tenant-id": "w-1" },
    ],
  ])("%s, for the project that its variables name", async (preset, environment, headers) => {
    const request = await posted({ preset, environment: { ...keys, ...environment } });
    expect(request.headers).toMatchObject(headers);
  });

  test("phoenix names its project in the resource, and needs no key on this machine", async () => {
    const request = await posted({
      preset: "phoenix",
      environment: { PHOENIX_PROJECT_NAME: "shop" },
    });
    expect(request.resource["openinference.project.name"]).toBe("shop");
    expect(request.headers["authorization"]).toBeUndefined();
  });
});

describe("what a product reads besides is said", () => {
  test.each<[PresetName, string]>([
    ["phoenix", "openinference.span.kind"],
    ["langsmith", "langsmith.span.kind"],
    ["braintrust", "braintrust.span_attributes"],
  ])("to %s", async (preset, name) => {
    const { attributes } = await posted({ preset, environment: keys });
    expect(attributes).toHaveProperty([name]);
    expect(attributes["gen_ai.operation.name"]).toBe("chat");
  });

  test.each<PresetName>(["jaeger", "tempo", "zipkin", "honeycomb", "datadog", "mlflow"])(
    "to %s nothing but the conventions",
    async (preset) => {
      const { attributes } = await posted({ preset, environment: keys });
      expect(Object.keys(attributes).filter((name) => !/^(gen_ai|spoor)\./.test(name))).toEqual([]);
    },
  );
});

describe("what is given wins over a preset", () => {
  test("address, header by header, names and its own name", async () => {
    const request = await posted({
      preset: "phoenix",
      environment: keys,
      url: "https://gateway.example/v1/traces",
      headers: { Authorization: "Bearer mine", "x-team": "eu" },
      overlays: [],
    });
    expect(request.url).toBe("https://gateway.example/v1/traces");
    expect(request.headers).toMatchObject({ authorization: "Bearer mine", "x-team": "eu" });
    expect(request.attributes).not.toHaveProperty(["openinference.span.kind"]);
    expect(otel({ preset: "phoenix", environment: {} }).name).toBe("phoenix");
    expect(otel({ preset: "phoenix", environment: {}, name: "team" }).name).toBe("team");
  });

  test("but what is undefined, out of a variable that nobody has set, is not given", async () => {
    const unset = undefined as never;
    const request = await posted({
      preset: "phoenix",
      environment: keys,
      url: unset,
      overlays: unset,
      headers: { authorization: unset },
      resource: { "service.version": unset },
    });
    expect(request.url).toBe("http://localhost:6006/v1/traces");
    expect(request.headers["authorization"]).toBe("Bearer px-key");
    expect(request.attributes).toHaveProperty(["openinference.span.kind"]);
    expect(request.resource).not.toHaveProperty(["service.version"]);
  });

  test("but not what the environment says of another collector, least of all its key", async () => {
    const environment = {
      ...keys,
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://elsewhere.example",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer theirs",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_SERVICE_NAME: "shop",
    };
    const request = await posted({ preset: "honeycomb", environment });
    expect(request.url).toBe("https://api.honeycomb.io/v1/traces");
    expect(request.headers["authorization"]).toBeUndefined();
    expect(request.resource["service.name"]).toBe("shop");
  });
});

test("a key that is missing is named at once, and is never in the address", () => {
  expect(() => otel({ preset: "honeycomb", environment: {} })).toThrow(
    "honeycomb accepts nothing without the header x-honeycomb-team, set HONEYCOMB_API_KEY to the key or give the header",
  );
  expect(() => otel({ preset: "mlflow", environment: {} })).toThrow(
    "mlflow accepts nothing without the header x-mlflow-experiment-id, set MLFLOW_EXPERIMENT_ID to an experiment's id or give the header",
  );
  const headers = { "X-Honeycomb-Team": "mine" };
  expect(() => otel({ preset: "honeycomb", environment: {}, headers })).not.toThrow();
  for (const preset of presetNames)
    expect(otel({ preset, environment: keys }).destination).not.toMatch(/key/);
});

test("a product that is not known, an encoding that is none and what cannot be sent are refused at once", () => {
  for (const [options, message] of [
    [{ preset: "splunk" }, 'received "splunk"'],
    [{ dialect: "1.0" }, "expected dialect to be latest, 1.41, 1.36"],
    [{ overlays: ["opik"] }, "expected overlays to be openinference"],
    [{ contextMode: "none" }, "expected contextMode to be auto, full, delta"],
    [{ maxAttributeBytes: 10 }, "expected maxAttributeBytes to be 256 or more"],
    [{ resource: { replicas: 3 } }, "expected replicas of the resource to be a text"],
    [{ service: 7 }, "expected service.name of the resource to be a text, received number"],
  ] as const)
    expect(() => otel({ ...(options as unknown as OwnTransport), environment: {} })).toThrow(
      message,
    );
});
