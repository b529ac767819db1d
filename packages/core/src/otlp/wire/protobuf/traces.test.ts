import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitrarySpan } from "../../encode/arbitrary-span.ts";
import { encode } from "../../encode/encode.ts";
import { readOfficially, rewrittenOfficially } from "./official-classes.fixture.ts";
import { tracesInProtobuf } from "./traces.ts";

const requests = fc
  .array(arbitrarySpan(), { maxLength: 5 })
  .map((batch) => encode(batch, { resource: { "service.name": "shop" }, content: null }));

test("the official classes read from the bytes what the JSON says", () => {
  fc.assert(
    fc.property(requests, (request) => {
      expect(readOfficially("traces", tracesInProtobuf(request))).toEqual(withoutDefaults(request));
    }),
  );
});

test("the official classes know every field that is written: they write the same bytes again", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const bytes = tracesInProtobuf(request);
      expect(Buffer.from(rewrittenOfficially("traces", bytes)).equals(bytes)).toBe(true);
    }),
  );
});

test("a request larger than the writer's first room is written whole", () => {
  const name = "a name that is repeated ".repeat(20_000);
  const request = {
    resourceSpans: [
      { resource: { attributes: [{ key: "k", value: { stringValue: name } }] }, scopeSpans: [] },
    ],
  };
  const bytes = tracesInProtobuf(request);
  expect(bytes.byteLength).toBeGreaterThan(400_000);
  expect(readOfficially("traces", bytes)).toEqual({
    resourceSpans: [{ resource: { attributes: [{ key: "k", value: { stringValue: name } }] } }],
  });
});

test("whole numbers of any size and sign are read as they were said", () => {
  const edges = [-1n, 0n, 127n, 128n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 53n, -(2n ** 63n)];
  const attributes = edges.map((edge, index) => ({
    key: `edge ${index}`,
    value: { intValue: String(edge) },
  }));
  const request = { resourceSpans: [{ resource: { attributes }, scopeSpans: [] }] };
  expect(readOfficially("traces", tracesInProtobuf(request))).toEqual(withoutDefaults(request));
});

/** The binary form has no word for an empty list, an empty text or an enum's first member: they are what is absent. */
function withoutDefaults(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request), function (name, value: unknown) {
    const isUnsaid =
      (Array.isArray(value) && value.length === 0) ||
      (value === "" && name !== "stringValue") ||
      (name === "code" && value === 0);
    return isUnsaid ? undefined : value;
  });
}
