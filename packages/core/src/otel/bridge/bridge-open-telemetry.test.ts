import { EventEmitter } from "node:events";
import {
  context,
  createTraceState,
  propagation,
  ROOT_CONTEXT,
  type Span,
  trace,
} from "@opentelemetry/api";
import { AlwaysOffSampler, ParentBasedSampler } from "@opentelemetry/sdk-trace";
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { bridgeOpenTelemetry } from "./bridge-open-telemetry.ts";
import { RecordedWork, spanNumbered } from "./recorded-work.fixture.ts";
import { type Sdk, startSdk, stopSdk } from "./sdk.fixture.ts";

const undos: (() => void)[] = [];
function bridged(...knowing: RecordedWork[]): () => void {
  const undo = bridgeOpenTelemetry(...knowing);
  undos.push(undo);
  return undo;
}
afterEach(() => {
  for (const undo of undos.splice(0)) undo();
  stopSdk();
});

const work = new RecordedWork();
const node = spanNumbered(1);
const tool = spanNumbered(2, node.traceId);

function started(sdk: Sdk, name: string): Span {
  const span = sdk.tracer.startSpan(name);
  span.end();
  return span;
}

function parentOf(sdk: Sdk, name: string): string | undefined {
  return sdk.span(name).parentSpanContext?.spanId;
}

describe("which span is the parent of one that the application starts", () => {
  test("the recorded work that it is started in, in the trace of that", () => {
    const sdk = startSdk();
    bridged(work);
    sdk.tracer.startActiveSpan("request", () => work.run(node, () => started(sdk, "fetch")));
    expect(parentOf(sdk, "fetch")).toBe(node.spanId);
    expect(sdk.span("fetch").spanContext().traceId).toBe(node.traceId);
  });

  test("the application's own where it was started inside the work, and the work again after it", async () => {
    const sdk = startSdk();
    bridged(work);
    await work.run(node, async () => {
      await sdk.tracer.startActiveSpan("own", async (own) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        started(sdk, "inside");
        own.end();
      });
      started(sdk, "after");
    });
    expect(parentOf(sdk, "own")).toBe(node.spanId);
    expect(parentOf(sdk, "inside")).toBe(sdk.span("own").spanContext().spanId);
    expect(parentOf(sdk, "after")).toBe(node.spanId);
  });

  test("work that began inside the application's span inside other work", () => {
    const sdk = startSdk();
    bridged(work);
    work.run(node, () =>
      sdk.tracer.startActiveSpan("own", (own) => {
        work.run(tool, () => started(sdk, "in the tool"));
        started(sdk, "beside the tool");
        own.end();
      }),
    );
    expect(parentOf(sdk, "in the tool")).toBe(tool.spanId);
    expect(parentOf(sdk, "beside the tool")).toBe(sdk.span("own").spanContext().spanId);
  });

  test("the one that the application names, whatever is recorded around", () => {
    const sdk = startSdk();
    bridged(work);
    const request = sdk.tracer.startSpan("request");
    const captured = trace.setSpan(ROOT_CONTEXT, request);
    work.run(node, () => context.with(captured, () => started(sdk, "of the request")));
    expect(parentOf(sdk, "of the request")).toBe(request.spanContext().spanId);
  });

  test("none where the application asks for a new trace", () => {
    const sdk = startSdk();
    bridged(work);
    work.run(node, () => {
      sdk.tracer.startSpan("root", { root: true }).end();
      context.with(ROOT_CONTEXT, () => started(sdk, "root, too"));
    });
    expect(parentOf(sdk, "root")).toBeUndefined();
    expect(parentOf(sdk, "root, too")).toBeUndefined();
  });

  test("of several that know, the first; unless only another one's work began inside the application's span", () => {
    const sdk = startSdk();
    const inner = new RecordedWork();
    bridged(inner, work);
    work.run(node, () => inner.run(tool, () => started(sdk, "inner")));
    inner.run(tool, () =>
      sdk.tracer.startActiveSpan("own", () => work.run(node, () => started(sdk, "outer's"))),
    );
    expect(parentOf(sdk, "inner")).toBe(tool.spanId);
    expect(parentOf(sdk, "outer's")).toBe(node.spanId);
  });

  test("a call to a model that is under way in the work; not in place of the application's own", () => {
    const sdk = startSdk();
    const call = spanNumbered(3, node.traceId);
    undos.push(
      bridgeOpenTelemetry({
        currentSpan: work.currentSpan,
        modelCallIn: ({ spanId }) => (spanId === node.spanId ? call : null),
      }),
    );
    work.run(node, () => {
      started(sdk, "http of the model");
      sdk.tracer.startActiveSpan("own", () => started(sdk, "inside"));
      work.run(tool, () => started(sdk, "in the tool"));
    });
    expect(parentOf(sdk, "http of the model")).toBe(call.spanId);
    expect(parentOf(sdk, "inside")).not.toBe(call.spanId);
    expect(parentOf(sdk, "in the tool")).toBe(tool.spanId);
  });

  interface Doing {
    readonly recorded: boolean;
    readonly awaits: boolean;
    readonly children: readonly Doing[];
  }
  const { doing } = fc.letrec<{ doing: Doing }>((tie) => ({
    doing: fc.record({
      recorded: fc.boolean(),
      awaits: fc.boolean(),
      children: fc.oneof(
        { maxDepth: 4 },
        fc.constant([]),
        fc.array(tie("doing"), { minLength: 1, maxLength: 3 }),
      ),
    }),
  }));

  test("always the innermost around it, however work and spans are nested and whatever runs beside", async () => {
    const sdk = startSdk();
    bridged(work);
    const expected = new Map<string, string | undefined>();
    let count = 0;
    const perform = async (plan: Doing, around: string | undefined): Promise<void> => {
      count += 1;
      const within = async (spanId: string): Promise<void> => {
        if (plan.awaits) await new Promise((resolve) => setImmediate(resolve));
        await Promise.all(plan.children.map((child) => perform(child, spanId)));
      };
      if (plan.recorded) {
        const span = spanNumbered(count);
        return await work.run(span, () => within(span.spanId));
      }
      const name = String(count);
      expected.set(name, around);
      return await sdk.tracer.startActiveSpan(name, async (span) => {
        await within(span.spanContext().spanId);
        span.end();
      });
    };
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { maxLength: 4 }), async (plans) => {
        await Promise.all(plans.map((plan) => perform(plan, undefined)));
        for (const span of sdk.ended.splice(0))
          expect(span.parentSpanContext?.spanId).toBe(expected.get(span.name));
      }),
    );
  });
});

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

