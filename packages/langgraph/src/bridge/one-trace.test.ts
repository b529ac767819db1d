import { context } from "@opentelemetry/api";
import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { awaitAllCallbacks } from "@langchain/core/callbacks/promises";
import { type AgentEvent, createObserver, readCarrier } from "@spoor/core";
import { bridgeOpenTelemetry } from "@spoor/core/otel";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { type SpoorCallbacks, spoorCallbacks } from "../handler/spoor-callbacks.ts";
import { callingGraph, callingModel, type Inside, smallGraph } from "./calling-agent.fixture.ts";
import { type Sdk, startSdk, stopSdk } from "./sdk.fixture.ts";

afterEach(stopSdk);

interface Recording {
  readonly callbacks: SpoorCallbacks;
  readonly recorded: () => Promise<readonly AgentEvent[]>;
}

function recording(): Recording {
  const events: AgentEvent[] = [];
  const observer = createObserver({
    journal: "memory",
    exporters: [
      { name: "kept", consumes: "events", export: async (batch) => void events.push(...batch) },
    ],
  });
  const callbacks = spoorCallbacks(observer);
  onTestFinished(bridgeOpenTelemetry(callbacks, observer));
  return {
    callbacks,
    recorded: async () => {
      await observer.close();
      return events;
    },
  };
}

type Runs = (name: string, callbacks: SpoorCallbacks) => Promise<unknown>;

/** Each in a request of its own, all begun in one tick. */
async function inRequests(count: number, sdk: Sdk, { callbacks }: Recording, runs: Runs) {
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      sdk.tracer.startActiveSpan(`request ${index}`, async (request) => {
        await runs(`${index}`, callbacks);
        request.end();
      }),
    ),
  );
}

const asked = { question: "q" };
const on = (thread: string) => ({ configurable: { thread_id: thread } });
const requestOf = (sdk: Sdk, session: string) =>
  sdk.ended.find(({ name }) => name === `request ${session}`)?.spanContext();

type Opening = Extract<AgentEvent, { readonly key: string; readonly name: string }>;
const isOpening = (event: AgentEvent): event is Opening =>
  event.type.endsWith(".started") && "key" in event;

/** The sessions whose turn does not hang on the span of its own request, or that has anything in another trace. */
function astray(sdk: Sdk, events: readonly AgentEvent[]): readonly string[] {
  return events.filter(isOpening).flatMap((event) => {
    const request = requestOf(sdk, event.session);
    const parent = "parent" in event && typeof event.parent === "object" ? event.parent : null;
    const hangs =
      event.type !== "turn.started" || (parent && readCarrier(parent)?.spanId === request?.spanId);
    return hangs && event.traceId === request?.traceId
      ? []
      : [`${event.type} ${event.name} of ${event.session}`];
  });
}

const slow = () =>
  BaseCallbackHandler.fromMethods({
    handleChainStart: () => new Promise((resolve) => setTimeout(resolve, 1)),
    handleChainEnd: () => new Promise((resolve) => setTimeout(resolve, 1)),
  });

function sharedHandler(sdk: Sdk): Runs {
  const graph = callingGraph(sdk.tracer);
  return (thread, callbacks) => graph.invoke(asked, { ...on(thread), callbacks: [callbacks] });
}

const ways: Readonly<Record<string, (sdk: Sdk) => Runs>> = {
  "one handler for all": sharedHandler,
  "a graph each": (sdk) => (thread, callbacks) =>
    callingGraph(sdk.tracer).invoke(asked, { ...on(thread), callbacks: [callbacks] }),
  streams: (sdk) => {
    const graph = callingGraph(sdk.tracer);
    return async (thread, callbacks) => {
      for await (const _ of await graph.stream(asked, { ...on(thread), callbacks: [callbacks] }));
    };
  },
  "slow handlers of others in the background, before and after": (sdk) => {
    const graph = callingGraph(sdk.tracer);
    return (thread, callbacks) =>
      graph.invoke(asked, { ...on(thread), callbacks: [slow(), callbacks, slow()] });
  },
  "a graph inside a node, which is passed the config": (sdk) =>
    nested(sdk, (inner) => (question, config) => inner.invoke({ question }, config)),
  "a graph inside a node, which is passed nothing": (sdk) =>
    nested(sdk, (inner) => (question) => inner.invoke({ question })),
};

function nested(sdk: Sdk, insideOf: (inner: ReturnType<typeof callingGraph>) => Inside): Runs {
  const graph = callingGraph(sdk.tracer, insideOf(callingGraph(sdk.tracer)));
  return (thread, callbacks) => graph.invoke(asked, { ...on(thread), callbacks: [callbacks] });
}

