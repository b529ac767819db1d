import { afterEach, expect, test } from "vitest";
import type { AgentEvent, OpeningEvent } from "../../vocabulary/event.ts";
import type { Observer } from "../../observer/observer.ts";
import { createObserver } from "../../observer/observer.ts";
import { bridgeOpenTelemetry } from "./bridge-open-telemetry.ts";
import { carrierHere } from "./carrier-here.ts";
import { type Sdk, startSdk, stopSdk } from "./sdk.fixture.ts";

let undo = (): void => {};
afterEach(() => {
  undo();
  stopSdk();
});

function recorded(config: { readonly activeSpan?: () => null } = {}): {
  readonly observer: Observer;
  readonly turns: () => Promise<readonly OpeningEvent[]>;
} {
  const events: AgentEvent[] = [];
  const observer = createObserver({
    ...config,
    journal: "memory",
    exporters: [
      { name: "kept", consumes: "events", export: async (batch) => void events.push(...batch) },
    ],
  });
  return {
    observer,
    turns: async () => {
      await observer.close();
      return events.filter((event) => event.type === "turn.started");
    },
  };
}

/** Each turn in a request of its own, all begun in one tick. */
async function turnsInRequests(sdk: Sdk, observer: Observer, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      sdk.tracer.startActiveSpan(`request ${index}`, async (request) => {
        await observer.session({ id: `s${index}` }).turn(async (turn) => {
          await turn.tool("fetch", async () => {
            await new Promise((resolve) => setImmediate(resolve));
            sdk.tracer.startSpan(`http ${index}`).end();
          });
        });
        request.end();
      }),
    ),
  );
}

test("without configuration, turns join the spans that are active where they begin: 20 of 20", async () => {
  const sdk = startSdk();
  const { observer, turns } = recorded();
  await turnsInRequests(sdk, observer, 20);
  const joined = await turns();
  expect(joined).toHaveLength(20);
  for (const turn of joined) {
    const request = sdk.span(`request ${turn.session.slice(1)}`).spanContext();
    expect(turn.traceId).toBe(request.traceId);
    expect(turn.parent).toEqual({ traceparent: `00-${request.traceId}-${request.spanId}-01` });
  }
});

test("a turn whose owner wants none of it has a trace of its own", async () => {
  const sdk = startSdk();
  const { observer, turns } = recorded({ activeSpan: () => null });
  sdk.tracer.startActiveSpan("request", (request) => {
    observer.session({ id: "s" }).turn(() => {});
    request.end();
  });
  const [turn] = await turns();
  expect(turn?.traceId).toBeDefined();
  expect(turn?.traceId).not.toBe(sdk.span("request").spanContext().traceId);
});

test("with a bridge, what is started inside a scope hangs on that scope, in the request's trace", async () => {
  const sdk = startSdk();
  const { observer } = recorded();
  undo = bridgeOpenTelemetry(observer);
  const session = observer.session({ id: "s" });
  await sdk.tracer.startActiveSpan("request", async (request) => {
    await session.turn(async (turn) => {
      const tool = turn.tool("search", { toolCallId: "1" }, (scope) => {
        sdk.tracer.startSpan("http").end();
        return scope;
      });
      expect(sdk.span("http").parentSpanContext).toMatchObject({ ...tool.context });
      expect(tool.context?.traceId).toBe(request.spanContext().traceId);
    });
    request.end();
  });
  await observer.close();
});

test("with a bridge, a turn that begins inside other recorded work hangs on that work", async () => {
  startSdk();
  const { observer, turns } = recorded();
  undo = bridgeOpenTelemetry(observer);
  const outer = observer.session({ id: "outer" }).turn((turn) => {
    observer.session({ id: "inner" }).turn(() => {});
    return turn;
  });
  const { traceId, spanId } = outer.context ?? { traceId: "", spanId: "" };
  expect((await turns()).at(-1)).toMatchObject({
    session: "inner",
    traceId,
    parent: { traceparent: `00-${traceId}-${spanId}-01` },
  });
});

test("what is sent along names the nearest span: work, a span inside it, or the one around", async () => {
  const sdk = startSdk();
  const { observer } = recorded();
  undo = bridgeOpenTelemetry(observer);
  const sent = (): string | undefined => carrierHere(observer)?.traceparent.slice(36, 52);
  expect(carrierHere(observer)).toBeNull();
  sdk.tracer.startActiveSpan("request", (request) => {
    expect(sent()).toBe(request.spanContext().spanId);
    observer.session({ id: "s" }).turn((turn) => {
      expect(sent()).toBe(turn.context?.spanId);
      sdk.tracer.startActiveSpan("own", (own) => expect(sent()).toBe(own.spanContext().spanId));
      undo();
      expect(sent()).toBe(turn.context?.spanId);
    });
  });
  await observer.close();
});

test("where there is no OpenTelemetry, recorded work is sent along all the same", async () => {
  const { observer } = recorded();
  observer.session({ id: "s" }).turn((turn) => {
    const { traceId, spanId } = turn.context ?? { traceId: "", spanId: "" };
    expect(carrierHere(observer)).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  });
  await observer.close();
});
