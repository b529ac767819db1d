import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import type { SpanContext } from "@spoor/core";
import { expect, test } from "vitest";
import { addingAgent, onThread, question } from "./adding-agent.fixture.ts";
import { currentRun } from "./current-run.ts";
import { listening } from "./heard.fixture.ts";
import { spoorCallbacks } from "./spoor-callbacks.ts";

const State = Annotation.Root({ names: Annotation<string[]> });

test("code in a node, after waiting and from timers too, stands in that node", async () => {
  const handler = spoorCallbacks(listening());
  const seen = new Map<string, (SpanContext | null)[]>();
  const node = (name: string) => async () => {
    const atOnce = handler.currentSpan();
    await new Promise((resolve) => setTimeout(resolve, 1));
    const fromTimer = await new Promise<SpanContext | null>((resolve) => {
      setTimeout(() => resolve(handler.currentSpan()), 1);
    });
    seen.set(name, [atOnce, handler.currentSpan(), fromTimer]);
    return {};
  };
  const graph = new StateGraph(State)
    .addNode("left", node("left"))
    .addNode("right", node("right"))
    .addEdge(START, "left")
    .addEdge(START, "right")
    .addEdge("left", END)
    .addEdge("right", END)
    .compile();
  await graph.invoke({ names: [] }, { callbacks: [handler] });
  const spans = [...seen.values()].map((places) => new Set(places.map((span) => span?.spanId)));
  expect(spans.map((places) => places.size)).toEqual([1, 1]);
  expect(new Set(spans.flatMap((places) => [...places])).size).toBe(2);
});

test("code in a tool stands in that tool", async () => {
  const observer = listening();
  const handler = spoorCallbacks(observer);
  let span: SpanContext | null = null;
  const agent = addingAgent(() => (span = handler.currentSpan()));
  await agent.invoke(question, { ...onThread("thread"), callbacks: [handler] });
  const tool = observer.heard().find((draft) => draft.type === "tool.started");
  expect(tool).toBeDefined();
  expect(span).toEqual(handler.spanOf(tool?.key ?? ""));
});

test("outside of any run there is none", () => {
  expect(currentRun()).toBeNull();
  expect(spoorCallbacks(listening()).currentSpan()).toBeNull();
});

const storage = Symbol.for("ls:tracing_async_local_storage");
const config = Symbol.for("lc:child_config");

test.each([
  ["no storage", undefined],
  ["one of another kind", { getStore: "no" }],
  [
    "one that throws",
    {
      getStore: () => {
        throw new Error("no");
      },
    },
  ],
  ["an empty one", { getStore: () => undefined }],
  ["one without a run", { getStore: () => ({ extra: {} }) }],
  [
    "one with callbacks of a list",
    { getStore: () => ({ extra: { [config]: { callbacks: [] } } }) },
  ],
  [
    "a root's",
    {
      getStore: () => ({ extra: { [config]: { callbacks: { getParentRunId: () => undefined } } } }),
    },
  ],
])("with %s there is none either", (_name, instance) => {
  const before: unknown = Reflect.get(globalThis, storage);
  Reflect.set(globalThis, storage, instance);
  expect(currentRun()).toBeNull();
  Reflect.set(globalThis, storage, before);
});
