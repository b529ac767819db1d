import { Annotation, END, MemorySaver, START, StateGraph, interrupt } from "@langchain/langgraph";
import { createObserver, type Recorder } from "@spoor/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { addingAgent, onThread, question } from "./adding-agent.fixture.ts";
import { comparable } from "./comparable.fixture.ts";
import { type SpoorCallbacks, spoorCallbacks } from "./spoor-callbacks.ts";

type Wiring = { readonly callbacks?: SpoorCallbacks[] };

const throwing: Recorder = {
  emit() {
    throw new Error("the recorder failed");
  },
};

function recording(): Recorder {
  const observer = createObserver({ journal: "memory" });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));
  return observer;
}

const wirings: Readonly<Record<string, () => Wiring>> = {
  "a handler": () => ({ callbacks: [spoorCallbacks(recording())] }),
  "a handler given twice": () => {
    const handler = spoorCallbacks(recording());
    return { callbacks: [handler, handler] };
  },
  "a recorder that throws": () => ({ callbacks: [spoorCallbacks(throwing)] }),
};

async function all(chunks: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for await (const chunk of chunks) seen.push(chunk);
  return seen;
}

const thread = onThread("thread");
const modes = [
  "values",
  "updates",
  "messages",
  "tasks",
  "checkpoints",
  "debug",
  "tools",
  "custom",
] as const;

describe.each(Object.entries(wirings))("with %s", (_name, wiring) => {
  test("an agent answers what it answers without", async () => {
    const answers = await Promise.all(
      [{}, wiring()].map((config) => addingAgent().invoke(question, { ...config, ...thread })),
    );
    expect(comparable(answers[1])).toBe(comparable(answers[0]));
    expect(comparable(answers[1])).toContain("It is 3.");
  });

  test.each(modes)("it streams the same chunks in the mode %s", async (streamMode) => {
    const chunksWith = async (config: Wiring) =>
      all(await addingAgent().stream(question, { ...config, ...thread, streamMode }));
    const chunks = await chunksWith(wiring());
    expect(chunks.length).toBeGreaterThan(0);
    expect(comparable(chunks)).toBe(comparable(await chunksWith({})));
  });

  test("it streams the same events", async () => {
    const events = await eventsWith(wiring());
    expect(events.length).toBeGreaterThan(10);
    expect(comparable(events)).toBe(comparable(await eventsWith({})));
  });

  test("a node's error reaches the caller as the object that was thrown", async () => {
    const fault = new Error("no");
    const graph = graphOf(() => {
      throw fault;
    });
    await expect(graph.invoke({ steps: [] }, { ...wiring(), ...thread })).rejects.toBe(fault);
    expect(Object.keys(fault)).toEqual(await keysOfErrorWithout());
  });

  test("an interrupt is answered as it is without", async () => {
    expect(comparable(await interruptedWith(wiring()))).toBe(comparable(await interruptedWith({})));
  });
});

const eventsWith = (config: Wiring) =>
  all(addingAgent().streamEvents(question, { ...config, ...thread, version: "v2" }));

async function interruptedWith(wiring: Wiring): Promise<readonly unknown[]> {
  const graph = graphOf(() => ({ steps: [String(interrupt("go on?"))] }));
  const config = { ...wiring, ...thread };
  return [await graph.invoke({ steps: [] }, config), await graph.getState(config)];
}

function graphOf(node: () => { steps: string[] }) {
  const State = Annotation.Root({ steps: Annotation<string[]> });
  return new StateGraph(State)
    .addNode("node", node)
    .addEdge(START, "node")
    .addEdge("node", END)
    .compile({ checkpointer: new MemorySaver() });
}

async function keysOfErrorWithout(): Promise<readonly string[]> {
  const fault = new Error("no");
  const graph = graphOf(() => {
    throw fault;
  });
  await graph.invoke({ steps: [] }, thread).catch(() => undefined);
  return Object.keys(fault);
}

test("a chunk that holds the handler itself can be written down", async () => {
  const { callbacks } = wirings["a handler"]?.() ?? {};
  const config = {
    ...thread,
    ...(callbacks ? { callbacks } : {}),
    streamMode: "checkpoints",
  } as const;
  const [chunk] = await all(await addingAgent().stream(question, config));
  expect(JSON.stringify(chunk)).toContain('"callbacks":[{"name":"spoor"}]');
});
