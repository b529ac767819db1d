import { BaseCallbackHandler, isBaseCallbackHandler } from "@langchain/core/callbacks/base";
import { dispatchCustomEvent } from "@langchain/core/callbacks/dispatch";
import { RunnableLambda } from "@langchain/core/runnables";
import { GraphCallbackHandler } from "@langchain/langgraph";
import { createObserver, type Recorder } from "@spoor/core";
import * as fc from "fast-check";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, onTestFinished, test } from "vitest";
import { addingAgent, onThread, question } from "./adding-agent.fixture.ts";
import { listening } from "./heard.fixture.ts";
import { callbackNames } from "./named-arguments.ts";
import { spoorCallbacks } from "./spoor-callbacks.ts";

const agentRuns = [
  "adder",
  "adder",
  "model_request",
  "AddingModel",
  "tools",
  "add",
  "model_request",
  "AddingModel",
];

describe("for LangChain it is a handler", () => {
  const handler = spoorCallbacks({ emit: () => null });

  test("by all that its modules ask, and one that LangGraph tells of interrupts", () => {
    expect(isBaseCallbackHandler(handler)).toBe(true);
    expect(GraphCallbackHandler.isInstance(handler)).toBe(true);
    expect(handler.copy()).toBe(handler);
  });

  test("that is waited for, and asks for nothing to be done in another way", () => {
    expect(handler.awaitHandlers).toBe(true);
    const asks = Reflect.ownKeys(handler).filter((name) =>
      /^(?:lc_|raise|ignore)/.test(String(name)),
    );
    expect(asks).toEqual([]);
  });

  test("all of which are own properties, so that copies of it are it", async () => {
    const observer = listening();
    const { name: _name, ...methods } = spoorCallbacks(observer);
    await addingAgent().invoke(question, { ...onThread("t"), callbacks: [methods] });
    expect(observer.begun()).toEqual(agentRuns);
    expect(GraphCallbackHandler.isInstance(BaseCallbackHandler.fromMethods(methods))).toBe(true);
  });

  test("that says its name where it is written down, and nothing of what it recorded", () => {
    expect(JSON.stringify({ callbacks: [handler] })).toBe('{"callbacks":[{"name":"spoor"}]}');
  });
});

test("an observer has one, and each observer another, by name too", () => {
  const [left, right] = [listening(), listening()];
  expect(spoorCallbacks(left)).toBe(spoorCallbacks(left));
  expect(spoorCallbacks(left)).not.toBe(spoorCallbacks(right));
  expect(spoorCallbacks(left).name).not.toBe(spoorCallbacks(right).name);
});

test("given at several levels it records each run once", async () => {
  const observer = listening();
  const handler = spoorCallbacks(observer);
  const again = { callbacks: [handler, handler] };
  await addingAgent()
    .withConfig(again)
    .invoke(question, { ...onThread("t"), ...again });
  const drafts = observer.heard();
  expect(
    drafts.flatMap((draft) => ("name" in draft && "key" in draft ? [draft.name] : [])),
  ).toEqual(agentRuns);
  const closed = drafts.flatMap((draft) => ("outcome" in draft ? [draft.key] : []));
  expect(new Set(closed).size).toBe(closed.length);
  expect(closed).toHaveLength(agentRuns.length);
});

test("two observers each record all of it", async () => {
  const [left, right] = [listening(), listening()];
  const callbacks = [left, right].map((observer) => spoorCallbacks(observer));
  await addingAgent().invoke(question, { ...onThread("t"), callbacks });
  expect([left.begun(), right.begun()]).toEqual([agentRuns, agentRuns]);
});

test("what the application dispatches is noted once each time, also by a handler that is given twice", async () => {
  const observer = listening();
  const handler = spoorCallbacks(observer);
  const dispatching = RunnableLambda.from(async () => {
    await dispatchCustomEvent("step", 1);
    await dispatchCustomEvent("step", 1);
    await dispatchCustomEvent("other", 1);
  });
  await dispatching.invoke({}, { callbacks: [handler, handler] });
  const noted = observer.heard().filter((draft) => draft.type === "native.noted");
  expect(noted.map(({ name, native }) => [name, native])).toEqual([
    ["step", 1],
    ["step", 1],
    ["other", 1],
  ]);
  expect(new Set(noted.map(({ mark }) => mark)).size).toBe(3);
});

test("each of twenty conversations at once lies in the trace that was active where it began", async () => {
  const active = new AsyncLocalStorage<string>();
  const observer = createObserver({
    journal: "memory",
    activeSpan: () => ({ traceparent: `00-${active.getStore()}-00000000000000ff-01` }),
  });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));
  const handler = spoorCallbacks(observer);
  const traces = Array.from({ length: 20 }, (_, index) => String(index + 1).padStart(32, "0"));
  const found = await Promise.all(
    traces.map((trace) =>
      active.run(trace, async () => {
        let traceId: string | undefined;
        const agent = addingAgent(() => (traceId = handler.currentSpan()?.traceId));
        await agent.invoke(question, { ...onThread(trace), callbacks: [handler] });
        return traceId;
      }),
    ),
  );
  expect(found).toEqual(traces);
});

type Method = (...given: readonly unknown[]) => unknown;

function methodsOf(recorder: Recorder): readonly Method[] {
  const methods = new Map(Object.entries(spoorCallbacks(recorder)));
  return callbackNames.map((name) => methods.get(name) as Method);
}

describe("nothing reaches the application", () => {
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error("do not look");
      },
    },
  );

  test("whatever the arguments are, and it answers nothing", () => {
    const argument = fc.oneof(
      fc.anything({ withBigInt: true, withMap: true, withSet: true, withNullPrototype: true }),
      fc.constantFrom<unknown>(hostile, [hostile], { id: hostile }, Symbol("x"), () => hostile),
      fc.constantFrom("r1", "r2", "01a1fc41-d766-707a-8bb2-e8994946b641"),
    );
    const observer = createObserver({ journal: "memory" });
    onTestFinished(() => observer.close({ timeoutMs: 0 }));
    const methods = methodsOf(observer);
    fc.assert(
      fc.property(fc.nat(), fc.array(argument, { maxLength: 9 }), (which, given) => {
        expect(methods[which % methods.length]?.(...given)).toBeUndefined();
      }),
    );
  });

  test("what could not be read is counted as not recorded", () => {
    const observer = createObserver({ journal: "memory" });
    onTestFinished(() => observer.close({ timeoutMs: 0 }));
    spoorCallbacks(observer).handleChainStart(hostile, {}, "run");
    const { refused, lastRefusal } = observer.health().recorder;
    expect([refused, lastRefusal?.message]).toEqual([1, "do not look"]);
  });

  test("also when the recorder itself throws", () => {
    for (const method of methodsOf({
      emit: () => {
        throw new Error("no");
      },
    }))
      expect(method({}, {}, "run")).toBeUndefined();
  });
});
