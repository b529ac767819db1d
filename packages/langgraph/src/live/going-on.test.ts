import { ToolMessage } from "@langchain/core/messages";
import { RunnableLambda, RunnableSequence } from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import { entrypoint, interrupt, MemorySaver, START, StateGraph, task } from "@langchain/langgraph";
import { createAgent } from "langchain";
import { z } from "zod";
import { hi, Log, logs, resume, thrownBy } from "./application.fixture.ts";
import { asks, says } from "./scripted-answer.ts";
import { model } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

const asking = (ask: () => string = () => String(interrupt("sure?"))) =>
  new StateGraph(Log)
    .addNode("ask", () => ({ log: [ask()] }))
    .addNode("after", logs("after"))
    .addEdge(START, "ask")
    .addEdge("ask", "after")
    .compile({ checkpointer: new MemorySaver(), name: "asker" });

scenario("run-id-kept-in-the-config", async ({ callbacks }) => {
  const graph = asking();
  const runId = "01900000-0000-7000-8000-000000000001";
  const config = { callbacks, runId, configurable: { thread_id: "kept" } };
  return [await graph.invoke({}, config), await graph.invoke(resume("yes"), config)];
});

scenario("resume-that-fails-and-the-one-after-it", async ({ callbacks }) => {
  let tries = 0;
  const graph = asking(() => {
    const answer = String(interrupt("sure?"));
    tries += 1;
    if (tries === 1) throw new Error("payments are down");
    return answer;
  });
  const config = { callbacks, configurable: { thread_id: "again" } };
  const first = await graph.invoke({}, config);
  const failed = await thrownBy(graph.invoke(resume("yes"), config));
  return [first, failed, await graph.invoke(resume("yes"), config)];
});

scenario("resume-that-langgraph-refuses", async ({ callbacks }) => {
  const graph = asking();
  const config = { callbacks, configurable: { thread_id: "refused" } };
  const first = await graph.invoke({}, config);
  const refused = await thrownBy(graph.invoke(resume(false), config));
  return [first, refused, await graph.invoke(resume("no"), config)];
});

scenario("answer-after-new-input", async ({ callbacks }) => {
  let asked = 0;
  const graph = asking(() => ((asked += 1) === 1 ? String(interrupt("sure?")) : "never mind"));
  const config = { callbacks, configurable: { thread_id: "late" } };
  const first = await graph.invoke({}, config);
  const second = await graph.invoke({ log: ["new"] }, config);
  return [first, second, await graph.invoke(resume("late"), config)];
});

scenario("model-called-beside-a-thread-that-waits", async ({ callbacks }) => {
  const graph = asking();
  const config = { callbacks, configurable: { thread_id: "beside" } };
  const first = await graph.invoke({}, config);
  const title = await model(says("a title")).invoke("title?", {
    ...config,
    metadata: { thread_id: "beside" },
  });
  return [first, title.text, await graph.invoke(resume("yes"), config)];
});

const first = RunnableLambda.from((input: unknown) => input);
const chained = () => RunnableSequence.from([first, asking() as never]);

scenario("graph-in-a-chain-waits", async ({ callbacks }) =>
  chained()
    .pipe(() => "asked")
    .invoke({}, { callbacks, configurable: { thread_id: "chain" } }),
);

scenario("graph-in-a-chain-whose-thread-is-in-the-metadata", async ({ callbacks }) => {
  const chain = chained();
  const thread = { thread_id: "chain" };
  const config = { callbacks, configurable: thread, metadata: thread };
  return [await chain.invoke({}, config), await chain.invoke(resume("yes"), config)];
});

scenario("tool-answers-that-it-failed", async ({ callbacks }) => {
  const look = tool(
    (_, { toolCall }) =>
      new ToolMessage({ content: "HTTP 500", status: "error", tool_call_id: toolCall.id }),
    { name: "look", description: "Looks.", schema: z.object({}) },
  );
  const agent = createAgent({
    name: "looker",
    model: model(asks(["c1", "look", {}]), says("could not")),
    tools: [look],
  });
  return agent.invoke(hi, { callbacks, configurable: { thread_id: "look" } });
});

scenario("functional-api-fails-in-a-task-of-a-task", async ({ callbacks }) => {
  const leaf = task("leaf", async (): Promise<string> => {
    throw new Error("leaf broke");
  });
  const middle = task("middle", () => leaf());
  const workflow = entrypoint(
    "workflow",
    async ({ question }: { question: string }) => `${question} ${await middle()}`,
  );
  return thrownBy(
    workflow.invoke({ question: "?" }, { callbacks, configurable: { thread_id: "leaf" } }),
  );
});
