import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import type { Recorder, SpanContext } from "@spoor/core";
import { Buffer } from "node:buffer";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { spoorCallbacks } from "./spoor-callbacks.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const context = { traceId: "1".repeat(32), spanId: "2".repeat(16) } as SpanContext;
/** Keeps nothing, so that what is kept is the handler's own. */
const forgetful: Recorder = { emit: () => context };
const bytesSaid = 50_000;

test("a thousand turns leave nothing behind of what they said", async () => {
  const State = Annotation.Root({ said: Annotation<{ text: string }> });
  const graph = new StateGraph(State)
    .addNode("node", () => ({}))
    .addEdge(START, "node")
    .addEdge("node", END)
    .compile()
    .withConfig({ callbacks: [spoorCallbacks(forgetful)] });
  const said: WeakRef<object>[] = [];
  const turn = async (index: number) => {
    const input = { said: { text: Buffer.alloc(bytesSaid, 65 + (index % 26)).toString("latin1") } };
    said.push(new WeakRef(input.said));
    await graph.invoke(input, { configurable: { thread_id: `thread ${index}` } });
  };
  const heapAfter = async (turns: number) => {
    for (let index = 0; index < turns; index += 1) await turn(index);
    await new Promise((resolve) => setTimeout(resolve, 0));
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await heapAfter(100);
  expect((await heapAfter(1_000)) - before).toBeLessThan((1_000 * bytesSaid) / 5);
  expect(said.filter((input) => input.deref() !== undefined)).toEqual([]);
});