async function turnsAstray(count: number, way: (sdk: Sdk) => Runs): Promise<readonly string[]> {
  const sdk = startSdk();
  const kept = recording();
  await inRequests(count, sdk, kept, way(sdk));
  await awaitAllCallbacks();
  const events = await kept.recorded();
  expect(events.filter(({ type }) => type === "turn.started")).toHaveLength(count);
  return astray(sdk, events);
}

describe("turns that begin in one tick are each in the trace of their own request", () => {
  test.each(Object.entries(ways))("20 of 20: %s", async (_name, way) => {
    expect(await turnsAstray(20, way)).toEqual([]);
  });

  test("200 of 200", async () => {
    const graph = smallGraph();
    const way = (): Runs => (thread, callbacks) =>
      graph.invoke(asked, { ...on(thread), callbacks: [slow(), callbacks] });
    expect(await turnsAstray(200, way)).toEqual([]);
  });
});

/** What a span of the application hangs on, by its name: the kind and the name of recorded work, or a span of the application itself. */
const parents: Readonly<Record<string, string>> = {
  "in think": "work.started think",
  "in think, after awaiting": "work.started think",
  "in think, after the model": "work.started think",
  "in the model": "model.started CallingModel",
  "in the model, later": "model.started CallingModel",
  "in act, after a timer": "work.started act",
  "in the tool": "tool.started search",
  "in the tool, later": "tool.started search",
  own: "work.started act",
  "in own": "own",
};

test("spans of the application's own hang on the node, tool or model that they are made in, in 20 turns at once", async () => {
  const sdk = startSdk();
  const kept = recording();
  await inRequests(20, sdk, kept, sharedHandler(sdk));
  const events = await kept.recorded();
  const names = new Map([
    ...events
      .filter(isOpening)
      .map((event) => [event.spanId ?? "", `${event.type} ${event.name}`] as const),
    ...sdk.ended.map((span) => [span.spanContext().spanId, span.name] as const),
  ]);
  const own = sdk.ended.filter(({ name }) => name in parents);
  expect(own).toHaveLength(20 * Object.keys(parents).length);
  const traces = new Map(
    events.filter(isOpening).map(({ spanId, traceId }) => [spanId ?? "", traceId]),
  );
  for (const span of own) {
    const { spanId = "", traceId } = span.parentSpanContext ?? {};
    expect(`${span.name} <- ${names.get(spanId)}`).toBe(`${span.name} <- ${parents[span.name]}`);
    expect(span.spanContext().traceId).toBe(traceId);
    if (traces.has(spanId)) expect(traces.get(spanId)).toBe(traceId);
  }
});

test("where a node waits for two models at once, their requests hang on the node", async () => {
  const sdk = startSdk();
  const kept = recording();
  const model = callingModel(sdk.tracer);
  const both = callingGraph(sdk.tracer, async () => {
    sdk.ended.length = 0;
    await Promise.all([model.invoke("one"), model.invoke("two")]);
  });
  await both.invoke(asked, { callbacks: [kept.callbacks] });
  const events = await kept.recorded();
  const act = events.filter(isOpening).find(({ name }) => name === "act");
  const later = sdk.ended.filter(({ name }) => name === "in the model");
  expect(later.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
    act?.spanId,
    act?.spanId,
  ]);
});

/** LangChain empties its storage where it streams, so the node cannot be told there; the application's own context goes on. */
test("the request of a streamed model hangs on the application's own span, and on the node where that was made active", async () => {
  const sdk = startSdk();
  const kept = recording();
  const model = callingModel(sdk.tracer);
  const read = async (): Promise<void> => {
    for await (const _ of await model.stream("really?"));
  };
  const graph = callingGraph(sdk.tracer, async () => {
    await read();
    await context.with(context.active(), read);
  });
  await inRequests(1, sdk, kept, (_name, callbacks) =>
    graph.invoke(asked, { callbacks: [callbacks] }),
  );
  const events = await kept.recorded();
  const act = events.filter(isOpening).find(({ name }) => name === "act");
  const request = sdk.ended.find(({ name }) => name === "request 0");
  const streamed = sdk.ended.filter(({ name }) => name === "in the streamed model");
  expect(streamed.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
    request?.spanContext().spanId,
    act?.spanId,
  ]);
});

test("a graph inside a node whose handler is passed again stays in the trace of the request", async () => {
  const sdk = startSdk();
  const kept = recording();
  const inner = callingGraph(sdk.tracer);
  const passedAgain: Runs = (thread, callbacks) =>
    callingGraph(sdk.tracer, (question) =>
      inner.invoke({ question }, { ...on(thread), callbacks: [callbacks] }),
    ).invoke(asked, { ...on(thread), callbacks: [callbacks] });
  await inRequests(20, sdk, kept, passedAgain);
  const events = (await kept.recorded()).filter(isOpening);
  for (const { session, traceId } of events) expect(traceId).toBe(requestOf(sdk, session)?.traceId);
});