function parentNow(sdk: Sdk, name: string): string | undefined {
  work.run(node, () => started(sdk, name));
  return parentOf(sdk, name);
}

describe("being there and gone", () => {
  test("it may come before the SDK, and before its API was loaded", () => {
    const undo = bridged(work);
    const sdk = startSdk();
    expect(parentNow(sdk, "bridged")).toBe(node.spanId);
    undo();
    expect(parentNow(sdk, "undone")).toBeUndefined();
  });

  test("nothing that awaits the SDK is in its way, or is seen", () => {
    const key = Symbol.for("opentelemetry.js.api.1");
    const before: unknown = Reflect.get(globalThis, key);
    Reflect.deleteProperty(globalThis, key);
    bridged(work);
    bridged(new RecordedWork());
    expect(Reflect.get(globalThis, key)).toBeUndefined();
    const registered = { version: "1.9.0" };
    Reflect.set(globalThis, key, registered);
    expect(Reflect.get(globalThis, key)).toBe(registered);
    expect(Reflect.get(registered, "context")).toBeUndefined();
    Reflect.set(globalThis, key, before);
    expect(Object.getOwnPropertyDescriptor(globalThis, key)).toMatchObject({ value: before });
  });

  test("undone before the SDK comes, it never was", () => {
    bridged(work)();
    expect(parentNow(startSdk(), "undone")).toBeUndefined();
  });

  test("a request that is under way keeps its context when it comes, and when it goes", () => {
    const sdk = startSdk();
    sdk.tracer.startActiveSpan("request", (request) => {
      const own = request.spanContext().spanId;
      const undo = bridged(work);
      started(sdk, "outside of work");
      started(sdk, "in work");
      undo();
      started(sdk, "undone");
      for (const name of ["outside of work", "in work", "undone"])
        expect(parentOf(sdk, name)).toBe(own);
    });
  });

  test("several are undone in any order", () => {
    const sdk = startSdk();
    const other = new RecordedWork();
    const undoFirst = bridged(work);
    const undoSecond = bridged(other);
    expect(parentNow(sdk, "both")).toBe(node.spanId);
    undoFirst();
    expect(parentNow(sdk, "the second")).toBeUndefined();
    other.run(tool, () => started(sdk, "the second's"));
    expect(parentOf(sdk, "the second's")).toBe(tool.spanId);
    undoSecond();
    other.run(tool, () => started(sdk, "none"));
    expect(parentOf(sdk, "none")).toBeUndefined();
  });

  test("whoever cannot say where it is knows nothing, and the others do", () => {
    const sdk = startSdk();
    const broken = {
      currentSpan: (): never => {
        throw new Error("broken");
      },
    };
    undos.push(bridgeOpenTelemetry(broken, work));
    expect(parentNow(sdk, "bridged")).toBe(node.spanId);
  });
});
