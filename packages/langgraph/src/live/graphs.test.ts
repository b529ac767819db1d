import {
  Annotation,
  Command,
  END,
  MemorySaver,
  Send,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { InMemoryCache } from "@langchain/langgraph-checkpoint";
import { all, Log, logs } from "./application.fixture.ts";
import { says } from "./scripted-answer.ts";
import { model } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

scenario("conditional-edge", ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("a", logs("a"))
    .addNode("b", logs("b"))
    .addNode("c", logs("c"))
    .addEdge(START, "a")
    .addConditionalEdges("a", () => "b", ["b", "c"])
    .compile({ name: "Conditional" });
  return graph.invoke({}, { callbacks });
});

const Items = Annotation.Root({
  ...Log.spec,
  item: Annotation<number>({ reducer: (_left, right) => right, default: () => 0 }),
});

scenario("send-fan-out", ({ callbacks }) => {
  const graph = new StateGraph(Items)
    .addNode("plan", logs("planned"))
    .addNode("worker", ({ item }) => ({ log: [`worked on ${item}`] }))
    .addNode("reduce", ({ log }) => ({ log: [`reduced ${log.length}`] }))
    .addEdge(START, "plan")
    .addConditionalEdges("plan", () => [1, 2, 3].map((item) => new Send("worker", { item })), [
      "worker",
    ])
    .addEdge("worker", "reduce")
    .compile();
  return graph.invoke({}, { callbacks });
});

const speaks = (text: string) => {
  const speaker = model(says(text));
  return async () => ({ log: [(await speaker.invoke("go")).text] });
};

scenario("parallel-branches-with-models", ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("left", speaks("from the left"))
    .addNode("right", speaks("from the right"))
    .addNode("join", logs("joined"))
    .addEdge(START, "left")
    .addEdge(START, "right")
    .addEdge(["left", "right"], "join")
    .compile();
  return graph.invoke({}, { callbacks });
});

const inner = () =>
  new StateGraph(Log)
    .addNode("inner", speaks("from below"))
    .addEdge(START, "inner")
    .compile({ name: "Inner" });

scenario("subgraph-as-node", ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("outer", logs("outer"))
    .addNode("sub", inner())
    .addEdge(START, "outer")
    .addEdge("outer", "sub")
    .compile({ name: "Outer" });
  return graph.invoke({}, { callbacks });
});

scenario("subgraph-in-function", ({ callbacks }) => {
  const below = inner();
  const graph = new StateGraph(Log)
    .addNode("caller", async () => ({ log: (await below.invoke({})).log }))
    .addEdge(START, "caller")
    .compile({ name: "Outer" });
  return graph.invoke({}, { callbacks });
});

scenario("subgraph-streamed", async ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("sub", inner())
    .addEdge(START, "sub")
    .compile({ name: "Outer" });
  return all(await graph.stream({}, { callbacks, subgraphs: true, streamMode: "updates" }));
});

scenario("command-that-sends", ({ callbacks }) => {
  const goto = [new Send("worker", { item: 1 }), new Send("worker", { item: 2 }), "beside"];
  const graph = new StateGraph(Items)
    .addNode("plan", () => new Command({ update: { log: ["planned"] }, goto }), {
      ends: ["worker", "beside"],
    })
    .addNode("worker", ({ item }) => ({ log: [`worked on ${item}`] }))
    .addNode("beside", logs("beside"))
    .addEdge(START, "plan")
    .compile();
  return graph.invoke({}, { callbacks });
});

scenario("command-goto", ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("router", () => new Command({ goto: "worker", update: { log: ["routed"] } }), {
      ends: ["worker"],
    })
    .addNode(
      "worker",
      ({ log }) =>
        new Command({ goto: log.length < 3 ? "router" : END, update: { log: ["worked"] } }),
      { ends: ["router", END] },
    )
    .addEdge(START, "router")
    .compile();
  return graph.invoke({}, { callbacks });
});

scenario("node-cache", async ({ callbacks }) => {
  const graph = new StateGraph(Items)
    .addNode("heavy", logs("worked hard"), { cachePolicy: { ttl: 60 } })
    .addEdge(START, "heavy")
    .compile({ cache: new InMemoryCache() });
  const missed = await graph.invoke({ item: 1 }, { callbacks });
  return [missed, await graph.invoke({ item: 1 }, { callbacks })];
});

const twoSteps = () =>
  new StateGraph(Items)
    .addNode("a", logs("a"))
    .addNode("b", ({ item }) => ({ log: [`b${item}`] }))
    .addEdge(START, "a")
    .addEdge("a", "b")
    .compile({ checkpointer: new MemorySaver() });

scenario("time-travel-and-fork", async ({ callbacks }) => {
  const graph = twoSteps();
  const config = { callbacks, configurable: { thread_id: "travel" } };
  const first = await graph.invoke({ item: 1 }, config);
  const before = (await all(graph.getStateHistory(config))).find(({ next }) => next[0] === "b");
  if (!before) throw new Error("there is no checkpoint before b");
  const replayed = await graph.invoke(null, { ...before.config, callbacks });
  const fork = await graph.updateState(before.config, { item: 99 });
  const forked = await graph.invoke(null, { ...fork, callbacks });
  const edited = await graph.updateState({ ...config, ...before.config, callbacks }, { item: 7 });
  return [first, replayed, forked, edited];
});

scenario("durability-modes", async ({ callbacks }) => {
  const durabilities = ["sync", "async", "exit"] as const;
  const answers: unknown[] = [];
  for (const durability of durabilities)
    answers.push(
      await twoSteps().invoke(
        { item: 1 },
        { callbacks, durability, configurable: { thread_id: durability } },
      ),
    );
  return answers;
});
