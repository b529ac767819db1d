import * as context from "@langchain/core/context";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import type { Recorder } from "@spoor/core";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { listening } from "./heard.fixture.ts";
import type { LangChainContext } from "./langchain-context.ts";
import { registerSpoor } from "./register-spoor.ts";
import { spoorCallbacks } from "./spoor-callbacks.ts";

const require = createRequire(import.meta.url);
/** By their files, because the conditions that tests are resolved with would find the modules again. */
const commonFile = (name: string, file: string): unknown =>
  require(join(dirname(require.resolve(`${name}/package.json`)), "dist", file));
const commonContext = commonFile("@langchain/core", "context.cjs") as LangChainContext;
const commonLangGraph = commonFile("@langchain/langgraph", "index.cjs") as {
  readonly StateGraph: typeof StateGraph;
};

function register(
  observer: Recorder,
  ...[first, ...more]: readonly [LangChainContext, ...LangChainContext[]]
): () => void {
  const undo = registerSpoor(observer, first, ...more);
  onTestFinished(undo);
  return undo;
}

const State = Annotation.Root({ count: Annotation<number> });
function counting(Graph: typeof StateGraph = StateGraph) {
  return new Graph(State)
    .addNode("node", ({ count }) => ({ count: count + 1 }))
    .addEdge(START, "node")
    .addEdge("node", END)
    .compile({ name: "counting" });
}

const input = { count: 1 };
const told = ["counting", "counting", "node"];

const given =
  (...values: readonly unknown[]): (() => unknown) =>
  () =>
    Reflect.apply(registerSpoor, undefined, values);

describe("what would record nothing is said where it is set up", () => {
  test("no module of LangChain, or something else in its place", () => {
    const sentence = /needs your own copy of @langchain\/core\/context: import/;
    const observer = listening();
    for (const wrong of [
      undefined,
      {},
      "@langchain/core/context",
      { setContextVariable: () => {} },
    ])
      expect(given(observer, wrong)).toThrow(sentence);
    expect(given(observer)).toThrow(sentence);
    expect(given(observer, context, undefined)).toThrow(sentence);
  });

  test("no observer", () => {
    for (const wrong of [undefined, null, {}, "observer", Promise.resolve(listening())]) {
      expect(given(wrong, context)).toThrow(/^registerSpoor needs an observer: pass what/);
      expect(() => spoorCallbacks(wrong as never)).toThrow(/^spoorCallbacks needs an observer/);
    }
  });
});

test("a plain call is recorded, and answers what it answers without", async () => {
  const observer = listening();
  register(observer, context);
  expect(await counting().invoke(input)).toEqual({ count: 2 });
  expect(observer.begun()).toEqual(told);
});

test("beside an explicit handler it is recorded once, however often it is registered", async () => {
  const observer = listening();
  register(observer, context);
  register(observer, context);
  const graph = counting();
  await graph.invoke(input, { callbacks: [spoorCallbacks(observer)] });
  await graph.withConfig({ callbacks: [spoorCallbacks(observer)] }).invoke(input);
  expect(observer.begun()).toEqual([...told, ...told]);
});

test("work that starts from timers and requests is recorded", async () => {
  const observer = listening();
  register(observer, context);
  const graph = counting();
  const server = createServer((_request, response) => {
    void graph.invoke(input).then(() => response.end());
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}`)).text();
  await new Promise<unknown>((resolve) => setTimeout(() => resolve(graph.invoke(input)), 0));
  expect(observer.begun()).toEqual([...told, ...told]);
});

test("a module that is imported first registers for those that import it", () => {
  const program = fileURLToPath(new URL("registered.fixture.ts", import.meta.url));
  const args = ["--conditions=@spoor/source", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    timeout: 30_000,
  });
  expect({ stdout, stderr }).toEqual({ stdout: '["counting","node"]', stderr: "" });
});

test("LangGraph that was loaded by `require` is recorded where its own module is given", async () => {
  const observer = listening();
  const undo = register(observer, context);
  const graph = counting(commonLangGraph.StateGraph);
  await graph.invoke(input);
  expect(observer.begun()).toEqual([]);
  undo();
  register(observer, context, commonContext);
  await graph.invoke(input);
  await counting().invoke(input);
  expect(observer.begun()).toEqual([...told, ...told]);
});

test("two observers each hear all of it", async () => {
  const left = listening();
  const right = listening();
  register(left, context);
  register(right, context);
  await counting().invoke(input);
  expect([left.begun(), right.begun()]).toEqual([told, told]);
});

test("what is ended is ended, from wherever it is asked, and only that", async () => {
  const left = listening();
  const right = listening();
  const undo = register(left, context);
  register(right, context);
  await new Promise<void>((resolve) => {
    setTimeout(() => {
      undo();
      resolve();
    }, 0);
  });
  await counting().invoke(input);
  expect([left.begun(), right.begun()]).toEqual([[], told]);
  await counting().invoke(input, { callbacks: [spoorCallbacks(left)] });
  expect(left.begun()).toEqual(told);
});
