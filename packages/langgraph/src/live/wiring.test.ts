import { AIMessage } from "@langchain/core/messages";
import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { RemoteGraph } from "@langchain/langgraph/remote";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { getWeather, hi, Log } from "./application.fixture.ts";
import { remoteGraphServer } from "./remote-graph-server.fixture.ts";
import { asks, says } from "./scripted-answer.ts";
import { model, ScriptedChatModel } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

scenario("remote-graph-as-node", async ({ callbacks }) => {
  await using server = await remoteGraphServer(new AIMessage("said far away"));
  const remote = new RemoteGraph({ graphId: "far", url: server.url });
  const graph = new StateGraph(MessagesAnnotation)
    .addNode("remote", remote)
    .addEdge(START, "remote")
    .compile();
  const { messages } = await graph.invoke(hi, { callbacks });
  return messages.map(({ text }) => text);
});

scenario("model-call-that-nobody-awaits", async ({ callbacks }) => {
  const llm = new ScriptedChatModel([{ text: "late", takesMs: 20 }]);
  const late: Promise<unknown>[] = [];
  const graph = new StateGraph(Log)
    .addNode("forgets", () => {
      late.push(llm.invoke("go"));
      return { log: ["gone"] };
    })
    .addEdge(START, "forgets")
    .compile();
  const answer = await graph.invoke({}, { callbacks });
  return [answer, await Promise.all(late)];
});

const speaking = () => {
  const llm = model(says("from below"));
  return new StateGraph(Log)
    .addNode("inner", async () => ({ log: [(await llm.invoke("go")).text] }))
    .addEdge(START, "inner")
    .compile({ name: "Inner" });
};

scenario("handler-passed-by-hand-inside-a-node", ({ callbacks }) => {
  const below = speaking();
  const graph = new StateGraph(Log)
    .addNode("caller", async () => ({ log: (await below.invoke({}, { callbacks })).log }))
    .addEdge(START, "caller")
    .compile({ name: "Outer" });
  return graph.invoke({}, { callbacks });
});

scenario("callbacks-passed-on-inside-a-node", ({ callbacks }) => {
  const below = speaking();
  const graph = new StateGraph(Log)
    .addNode("caller", async (_state, config) => ({ log: (await below.invoke({}, config)).log }))
    .addEdge(START, "caller")
    .compile({ name: "Outer" });
  return graph.invoke({}, { callbacks });
});

scenario("same-handler-at-several-levels", ({ callbacks }) => {
  const llm = new ScriptedChatModel(
    [asks(["call_1", "get_weather", { city: "Paris" }]), says("It is 22 degrees.")],
    { callbacks },
  );
  const agent = createReactAgent({ llm, tools: [getWeather] }).withConfig({ callbacks });
  return agent.invoke(hi, { callbacks: [...callbacks, ...callbacks] });
});

/** Makes every model stream, as LangGraph's own handler for `messages` does. */
class PrefersStreaming extends BaseCallbackHandler {
  readonly name = "prefers_streaming";
  readonly lc_prefer_streaming = true;
}

scenario("beside-a-handler-that-prefers-streaming", ({ callbacks }) => {
  const llm = model(asks(["call_1", "get_weather", { city: "Paris" }]), says("It is 22 degrees."));
  const agent = createReactAgent({ llm, tools: [getWeather] });
  return agent.invoke(hi, { callbacks: [new PrefersStreaming(), ...callbacks] });
});

/** Runs work in the async context in which it was made, as pools and queues do. */
class Worker {
  readonly #queue: (() => void)[] = [];
  constructor() {
    const timer = setInterval(() => {
      this.#queue.shift()?.();
    }, 1);
    timer.unref();
  }
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push(() => {
        work().then(resolve, reject);
      });
    });
  }
}

scenario("context-lost-in-a-worker", ({ callbacks }) => {
  const worker = new Worker();
  const llm = model(says("heard by nobody"), says("heard"));
  const graph = new StateGraph(Log)
    .addNode("lost", async () => ({ log: [(await worker.run(() => llm.invoke("go"))).text] }))
    .addNode("kept", async (_state, config) => ({
      log: [(await worker.run(() => llm.invoke("go", config))).text],
    }))
    .addEdge(START, "lost")
    .addEdge("lost", "kept")
    .compile();
  return graph.invoke({}, { callbacks });
});
