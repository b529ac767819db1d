import type { BaseCheckpointSaver } from "@langchain/langgraph";
import { Annotation, interrupt, START, StateGraph } from "@langchain/langgraph";

const Log = Annotation.Root({
  log: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
});

/** As much of a compiled graph as tests need, whatever its nodes are. */
export interface Graph {
  invoke(input: unknown, config: object): Promise<unknown>;
  updateState(config: object, values: unknown, asNode?: string): Promise<object>;
  getStateHistory(config: object): AsyncIterableIterator<{ readonly config: object }>;
}

/** An agent that thinks, looks in a graph of its own, and asks a human where its log says so. */
export function thinking(checkpointer: BaseCheckpointSaver): Graph {
  const inner = new StateGraph(Log)
    .addNode("look", () => ({ log: ["seen"] }))
    .addEdge(START, "look")
    .compile({ name: "Looking" });
  return new StateGraph(Log)
    .addNode("think", () => ({ log: ["thought"] }))
    .addNode("look", inner)
    .addNode("ask", ({ log }) =>
      log.includes("ask") ? { log: [String(interrupt("sure?"))] } : { log: ["done"] },
    )
    .addEdge(START, "think")
    .addEdge("think", "look")
    .addEdge("look", "ask")
    .compile({ name: "Thinking", checkpointer });
}
