import { InMemoryCache } from "@langchain/core/caches";
import { Document } from "@langchain/core/documents";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { BaseRetriever } from "@langchain/core/retrievers";
import { RunnablePassthrough, RunnableSequence } from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import { FakeLLM } from "@langchain/core/utils/testing";
import { START, StateGraph } from "@langchain/langgraph";
import { createAgent, modelFallbackMiddleware, toolRetryMiddleware } from "langchain";
import { z } from "zod";
import { add, hi, Log, middleware, thrownBy } from "./application.fixture.ts";
import { asks, fails, says } from "./scripted-answer.ts";
import { model, ScriptedChatModel } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

class Library extends BaseRetriever {
  readonly lc_namespace: string[] = ["live"];
  override async _getRelevantDocuments(query: string): Promise<Document[]> {
    if (query === "") throw new Error("the library is closed");
    return [new Document({ pageContent: "22 degrees", metadata: { source: "almanac" } })];
  }
}

scenario("retriever-and-chain", ({ callbacks }) => {
  const library = new Library();
  const chain = RunnableSequence.from([
    { context: library, question: new RunnablePassthrough() },
    ChatPromptTemplate.fromTemplate("Answer {question} from {context}"),
    model(says("answered")),
    new StringOutputParser(),
  ]);
  const graph = new StateGraph(Log)
    .addNode("chain", async () => ({ log: [await chain.invoke("how warm?")] }))
    .addNode("fails", async () => {
      const thrown = await thrownBy(library.invoke(""));
      return { log: [JSON.stringify(thrown)] };
    })
    .addEdge(START, "chain")
    .addEdge("chain", "fails")
    .compile();
  return graph.invoke({}, { callbacks });
});

scenario("model-cache", async ({ callbacks }) => {
  const llm = new ScriptedChatModel([says("said once")], { cache: new InMemoryCache() });
  const graph = new StateGraph(Log)
    .addNode("asks", async () => ({ log: [(await llm.invoke("go")).text] }))
    .addEdge(START, "asks")
    .compile();
  return [await graph.invoke({}, { callbacks }), await graph.invoke({}, { callbacks })];
});

scenario("middleware-fallback-and-retry", ({ callbacks }) => {
  let attempts = 0;
  const flaky = tool(
    () => {
      attempts += 1;
      if (attempts === 1) throw new Error("not yet");
      return "at last";
    },
    { name: "flaky", description: "Works the second time.", schema: z.object({}) },
  );
  const agent = createAgent({
    name: "persistent",
    model: model(fails("overloaded"), fails("overloaded")),
    tools: [flaky],
    middleware: middleware(
      modelFallbackMiddleware(model(asks(["c1", "flaky", {}]), says("done"))),
      toolRetryMiddleware({ maxRetries: 1, initialDelayMs: 1, jitter: false }),
    ),
  });
  return agent.invoke(hi, { callbacks });
});

scenario("root-runs-that-are-no-graph", async ({ callbacks }) => {
  const said = await model(says("plain")).invoke("hi", { callbacks, runName: "direct" });
  const batched = await model(says("b1"), says("b2")).batch(["one", "two"], { callbacks });
  const summed = await add.invoke({ a: 1, b: 2 }, { callbacks });
  const answered = await add.invoke(
    { type: "tool_call", id: "tc9", name: "add", args: { a: 1, b: 2 } },
    { callbacks },
  );
  const found = await new Library().invoke("how warm?", { callbacks });
  const old = await new FakeLLM({ response: "old" }).invoke("hi", { callbacks });
  return [said, batched, summed, answered, found, old];
});
