import { describe, expect, test } from "vitest";
import {
  checkedHeaders,
  checkedUrl,
  type Environment,
  headersIn,
  serviceIn,
  tracesUrlIn,
} from "./destination.ts";

describe("the address, where nobody gave one", () => {
  test.each<[string, Environment, string]>([
    ["is a collector on this machine", {}, "http://localhost:4318/v1/traces"],
    [
      "is under the base of all signals",
      { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318/" },
      "http://collector:4318/v1/traces",
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
    expect(tracesUrlIn(environment)).toBe(url);
  });
});

test("the service is unknown where nobody named it", () => {
  expect(serviceIn({ OTEL_SERVICE_NAME: "shop" })).toBe("shop");
  expect(serviceIn({ OTEL_SERVICE_NAME: "" })).toBe("unknown_service");
});

test("headers come from the environment, those of traces winning", () => {
  const environment = {
    OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer%20a=b, x-team=1,nonsense",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-team=2",
  };
  expect(headersIn(environment)).toEqual({ authorization: "Bearer a=b", "x-team": "2" });
});

test("an address that cannot be asked is refused, and credentials in it are not repeated", () => {
  expect(() => checkedUrl("localhost:4318")).toThrow(/give one such as/);
  expect(() => checkedUrl("http://me:secret@host/")).toThrow(/^(?!.*secret).*as a header/);
});

test("a header that cannot be sent is named without its value", () => {
  expect(checkedHeaders({ "X-Key": "k" })).toEqual({ "x-key": "k" });
  expect(() => checkedHeaders({ "x-key": "secret\nx" })).toThrow(/^(?!.*secret).*"x-key"/s);
});
