import { EventEmitter } from "node:events";
import { context, createTraceState, propagation, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { AlwaysOffSampler, ParentBasedSampler } from "@opentelemetry/sdk-trace";
import { afterEach, describe, expect, test } from "vitest";
import { bridged, node, parentOf, started, tool, work } from "./bridged.fixture.ts";
import { startSdk, stopSdk } from "./sdk.fixture.ts";

afterEach(stopSdk);

describe("what a context holds stays in it", () => {
  test("baggage, and values of the application", () => {
    startSdk();
    bridged(work);
    const key = Symbol("own");
    const baggage = propagation.createBaggage({ tenant: { value: "one" } });
    const own = propagation.setBaggage(context.active(), baggage).setValue(key, 1);
    const [found, value] = context.with(own, () =>
      work.run(node, () => [propagation.getActiveBaggage(), context.active().getValue(key)]),
    );
    expect(found).toBe(baggage);
    expect(value).toBe(1);
  });

  test("suppressed tracing is suppressed in recorded work, too", () => {
    const sdk = startSdk();
    bridged(work);
    const suppressed = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
    context.with(context.active().setValue(suppressed, true), () =>
      work.run(node, () => started(sdk, "suppressed")),
    );
    expect(sdk.ended).toEqual([]);
  });

  test("asked again in the same work, it is the same context; in other work, or in another context, it is not", () => {
    startSdk();
    bridged(work);
    const own = context.active().setValue(Symbol("own"), 1);
    work.run(node, () => {
      const first = context.active();
      expect(context.active()).toBe(first);
      work.run(tool, () => expect(context.active()).not.toBe(first));
      expect(context.active()).toBe(first);
    });
    const [within, without] = [own, ROOT_CONTEXT].map((around) =>
      context.with(around, () => work.run(node, () => context.active())),
    );
    expect(within).not.toBe(without);
  });

  test("outside of recorded work it is the very same context", () => {
    startSdk();
    bridged(work);
    const own = context.active().setValue(Symbol("own"), 1);
    expect(context.with(own, () => context.active())).toBe(own);
  });
});

describe("what was decided for the trace", () => {
  const around = { traceId: node.traceId, spanId: "c".repeat(16), traceFlags: 0 };

  test("holds in recorded work of the same trace: not sampled, and its tracestate", () => {
    const sdk = startSdk(new ParentBasedSampler({ root: new AlwaysOffSampler() }));
    bridged(work);
    const traceState = createTraceState("vendor=1");
    const unsampled = trace.setSpanContext(ROOT_CONTEXT, { ...around, traceState });
    const span = context.with(unsampled, () => work.run(node, () => started(sdk, "fetch")));
    expect(sdk.ended).toEqual([]);
    expect(span.spanContext()).toMatchObject({ traceId: node.traceId, traceFlags: 0 });
    expect(span.spanContext().traceState?.serialize()).toBe("vendor=1");
  });

  test("recorded work in a trace of its own is sampled", () => {
    const sdk = startSdk(new ParentBasedSampler({ root: new AlwaysOffSampler() }));
    bridged(work);
    const unsampled = trace.setSpanContext(ROOT_CONTEXT, { ...around, traceId: "d".repeat(32) });
    context.with(unsampled, () => work.run(node, () => started(sdk, "fetch")));
    expect(sdk.span("fetch").parentSpanContext).toEqual({ ...node, traceFlags: 1 });
  });
});

test("what the application tells the active span reaches its own span around the work, which goes on", () => {
  const sdk = startSdk();
  bridged(work);
  sdk.tracer.startActiveSpan("request", (request) => {
    work.run(node, () => {
      const active = trace.getActiveSpan();
      expect(active?.spanContext().spanId).toBe(node.spanId);
      expect(active?.isRecording()).toBe(true);
      active?.setAttribute("user", "u").setAttributes({ tier: "gold" }).addEvent("asked");
      active?.addLink({ context: tool as never }).addLinks([{ context: tool as never }]);
      active?.setStatus({ code: 2 }).updateName("renamed").end();
      active?.recordException(new Error("seen"));
    });
    expect(request.isRecording()).toBe(true);
    request.end();
  });
  const { attributes, events, links, status } = sdk.span("renamed");
  expect(attributes).toEqual({ user: "u", tier: "gold" });
  expect(events.map(({ name }) => name)).toEqual(["asked", "exception"]);
  expect(links).toHaveLength(2);
  expect(status.code).toBe(2);
});

test("where nothing of the application is around, what it tells the active span goes nowhere", () => {
  startSdk();
  bridged(work);
  const active = work.run(node, () => trace.getActiveSpan());
  expect(active?.setAttribute("user", "u").isRecording()).toBe(false);
});

function whatItGets(this: unknown, ...given: number[]): unknown {
  return [this, given];
}

describe("every way of making a context active", () => {
  test("a bound function runs in its context, as what is nearest where it is called", () => {
    const sdk = startSdk();
    bridged(work);
    const own = sdk.tracer.startSpan("own");
    const bound = work.run(node, () =>
      context.bind(trace.setSpan(context.active(), own), function (this: unknown, name: string) {
        started(sdk, name);
        return this;
      }),
    );
    const self = {};
    expect(bound).toHaveLength(1);
    expect(bound.call(self, "outside")).toBe(self);
    work.run(tool, () => bound("in other work"));
    expect(parentOf(sdk, "outside")).toBe(own.spanContext().spanId);
    expect(parentOf(sdk, "in other work")).toBe(own.spanContext().spanId);
  });

  test("bound to nothing in particular, a function keeps the work that it is bound in", () => {
    const sdk = startSdk();
    bridged(work);
    const bound = work.run(node, () =>
      context.bind(undefined as never, () => started(sdk, "late")),
    );
    bound();
    expect(parentOf(sdk, "late")).toBe(node.spanId);
  });

  test("an emitter is left to the application's own manager", () => {
    startSdk();
    bridged(work);
    const emitter = new EventEmitter();
    expect(context.bind(context.active(), emitter)).toBe(emitter);
  });

  test("an attached context is nearer than the work that it is attached in", () => {
    const sdk = startSdk();
    bridged(work);
    const own = sdk.tracer.startSpan("own");
    work.run(node, () => {
      const attached = context.attach(trace.setSpan(context.active(), own));
      started(sdk, "attached");
      attached.dispose();
      started(sdk, "after");
    });
    expect(parentOf(sdk, "attached")).toBe(own.spanContext().spanId);
    expect(parentOf(sdk, "after")).toBe(node.spanId);
  });

  test("this and arguments reach what runs in a context", () => {
    startSdk();
    bridged(work);
    const self = {};
    expect(context.with(ROOT_CONTEXT, whatItGets, self, 1, 2)).toEqual([self, [1, 2]]);
  });
});
