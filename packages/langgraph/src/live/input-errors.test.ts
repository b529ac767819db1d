import { Annotation, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { Log, logs, thrownBy } from "./application.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

const one = (node: () => never | object = logs("a")) =>
  new StateGraph(Log).addNode("a", node as ReturnType<typeof logs>).addEdge(START, "a");

scenario("no-thread-id", ({ callbacks }) =>
  thrownBy(one().compile({ checkpointer: new MemorySaver() }).invoke({}, { callbacks })),
);

scenario("recursion-limit-of-zero", ({ callbacks }) =>
  thrownBy(one().compile().invoke({}, { callbacks, recursionLimit: 0 })),
);

scenario("empty-input", ({ callbacks }) => thrownBy(one().compile().invoke(null, { callbacks })));

scenario("node-returns-nonsense", ({ callbacks }) =>
  thrownBy(
    one((() => "text") as () => never)
      .compile()
      .invoke({}, { callbacks }),
  ),
);

scenario("concurrent-update", ({ callbacks }) => {
  const graph = new StateGraph(Annotation.Root({ value: Annotation<number> }))
    .addNode("a", () => ({ value: 1 }))
    .addNode("b", () => ({ value: 2 }))
    .addEdge(START, "a")
    .addEdge(START, "b")
    .compile();
  return thrownBy(graph.invoke({}, { callbacks }));
});

const lost = (): "a" => {
  throw new Error("router failed");
};

scenario("router-throws", ({ callbacks }) =>
  thrownBy(one().addConditionalEdges("a", lost, ["a"]).compile().invoke({}, { callbacks })),
);

scenario("checkpointer-fails", ({ callbacks }) => {
  const saver = new MemorySaver();
  saver.put = () => Promise.reject(new Error("the database is down"));
  const graph = one().compile({ checkpointer: saver });
  return thrownBy(graph.invoke({}, { callbacks, configurable: { thread_id: "unsaved" } }));
});
