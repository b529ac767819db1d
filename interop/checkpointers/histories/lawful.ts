import { Command } from "@langchain/langgraph";
import type { RecordedThread } from "./recorded-thread.ts";

export type History = (on: RecordedThread) => Promise<unknown>;

/** What applications do with a thread, none of which is tampering. */
export const lawful: Readonly<Record<string, History>> = {
  "two runs": async ({ graph, config }) => {
    await graph.invoke({ log: ["one"] }, config);
    await graph.invoke({ log: ["two"] }, config);
  },
  "an interrupt, and its answer": async ({ graph, config }) => {
    await graph.invoke({ log: ["ask"] }, config);
    await graph.invoke(new Command({ resume: "yes" }), config);
  },
  "a state that was updated by hand": async ({ graph, config }) => {
    await graph.invoke({ log: ["in"] }, config);
    await graph.updateState(config, { log: ["corrected"] }, "think");
    await graph.invoke(null, config);
  },
  "time travel, which runs again from a checkpoint": async ({ graph, config }) => {
    await graph.invoke({ log: ["in"] }, config);
    await graph.invoke(null, { ...config, ...(await before(graph, config)) });
  },
  "a replay of all of it, and a run after that": async ({ graph, config }) => {
    await graph.invoke({ log: ["in"] }, config);
    const history = await historyOf(graph, config);
    await graph.invoke(null, { ...config, ...history.at(-1)?.config });
    await graph.invoke({ log: ["on"] }, config);
  },
  "a thread that was deleted": async ({ graph, config, checkpointer }) => {
    await graph.invoke({ log: ["in"] }, config);
    await checkpointer.deleteThread("thread");
  },
  "a thread that was deleted, and begun again": async ({ graph, config, checkpointer }) => {
    await graph.invoke({ log: ["in"] }, config);
    await checkpointer.deleteThread("thread");
    await graph.invoke({ log: ["again"] }, config);
  },
  "a state that is saved at the end only": ({ graph, config }) =>
    graph.invoke({ log: ["in"] }, { ...config, durability: "exit" }),
  "a state that is waited for at each step": ({ graph, config }) =>
    graph.invoke({ log: ["in"] }, { ...config, durability: "sync" }),
};

/** These go on twice from one checkpoint, with states that differ. */
export const branching: Readonly<Record<string, History>> = {
  "a fork, which goes on from another state": async ({ graph, config }) => {
    await graph.invoke({ log: ["in"] }, config);
    const fork = await graph.updateState(
      { ...config, ...(await before(graph, config)) },
      { log: ["fork"] },
    );
    await graph.invoke(null, { ...config, ...fork });
  },
  "runs beside each other on one thread": async ({ graph, config }) => {
    await Promise.all(["a", "b", "c"].map((log) => graph.invoke({ log: [log] }, config)));
  },
};

async function before(graph: RecordedThread["graph"], config: object): Promise<object> {
  const [, , snapshot] = await historyOf(graph, config);
  return { ...snapshot?.config };
}

async function historyOf(graph: RecordedThread["graph"], config: object) {
  const all: { readonly config: object }[] = [];
  for await (const snapshot of graph.getStateHistory(config)) all.push(snapshot);
  return all;
}
