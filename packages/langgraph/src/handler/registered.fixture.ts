import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import process from "node:process";
import { begun } from "./registering.fixture.ts";

/** An application that knows of its registration by an import only, run by Node as it is. Prints the runs that were recorded. */
const State = Annotation.Root({ count: Annotation<number> });
const graph = new StateGraph(State)
  .addNode("node", () => ({}))
  .addEdge(START, "node")
  .addEdge("node", END)
  .compile({ name: "counting" });

setTimeout(() => {
  void graph.invoke({ count: 1 }).then(() => process.stdout.write(JSON.stringify(begun)));
}, 0);
