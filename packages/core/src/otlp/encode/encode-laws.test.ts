import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitrarySpan } from "./arbitrary-span.ts";
import { encode } from "./encode.ts";
import { exampleSpan } from "./example-span.ts";
import type { OtlpSpan } from "../wire/otlp.ts";
import { spansIn } from "./read-back.ts";

test("any span becomes JSON that survives a round trip, with well-formed ids, times and numbers", () => {
  fc.assert(
    fc.property(fc.array(arbitrarySpan(), { maxLength: 5 }), (batch) => {
      const request = encode(batch, { resource: { "service.name": "shop" }, content: null });
      const json = JSON.stringify(request);
      expect(JSON.stringify(JSON.parse(json))).toBe(json);
      expect(json.isWellFormed()).toBe(true);
      expect(json).not.toMatch(/:null|\\ud[89a-f]/);
      expect(spansIn(request)).toHaveLength(batch.length);
      for (const span of spansIn(request)) expectWellFormed(span);
    }),
  );
});

test("what it makes of a span is its own: no other span of the batch changes it", () => {
  fc.assert(
    fc.property(arbitrarySpan(), arbitrarySpan(), (one, other) => {
      const options = { resource: { "service.name": "shop" }, content: null };
      expect(spansIn(encode([one, other, exampleSpan()], options))[1]).toEqual(
        spansIn(encode([other], options))[0],
      );
    }),
  );
});

function expectWellFormed(span: OtlpSpan): void {
  for (const { traceId, spanId } of [span, ...span.links]) {
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
  }
  const { startTimeUnixNano: start, endTimeUnixNano: end } = span;
  expect(start === undefined).toBe(end === undefined);
  if (start !== undefined && end !== undefined) expect(BigInt(end) >= BigInt(start)).toBe(true);
  for (const time of [start, end, ...span.events.map(({ timeUnixNano }) => timeUnixNano)])
    if (time !== undefined) expect(time).toMatch(/^(0|[1-9]\d{0,19})$/);
  for (const attributes of [span, ...span.events, ...span.links].map((part) => part.attributes)) {
    for (const { value } of attributes)
      if ("intValue" in value) expect(value.intValue).toMatch(/^(0|-?[1-9]\d*)$/);
    const keys = attributes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
}
