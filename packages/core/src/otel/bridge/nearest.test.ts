import { context, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { bridged, node, parentOf, started, tool, work } from "./bridged.fixture.ts";
import { RecordedWork, spanNumbered } from "./recorded-work.fixture.ts";
import { startSdk, stopSdk } from "./sdk.fixture.ts";

afterEach(stopSdk);

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

  test("the application's own, too, where inside it something goes on in work that began before", () => {
    const sdk = startSdk();
    bridged(work);
    const goOn = (name: string) => work.run(node, () => started(sdk, name));
    work.run(node, () =>
      sdk.tracer.startActiveSpan("outer", () =>
        work.run(tool, () =>
          sdk.tracer.startActiveSpan("inner", (inner) => {
            goOn("callback");
            inner.end();
          }),
        ),
      ),
    );
    expect(parentOf(sdk, "callback")).toBe(sdk.span("inner").spanContext().spanId);
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
    bridged({
      currentSpan: work.currentSpan,
      modelCallIn: ({ spanId }) => (spanId === node.spanId ? call : null),
    });
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
