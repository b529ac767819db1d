import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { SpanId, TraceId } from "../../../vocabulary/event.ts";
import { type AnyValue, decimal, flag, integer, text, texts } from "../key-value.ts";
import type { LogsRequest, OtlpLogRecord } from "../logs.ts";
import { logsInProtobuf } from "./logs.ts";
import { readOfficially, rewrittenOfficially } from "./official-classes.fixture.ts";

const words = fc.string({ unit: "binary" });
const nanoseconds = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const hexadecimal = (digits: number) =>
  fc.string({
    unit: fc.constantFrom("0", "1", "8", "a", "f"),
    minLength: digits,
    maxLength: digits,
  });

const attribute = fc.oneof(
  words.map((value) => text("text", value)),
  fc.array(words).map((values) => texts("texts", values)),
  fc.maxSafeInteger().map((value) => integer("integer", value)),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((value) => !Object.is(value, -0))
    .map((value) => decimal("decimal", value)),
  fc.boolean().map((value) => flag("flag", value)),
);

const attributes = fc.array(attribute).map((each) => each.flat());

const optional = {
  timeUnixNano: nanoseconds,
  severityNumber: fc.integer({ min: 1, max: 24 }),
  severityText: words,
  body: words.map((stringValue): AnyValue => ({ stringValue: stringValue.toWellFormed() })),
  flags: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  traceId: hexadecimal(32) as fc.Arbitrary<TraceId>,
  spanId: hexadecimal(16) as fc.Arbitrary<SpanId>,
  observedTimeUnixNano: nanoseconds,
  eventName: words,
} satisfies { readonly [Name in Exclude<keyof OtlpLogRecord, "attributes">]: unknown };

const record: fc.Arbitrary<OtlpLogRecord> = fc.record(
  { ...optional, attributes },
  { requiredKeys: ["attributes"] },
);

const requests: fc.Arbitrary<LogsRequest> = fc
  .tuple(attributes, fc.array(record, { maxLength: 5 }))
  .map(([resource, logRecords]) => ({
    resourceLogs: [
      {
        resource: { attributes: resource },
        scopeLogs: [{ scope: { name: "@spoor/core" }, logRecords }],
      },
    ],
  }));

test("the official classes read from the bytes what the JSON says", () => {
  fc.assert(
    fc.property(requests, (request) => {
      expect(readOfficially("logs", logsInProtobuf(request))).toEqual(withoutDefaults(request));
    }),
  );
});

test("the official classes know every field that is written: they write the same bytes again", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const bytes = logsInProtobuf(request);
      expect(Buffer.from(rewrittenOfficially("logs", bytes)).equals(bytes)).toBe(true);
    }),
  );
});

/** The binary form has no word for an empty list, an empty text or no flags: they are what is absent. */
function withoutDefaults(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request), function (name, value: unknown) {
    const isUnsaid =
      (Array.isArray(value) && value.length === 0) ||
      (value === "" && name !== "stringValue") ||
      (name === "flags" && value === 0);
    return isUnsaid ? undefined : value;
  });
}
