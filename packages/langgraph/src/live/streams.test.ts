import { dispatchCustomEvent } from "@langchain/core/callbacks/dispatch";
import { RunnableLambda } from "@langchain/core/runnables";
import { getWriter, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { all, getWeather, hi, Log, logs, pause } from "./application.fixture.ts";
import { asks, says } from "./scripted-answer.ts";
import { model, ScriptedChatModel } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

const agent = () =>
  createReactAgent({
    llm: model(asks(["call_1", "get_weather", { city: "Paris" }]), says("It is 22 degrees.")),
    tools: [getWeather],
    name: "weather_agent",
  });

const modes = [
  "values",
  "updates",
  "messages",
  "custom",
  "tasks",
  "checkpoints",
  "debug",
  "tools",
] as const;

scenario("stream-modes", async ({ callbacks }) => {
  const counts: unknown[] = [];
  for (const streamMode of modes) {
    const config = { callbacks, streamMode, configurable: { thread_id: streamMode } };
    const chunks = await all(await agent().stream(hi, config));
    counts.push([streamMode, chunks.length]);
  }
  return counts;
});

scenario("all-stream-modes-at-once", async ({ callbacks }) => {
  const stream = await agent().stream(hi, { callbacks, streamMode: [...modes] });
  const chunks = await all(stream);
  return chunks.map(([mode]) => mode).toSorted();
});

scenario("stream-events-v2", async ({ callbacks }) => {
  const events = await all(agent().streamEvents(hi, { callbacks, version: "v2" }));
  return events.map(({ event, name }) => `${event} ${name}`);
});

scenario("stream-events-v3", async ({ callbacks }) => {
  const stream = await agent().streamEvents(hi, { callbacks, version: "v3" });
  const methods = (await all(stream)).map(({ method }) => method);
  return [methods, await stream.output];
});

scenario("stream-without-usage", async ({ callbacks }) => {
  const llm = new ScriptedChatModel([says("one two")], { countsNothing: true });
  const graph = new StateGraph(Log)
    .addNode("asks", async () => ({ log: [(await llm.invoke("go")).text] }))
    .addEdge(START, "asks")
    .compile();
  return all(await graph.stream({}, { callbacks, streamMode: "messages" }));
});

scenario("custom-events-and-writer", async ({ callbacks }) => {
  const dispatching = RunnableLambda.from(async (words: string) => {
    await dispatchCustomEvent("inner_event", { words });
    return words;
  });
  const graph = new StateGraph(Log)
    .addNode("tells", async (_state, config: LangGraphRunnableConfig) => {
      getWriter()?.({ progress: 50 });
      await dispatchCustomEvent("node_event", { done: 1 }, config);
      return { log: [await dispatching.invoke("words")] };
    })
    .addEdge(START, "tells")
    .compile();
  return all(await graph.stream({}, { callbacks, streamMode: "custom" }));
});

scenario("early-break-out-of-a-stream", async ({ callbacks }) => {
  const llm = model({ text: "said to nobody", takesMs: 5 });
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>();
  const graph = new StateGraph(Log)
    .addNode("a", logs("a"))
    .addNode("b", async () => ({ log: [(await llm.invoke("go")).text] }))
    .addNode("c", () => {
      isOver();
      return { log: ["c"] };
    })
    .addEdge(START, "a")
    .addEdge("a", "b")
    .addEdge("b", "c")
    .compile();
  const stream = await graph.stream({}, { callbacks, streamMode: "updates" });
  const [first] = await firstOf(stream);
  await over;
  await pause(20);
  return first;
});

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  for await (const item of items) return [item];
  return [];
}
