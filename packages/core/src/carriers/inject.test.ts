import { describe, expect, test } from "vitest";
import { readCarrier } from "../vocabulary/carrier.ts";
import type { SpanContext } from "../vocabulary/carrier.ts";
import type { SpanId, TraceId } from "../vocabulary/ids.ts";
import type { BaggageEntry } from "./baggage.ts";
import { continueCarrier } from "./continue-carrier.ts";
import { extract } from "./extract.ts";
import { inject, type Propagated } from "./inject.ts";
import type { CarrierProblem } from "./problem.ts";

const trace = "12345678901234567890123456789012";
const traceparent = `00-${trace}-1234567890123456-01`;
const upstream = `00-${trace}-6543210987654321-03`;

function injected(
  context: Propagated,
  into: Readonly<Record<string, string>>,
): readonly [Record<string, string>, readonly CarrierProblem[]] {
  const problems: CarrierProblem[] = [];
  const filled = inject(context, into, (problem) => problems.push(problem));
  return [filled, problems];
}

describe("tracestate that lies where a context is written", () => {
  test("is kept to the right where it is of the same trace, and the given one wins", () => {
    const [filled] = injected(
      { carrier: { traceparent, tracestate: "own=1,both=1" } },
      { traceparent: upstream, tracestate: "both=2,foreign=2" },
    );
    expect(filled["tracestate"]).toBe("own=1,both=1,foreign=2");
  });

  test("goes where it is of another trace", () => {
    const other = `00-${"b".repeat(32)}-${"c".repeat(16)}-01`;
    const [filled] = injected(
      { carrier: { traceparent } },
      { traceparent: other, tracestate: "a=1" },
    );
    expect(filled).toEqual({ traceparent });
  });

  test("loses its last members where both are more than 32, and that is told", () => {
    const [filled, problems] = injected(
      { carrier: { traceparent, tracestate: members("own") } },
      { traceparent: upstream, tracestate: members("foreign") },
    );
    expect(filled["tracestate"]?.split(",").slice(18, 22)).toEqual([
      "own18=1",
      "own19=1",
      "foreign0=1",
      "foreign1=1",
    ]);
    expect(filled["tracestate"]?.split(",")).toHaveLength(32);
    expect(problems.map(({ text }) => text)).toEqual(["8 of 40 members of tracestate do not fit"]);
  });

  test("goes where it cannot be read, and that is told", () => {
    const [filled, problems] = injected(
      { carrier: { traceparent } },
      { traceparent: upstream, tracestate: "FOREIGN=1" },
    );
    expect(filled).toEqual({ traceparent });
    expect(problems.map(({ field, fault }) => [field, fault])).toEqual([
      ["tracestate", "malformed"],
    ]);
  });
});

function members(name: string): string {
  return Array.from({ length: 20 }, (_, at) => `${name}${at}=1`).join(",");
}

describe("a carrier that is no trace context", () => {
  test.each([
    ["malformed", "not a traceparent"],
    ["malformed", `${traceparent}\r\nx-injected: 1`],
    ["zero id", `00-${"0".repeat(32)}-1234567890123456-01`],
  ])("is not written, what lies there stays, and that is told: %s", (fault, said) => {
    const [filled, problems] = injected(
      { carrier: { traceparent: said } },
      { traceparent: upstream },
    );
    expect(filled).toEqual({ traceparent: upstream });
    expect(problems.map((problem) => problem.fault)).toEqual([fault]);
  });

  test("leaves what lies there where there is none", () => {
    expect(injected({ carrier: null }, { traceparent, tracestate: "a=1" })).toEqual([
      { traceparent, tracestate: "a=1" },
      [],
    ]);
  });
});

describe("baggage", () => {
  test("is only what the caller gives", () => {
    expect(injected({ carrier: { traceparent } }, {})).toEqual([{ traceparent }, []]);
  });

  test("that lies there is kept, byte for byte where nothing is added", () => {
    const lying = { baggage: "a = 1 ,broken" };
    expect(injected({ carrier: null, baggage: [] }, lying)).toEqual([lying, []]);
  });

  test("that lies there comes after what is given, which wins", () => {
    const [filled] = injected(
      { carrier: null, baggage: [{ key: "a", value: "new" }] },
      { baggage: "b=1,a=old" },
    );
    expect(filled).toEqual({ baggage: "a=new,b=1" });
  });

  test("that lies there and cannot be read is told where something is added", () => {
    const [filled, problems] = injected(
      { carrier: null, baggage: [{ key: "a", value: "1" }] },
      { baggage: "b=2,broken" },
    );
    expect(filled).toEqual({ baggage: "a=1,b=2" });
    expect(problems.map(({ field, fault }) => [field, fault])).toEqual([["baggage", "malformed"]]);
  });

  test("that cannot be sent is left out, and that is told", () => {
    const baggage = [
      { key: "with blank", value: "1" },
      { key: "number", value: 1 },
      { key: "ok", value: "1", properties: [{ key: "with blank" }] },
      { key: "sent", value: "1" },
    ] as readonly BaggageEntry[];
    const [filled, problems] = injected({ carrier: null, baggage }, {});
    expect(filled).toEqual({ baggage: "sent=1" });
    expect(problems.map(({ text }) => text)).toEqual([
      "3 of 4 members of baggage break its grammar",
    ]);
  });
});

describe("a span that continues a trace", () => {
  const span: SpanContext = {
    traceId: trace as TraceId,
    spanId: "aaaaaaaaaaaaaaaa" as SpanId,
  };

  test("sends on the flags and the tracestate that came", () => {
    for (const flags of ["00", "01", "02", "03"]) {
      const received = { traceparent: `${upstream.slice(0, -2)}${flags}`, tracestate: "a=1" };
      expect(continueCarrier(received, span)).toEqual({
        traceparent: `00-${trace}-aaaaaaaaaaaaaaaa-${flags}`,
        tracestate: "a=1",
      });
    }
  });

  test("sends nothing of another trace, nor of what cannot be read", () => {
    const own = { traceparent: `00-${trace}-aaaaaaaaaaaaaaaa-01` };
    const other = { traceparent: `00-${"b".repeat(32)}-${"c".repeat(16)}-02`, tracestate: "a=1" };
    expect(continueCarrier(null, span)).toEqual(own);
    expect(continueCarrier(other, span)).toEqual(own);
    expect(continueCarrier({ traceparent: "?", tracestate: "a=1" }, span)).toEqual(own);
  });

  test("lets what came pass where it is not known yet", () => {
    const received = { traceparent: upstream, tracestate: "a=1" };
    expect(continueCarrier(received, null)).toBe(received);
    expect(continueCarrier(null, null)).toBeNull();
  });

  test("is where the next one finds itself", () => {
    const { carrier } = extract(inject({ carrier: continueCarrier(null, span) }, {}));
    expect(carrier && readCarrier(carrier)).toEqual(span);
  });
});
