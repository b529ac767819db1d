import { context, createTraceState, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import * as fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { parseTraceparent } from "../../vocabulary/carrier.ts";
import { activeOpenTelemetrySpan } from "./active-span.ts";
import { startSdk, stopSdk } from "./sdk.fixture.ts";

afterEach(stopSdk);

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";

function whileActive<Result>(spanContext: object, body: () => Result): Result {
  return context.with(trace.setSpanContext(ROOT_CONTEXT, spanContext as never), body);
}

test("the active span is a carrier, with its flags and its tracestate", () => {
  startSdk();
  const traceState = createTraceState("vendor=1,other=2");
  expect(
    whileActive({ traceId, spanId, traceFlags: 1, traceState }, activeOpenTelemetrySpan),
  ).toEqual({ traceparent: `00-${traceId}-${spanId}-01`, tracestate: "vendor=1,other=2" });
});

test("a span that the SDK started and made active is found, also after awaiting", async () => {
  const { tracer } = startSdk();
  const [here, later, own] = await tracer.startActiveSpan("request", async (span) => {
    const found = activeOpenTelemetrySpan();
    await new Promise((resolve) => setTimeout(resolve, 1));
    return [found, activeOpenTelemetrySpan(), span.spanContext()] as const;
  });
  expect(here).toEqual({ traceparent: `00-${own.traceId}-${own.spanId}-01` });
  expect(later).toEqual(here);
});

test("where no OpenTelemetry is set up, and where no span is active, there is none", () => {
  expect(activeOpenTelemetrySpan()).toBeNull();
  startSdk();
  expect(activeOpenTelemetrySpan()).toBeNull();
});

test.each([
  { traceId: "0".repeat(32), spanId, traceFlags: 0 },
  { traceId, spanId: "0".repeat(16), traceFlags: 1 },
  { traceId: "none", spanId, traceFlags: 1 },
  {},
  null,
])("a span without valid ids is none: %j", (spanContext) => {
  startSdk();
  expect(whileActive(spanContext as object, activeOpenTelemetrySpan)).toBeNull();
});

function broken(): never {
  throw new Error("broken");
}

test("a span that throws when it is asked is none", () => {
  startSdk();
  const span = Object.assign(trace.wrapSpanContext({ traceId, spanId, traceFlags: 1 }), {
    spanContext: broken,
  });
  expect(context.with(trace.setSpan(ROOT_CONTEXT, span), activeOpenTelemetrySpan)).toBeNull();
});

test("a context manager that throws knows of none", () => {
  const broken = { active: () => JSON.parse("broken"), disable: () => broken };
  context.setGlobalContextManager(broken as never);
  expect(activeOpenTelemetrySpan()).toBeNull();
});

const digits = Array.from({ length: 16 }, (_, digit) => digit.toString(16));
const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...digits), minLength: length, maxLength: length })
    .filter((text) => !/^0+$/.test(text));

test("whatever its ids and flags, they are read back as they were", () => {
  startSdk();
  fc.assert(
    fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 255 }), (trace32, span16, flags) => {
      const spanContext = { traceId: trace32, spanId: span16, traceFlags: flags };
      const carrier = whileActive(spanContext, activeOpenTelemetrySpan);
      expect(parseTraceparent(carrier?.traceparent ?? "")).toEqual({
        traceId: trace32,
        spanId: span16,
        sampled: (flags & 1) === 1,
        random: (flags & 2) === 2,
      });
    }),
  );
});
