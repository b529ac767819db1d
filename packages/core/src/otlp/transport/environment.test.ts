import { describe, expect, test } from "vitest";
import {
  compressionIn,
  type Environment,
  headersIn,
  protocolIn,
  resourceIn,
  urlIn,
} from "./environment.ts";

describe("the address, where nobody gave one", () => {
  test.each<[string, Environment, string]>([
    ["is a collector on this machine", {}, "http://localhost:4318/v1/traces"],
    [
      "is under the base of all signals",
      { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318/" },
      "http://collector:4318/v1/traces",
    ],
    [
      "keeps the query of the base behind its path",
      { OTEL_EXPORTER_OTLP_ENDPOINT: "http://[::1]:4318/in/?tenant=a" },
      "http://[::1]:4318/in/v1/traces?tenant=a",
    ],
    [
      "is the one of traces, as it stands",
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318",
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://traces/in",
      },
      "http://traces/in",
    ],
    [
      "is not an empty variable",
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: " " },
      "http://localhost:4318/v1/traces",
    ],
  ])("%s", (_, environment, url) => {
    expect(urlIn(environment, "traces")).toBe(url);
  });

  test("is each signal's own", () => {
    const environment = { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: "http://logs/in" };
    expect(urlIn(environment, "logs")).toBe("http://logs/in");
    expect(urlIn(environment, "metrics")).toBe("http://localhost:4318/v1/metrics");
  });
});

test("headers come from the environment, those of the signal winning", () => {
  const environment = {
    OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer%20a=b, x-team=1,nonsense",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-team=2",
  };
  expect(headersIn(environment, "traces")).toEqual({
    authorization: "Bearer a=b",
    "x-team": "2",
  });
  expect(headersIn(environment, "logs")).toMatchObject({ "x-team": "1" });
});

test("the protocol is protobuf unless one signal or all are told otherwise", () => {
  const environment = {
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "http/protobuf",
  };
  expect(protocolIn({}, "traces")).toBe("http/protobuf");
  expect(protocolIn(environment, "traces")).toBe("http/json");
  expect(protocolIn(environment, "logs")).toBe("http/protobuf");
});

test("a protocol that is not spoken is refused, with the way out", () => {
  expect(() => protocolIn({ OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, "traces")).toThrow(
    /received "grpc"; for grpc give the collector's HTTP port/,
  );
});

test("bodies are compressed unless the environment says not to", () => {
  expect(compressionIn({}, "traces")).toBe("gzip");
  expect(compressionIn({ OTEL_EXPORTER_OTLP_COMPRESSION: "none" }, "traces")).toBe("none");
});

test("the resource is what the environment says of it, the service's own variable winning", () => {
  const environment = {
    OTEL_RESOURCE_ATTRIBUTES: "service.name=a,service.version=1%2C0,nonsense",
    OTEL_SERVICE_NAME: "shop",
  };
  expect(resourceIn(environment)).toEqual({ "service.name": "shop", "service.version": "1,0" });
  expect(resourceIn({ OTEL_RESOURCE_ATTRIBUTES: "service.name=a" })).toEqual({
    "service.name": "a",
  });
  expect(resourceIn({ OTEL_SERVICE_NAME: "" })).toEqual({ "service.name": "unknown_service" });
});
