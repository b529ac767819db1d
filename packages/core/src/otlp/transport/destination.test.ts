import { expect, test } from "vitest";
import { checkedCompression, checkedHeaders, checkedProtocol, checkedUrl } from "./destination.ts";

test("an address that cannot be asked is refused, and credentials in it are not repeated", () => {
  expect(() => checkedUrl("localhost:4318")).toThrow(/give one such as/);
  expect(() => checkedUrl("http://me:secret@host/")).toThrow(/^(?!.*secret).*as a header/);
});

test("a header that cannot be sent is named without its value", () => {
  expect(checkedHeaders({ "X-Key": "k" })).toEqual({ "x-key": "k" });
  expect(() => checkedHeaders({ "x-key": "secret\nx" })).toThrow(/^(?!.*secret).*"x-key"/s);
});

test("a protocol or a compression that is not spoken here is refused, also out of plain JavaScript", () => {
  expect(() => checkedProtocol("grpc" as "http/json")).toThrow(/received "grpc"; for grpc give/);
  expect(() => checkedCompression("zstd" as "gzip")).toThrow(/gzip or none, received "zstd"/);
  expect([checkedProtocol("http/json"), checkedCompression("none")]).toEqual(["http/json", "none"]);
});
