import { Annotation, END, START, StateGraph } from "@langchain/langgraph";

const State = Annotation.Root({ messages: Annotation<unknown[]>() });

/** Before it is compiled. */
export const builder = new StateGraph(State)
  .addNode("answer", () => ({ messages: [{ role: "assistant", content: "3" }] }))
  .addEdge(START, "answer")
  .addEdge("answer", END);

export const graph = builder.compile();
export const input = { messages: [{ role: "user", content: "What is 1 + 2?" }] };
