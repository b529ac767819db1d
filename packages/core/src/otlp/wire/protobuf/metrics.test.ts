import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type MetricsRequest, otlpTemporality } from "../metrics.ts";
import { metricsInProtobuf } from "./metrics.ts";
import { readOfficially, rewrittenOfficially } from "./official-classes.fixture.ts";

const attributes = fc.array(
  fc.record({
    key: fc.string({ minLength: 1 }),
    value: fc.record({ stringValue: fc.string({ unit: "grapheme" }) }),
  }),
  { maxLength: 3 },
);
const nanoseconds = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String);
const stretch = { startTimeUnixNano: nanoseconds, timeUnixNano: nanoseconds };
const amount = fc.double({ noNaN: true, noDefaultInfinity: true });
const numberPoints = fc.array(fc.record({ ...stretch, asDouble: amount, attributes }), {
  minLength: 1,
  maxLength: 3,
});
const histogramPoints = fc.array(
  fc.record({
    ...stretch,
    count: nanoseconds,
    sum: amount,
    bucketCounts: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String), {
      minLength: 1,
    }),
    explicitBounds: fc.array(amount, { minLength: 1 }),
    attributes,
    min: amount,
    max: amount,
  }),
  { minLength: 1, maxLength: 3 },
);
const named = {
  name: fc.string({ minLength: 1 }),
  description: fc.string({ minLength: 1 }),
  unit: fc.string({ minLength: 1 }),
};
const temporality = fc.constantFrom(...Object.values(otlpTemporality));
const metrics = fc.oneof(
  fc.record({ ...named, gauge: fc.record({ dataPoints: numberPoints }) }),
  fc.record({
    ...named,
    sum: fc.record({
      dataPoints: numberPoints,
      aggregationTemporality: temporality,
      isMonotonic: fc.constant(true as const),
    }),
  }),
  fc.record({
    ...named,
    histogram: fc.record({ dataPoints: histogramPoints, aggregationTemporality: temporality }),
  }),
);

const requests: fc.Arbitrary<MetricsRequest> = fc
  .array(metrics, { minLength: 1, maxLength: 4 })
  .map((all) => ({
    resourceMetrics: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
        scopeMetrics: [{ scope: { name: "@spoor/core" }, metrics: all }],
      },
    ],
  }));

test("the official classes read from the bytes what the JSON says", () => {
  fc.assert(
    fc.property(requests, (request) => {
      expect(readOfficially("metrics", metricsInProtobuf(request))).toEqual(said(request));
    }),
  );
});

test("the official classes know every field that is written: they write the same bytes again", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const bytes = metricsInProtobuf(request);
      expect(Buffer.from(rewrittenOfficially("metrics", bytes)).equals(bytes)).toBe(true);
    }),
  );
});

/** The binary form has no word for an empty list, and the official names of enums' members are numbers. */
function said(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request), (_, value: unknown) =>
    Array.isArray(value) && value.length === 0 ? undefined : value,
  );
}
