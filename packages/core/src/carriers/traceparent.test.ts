import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTraceparent, readCarrier, writeCarrier } from "../vocabulary/carrier.ts";
import { carrier } from "./arbitrary-propagated.ts";
import { extract } from "./extract.ts";

const traceId = "12345678901234567890123456789012";
const spanId = "1234567890123456";
const valid = `00-${traceId}-${spanId}-01`;

/** The cases of the harness in w3c/trace-context, test/test.py, at acab820. */
describe("a traceparent of the W3C harness", () => {
  test.each([
    ["a version to come", `cc-${traceId}-${spanId}-01`],
    ["a version to come that says more", `cc-${traceId}-${spanId}-01-what-the-future-will-be-like`],
    ["blanks before it", ` ${valid}`],
    ["a tab before it", `\t${valid}`],
    ["a tab after it", `${valid}\t`],
    ["blanks around it", `\t ${valid} \t`],
  ])("is read: %s", (_, traceparent) => {
    expect(extract({ traceparent })).toEqual({
      carrier: { traceparent: valid },
      baggage: [],
      problems: [],
    });
  });

  test.each([
    ["version 00 with a dot after it", `${valid}.`],
    ["version 00 that says more", `${valid}-what-the-future-will-be-like`],
    ["a version to come with a dot after it", `cc-${traceId}-${spanId}-01.what-the-future`],
    ["version ff", `ff-${traceId}-${spanId}-01`],
    ["a version that is no number", `.0-${traceId}-${spanId}-01`],
    ["a version that is half a number", `0.-${traceId}-${spanId}-01`],
    ["a version of three digits", `000-${traceId}-${spanId}-01`],
    ["a version of four digits", `0000-${traceId}-${spanId}-01`],
    ["a version of one digit", `0-${traceId}-${spanId}-01`],
    ["a trace id that begins with a dot", `00-.${traceId.slice(1)}-${spanId}-01`],
    ["a trace id that ends with a dot", `00-${traceId.slice(1)}.-${spanId}-01`],
    ["a trace id that is too long", `00-${traceId}3-${spanId}-01`],
    ["a trace id that is too short", `00-${traceId.slice(1)}-${spanId}-01`],
    ["a span id that begins with a dot", `00-${traceId}-.${spanId.slice(1)}-01`],
    ["a span id that ends with a dot", `00-${traceId}-${spanId.slice(1)}.-01`],
    ["a span id that is too long", `00-${traceId}-${spanId}7-01`],
    ["a span id that is too short", `00-${traceId}-${spanId.slice(1)}-01`],
    ["flags that begin with a dot", `00-${traceId}-${spanId}-.0`],
    ["flags that end with a dot", `00-${traceId}-${spanId}-0.`],
    ["flags that are too long", `00-${traceId}-${spanId}-001`],
    ["flags that are too short", `00-${traceId}-${spanId}-1`],
    ["upper case", `00-${traceId.replaceAll("1", "A")}-${spanId}-01`],
    ["two headers that somebody joined", `${valid}, ${valid}`],
    ["a line feed after it", `${valid}\n`],
    ["nothing", ""],
  ])("is malformed: %s", (_, traceparent) => {
    expect(extract({ traceparent })).toEqual({
      carrier: null,
      baggage: [],
      problems: [
        { field: "traceparent", fault: "malformed", text: "traceparent breaks its grammar" },
      ],
    });
  });

  test.each([
    ["trace", `00-${"0".repeat(32)}-${spanId}-01`],
    ["span", `00-${traceId}-${"0".repeat(16)}-01`],
  ])("has no %s where the id is all zeros", (_, traceparent) => {
    const { carrier, problems } = extract({ traceparent });
    expect(carrier).toBeNull();
    expect(problems.map(({ fault }) => fault)).toEqual(["zero id"]);
  });

  test("does not count where it is there twice, not even twice the same", () => {
    for (const second of [valid, `00-${"2".repeat(32)}-${spanId}-01`]) {
      const { carrier, problems } = extract([
        ["traceparent", valid],
        ["TraceParent", second],
      ]);
      expect(carrier).toBeNull();
      expect(problems.map(({ fault }) => fault)).toEqual(["repeated"]);
    }
  });

  test.each(["TraceParent", "TrAcEpArEnT", "TRACEPARENT"])("is found as %s", (name) => {
    expect(extract({ [name]: valid }).carrier).toEqual({ traceparent: valid });
  });

  test.each(["trace-parent", "trace.parent", " traceparent"])("is not found as %s", (name) => {
    expect(extract({ [name]: valid })).toEqual({ carrier: null, baggage: [], problems: [] });
  });

  test.each([
    ["00", "00"],
    ["01", "01"],
    ["02", "02"],
    ["03", "03"],
    ["04", "00"],
    ["fe", "02"],
    ["ff", "03"],
  ])("keeps the flags that are known and clears the others: %s", (flags, kept) => {
    const traceparent = `00-${traceId}-${spanId}-${flags}`;
    expect(extract({ traceparent }).carrier?.traceparent.slice(-2)).toBe(kept);
  });
});

test("a carrier that is written here is sampled and not random, because its trace id was derived", () => {
  const context = readCarrier({ traceparent: valid });
  if (!context) throw new Error("the example is no traceparent");
  expect(writeCarrier(context).traceparent).toBe(valid);
  expect(parseTraceparent(valid)).toEqual({ ...context, sampled: true, random: false });
});

test("no beginning of a traceparent is one", () => {
  fc.assert(
    fc.property(carrier, fc.nat(54), ({ traceparent }, length) => {
      expect(parseTraceparent(traceparent.slice(0, length))).toBe("malformed");
    }),
  );
});

test("one wrong character makes it malformed or another context, never the same", () => {
  const position = fc.nat(54);
  fc.assert(
    fc.property(carrier, position, fc.string({ minLength: 1 }), ({ traceparent }, at, wrong) => {
      const changed = traceparent.slice(0, at) + wrong + traceparent.slice(at + 1);
      const read = parseTraceparent(changed);
      if (typeof read === "string") return;
      expect(changed).toContain(`-${read.traceId}-${read.spanId}-`);
      expect(changed).toMatch(/^(?!ff)[0-9a-f]{2}-/);
    }),
  );
});

test("no text throws, and none gives an id that it does not hold", () => {
  const almost = fc.string({
    unit: fc.constantFrom(...Array.from("0123456789abcdef-fF. ")),
    maxLength: 70,
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), almost), (traceparent) => {
      const { carrier, problems } = extract({ traceparent });
      if (carrier) expect(traceparent).toContain(carrier.traceparent.slice(3, -3));
      else expect(problems).toHaveLength(1);
    }),
  );
});
