import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySpan } from "../encode/arbitrary-span.ts";
import { encode } from "../encode/encode.ts";
import { attributesIn as writtenAttributes } from "../encode/read-back.ts";
import { receivedSpans } from "./received-spans.ts";

const ids = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

const requestOf = (...spans: readonly unknown[]): unknown => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "desk" } }] },
      scopeSpans: [{ scope: { name: "maker", version: "1.2" }, spans }],
    },
  ],
});

const only = (span: unknown) => receivedSpans(requestOf(span))?.[0];

const valueOf = (value: unknown): unknown =>
  only({ ...ids, attributes: [{ key: "k", value }] })?.attributes["k"];

test("a span says who made it, in which process, and what came before it", () => {
  const link = { ...ids, spanId: "00f067aa0ba902b7" };
  const attributes = [{ key: "link.from_runtime", value: { boolValue: true } }];
  expect(
    only({
      ...ids,
      parentSpanId: "00f067aa0ba902b7",
      name: "chat",
      kind: 3,
      startTimeUnixNano: "1795252264552312311",
      endTimeUnixNano: 1795252264552343000,
      links: [{ ...link, attributes }],
      events: [{ name: "exception", timeUnixNano: "1795252264552000000", attributes: [] }],
      status: { code: 2, message: "gone" },
    }),
  ).toEqual({
    ...ids,
    parentSpanId: "00f067aa0ba902b7",
    parentIsRemote: null,
    name: "chat",
    kind: "client",
    startedAt: 1795252264552.312,
    endedAt: 1795252264552.343,
    attributes: {},
    events: [{ name: "exception", at: 1795252264552, attributes: {} }],
    links: [{ ...link, attributes: { "link.from_runtime": true } }],
    status: { code: "error", message: "gone" },
    scope: { name: "maker", version: "1.2" },
    resource: { "service.name": "desk" },
  });
});

test("what a span does not say is null, and no status is no trouble", () => {
  expect(receivedSpans({ resourceSpans: [{ scopeSpans: [{ spans: [ids] }] }] })).toEqual([
    {
      ...ids,
      parentSpanId: null,
      parentIsRemote: null,
      name: "",
      kind: "unspecified",
      startedAt: null,
      endedAt: null,
      attributes: {},
      events: [],
      links: [],
      status: { code: "unset", message: null },
      scope: { name: "", version: null },
      resource: {},
    },
  ]);
});

test.each([
  ["text", { stringValue: "" }, ""],
  ["a flag", { boolValue: false }, false],
  ["a number as text", { intValue: "106" }, 106],
  ["a number", { intValue: 106 }, 106],
  ["a number that no number holds", { intValue: "9007199254740993" }, "9007199254740993"],
  ["a fraction", { doubleValue: 0.5 }, 0.5],
  ["no number", { doubleValue: "NaN" }, "NaN"],
  ["bytes", { bytesValue: "AAE=" }, "AAE="],
  ["a list", { arrayValue: { values: [{ stringValue: "stop" }, {}] } }, ["stop", null]],
  ["an empty list", { arrayValue: {} }, []],
  [
    "names and values",
    { kvlistValue: { values: [{ key: "a", value: { intValue: 1 } }] } },
    { a: 1 },
  ],
  ["nothing", {}, undefined],
])("an attribute may be %s", (_, value, read) => {
  expect(valueOf(value)).toEqual(read);
});

test("an attribute that is deeper than any is cut, not followed", () => {
  let deep: unknown = { stringValue: "bottom" };
  for (let depth = 0; depth < 20_000; depth += 1) deep = { arrayValue: { values: [deep] } };
  expect(JSON.stringify(valueOf(deep))).toMatch(/^\[+null\]+$/);
});

test("base64 ids and named kinds are read as what they are", () => {
  const said = only({
    traceId: "CvdlGRbNQ92ESOshHIAxnA==",
    spanId: "t61rcWkgMzE=",
    kind: "SPAN_KIND_PRODUCER",
    status: { code: "STATUS_CODE_OK" },
  });
  expect(said).toMatchObject({ ...ids, kind: "producer", status: { code: "ok" } });
});

test.each([
  [0x100, false],
  [0x301, true],
  [1, null],
])("flags %i tell of a parent in another process: %s", (flags, remote) => {
  expect(only({ ...ids, flags })?.parentIsRemote).toBe(remote);
});

describe("what leads nowhere is left out", () => {
  const zeros = { traceId: "0".repeat(32), spanId: "0".repeat(16) };

  test.each([
    ["without ids", {}],
    ["of zeros", zeros],
    ["of other lengths", { traceId: "ab", spanId: "cd" }],
    ["that are no text", { traceId: 7, spanId: null }],
  ])("ids %s", (_, bad) => {
    expect(receivedSpans(requestOf(bad))).toEqual([]);
    expect(only({ ...ids, links: [bad] })?.links).toEqual([]);
  });

  test("a parent of zeros is none", () => {
    expect(only({ ...ids, parentSpanId: zeros.spanId })?.parentSpanId).toBeNull();
  });
});

test.each([null, 7, "text", [], {}, { resourceSpans: {} }, { resourceLogs: [] }])(
  "%j is no request for spans",
  (other) => {
    expect(receivedSpans(other)).toBeNull();
  },
);

test("nothing that stands where something else belongs is fatal", () => {
  const anything = fc.anything({ maxDepth: 2 });
  const spans = fc.record(
    {
      traceId: fc.constant(ids.traceId),
      spanId: fc.constant(ids.spanId),
      name: anything,
      kind: anything,
      attributes: anything,
      links: anything,
    },
    { requiredKeys: [] },
  );
  const loose = fc.oneof(anything, fc.array(spans));
  fc.assert(
    fc.property(loose, anything, (inner, resource) => {
      const scopeSpans = [{ spans: inner, scope: resource }];
      receivedSpans({ resourceSpans: [{ resource, scopeSpans }, inner] });
    }),
  );
});

test("what Spoor writes is read back as it was said", () => {
  fc.assert(
    fc.property(fc.array(arbitrarySpan()), (spans) => {
      const request = encode(spans, { resource: {}, content: null });
      const written = request.resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap((scoped) => scoped.spans),
      );
      const read = receivedSpans(JSON.parse(JSON.stringify(request)));
      expect(read?.map(({ spanId, name, links }) => [spanId, name, links.length])).toEqual(
        written.map(({ spanId, name, links }) => [spanId, name, links.length]),
      );
      expect(read?.map(({ attributes }) => attributes)).toEqual(
        written.map(({ attributes }) => plain(writtenAttributes(attributes))),
      );
    }),
  );
});

const plain = (attributes: unknown): unknown =>
  JSON.parse(
    JSON.stringify(attributes, (_, value: unknown) =>
      typeof value === "bigint" ? Number(value) : value,
    ),
  );
