import { ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { Command, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { createSupervisor } from "@langchain/langgraph-supervisor";
import { createAgent, createMiddleware, toolStrategy } from "langchain";
import { z } from "zod";
import { add, all, getWeather, hi, Log, logs } from "./application.fixture.ts";
import { asks, says } from "./scripted-answer.ts";
import { model, ScriptedChatModel } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

const asksForWeather = asks(["call_1", "get_weather", { city: "Paris" }]);
const weatherAgent = () =>
  createReactAgent({
    llm: model(asksForWeather, says("It is 22 degrees.")),
    tools: [getWeather],
    name: "weather_agent",
  });

scenario("react-agent-invoke", ({ callbacks }) =>
  weatherAgent().invoke(hi, {
    callbacks,
    runName: "MyRun",
    tags: ["mytag"],
    metadata: { mykey: "v" },
    configurable: { thread_id: "t1" },
  }),
);

scenario("react-agent-stream-messages", async ({ callbacks }) =>
  all(await weatherAgent().stream(hi, { callbacks, streamMode: "messages" })),
);

scenario("create-agent-parallel-tools", ({ callbacks }) => {
  const agent = createAgent({
    name: "planner",
    model: model(
      asks(["call_a", "get_weather", { city: "Paris" }], ["call_b", "add", { a: 1, b: 2 }]),
      says("done"),
    ),
    tools: [getWeather, add],
    systemPrompt: "Plan well.",
  });
  return agent.invoke(hi, { callbacks });
});

scenario("create-agent-middleware", ({ callbacks }) => {
  const watches = createMiddleware({
    name: "Watch",
    beforeAgent: () => {},
    beforeModel: () => {},
    afterModel: () => {},
    afterAgent: () => {},
    wrapModelCall: (request, handler) => handler(request),
    wrapToolCall: (request, handler) => handler(request),
  });
  const agent = createAgent({
    name: "watched",
    model: model(asksForWeather, says("It is 22 degrees.")),
    tools: [getWeather],
    middleware: [watches],
  });
  return agent.invoke(hi, { callbacks });
});

scenario("create-agent-structured-output", ({ callbacks }) => {
  const agent = createAgent({
    model: model(asks(["call_s", "extract_answer", { answer: 42 }])),
    tools: [],
    responseFormat: toolStrategy(
      z.object({ answer: z.number() }).meta({ title: "extract_answer" }),
    ),
  });
  return agent.invoke(hi, { callbacks });
});

scenario("agent-as-tool", ({ callbacks }) => {
  const calculator = createReactAgent({
    llm: model(asks(["i1", "add", { a: 1, b: 2 }]), says("three")),
    tools: [add],
    name: "calculator",
  });
  const calculate = tool(async () => (await calculator.invoke(hi)).messages.at(-1)?.text, {
    name: "calculate",
    description: "Asks the calculator.",
    schema: z.object({}),
  });
  const boss = createReactAgent({
    llm: model(asks(["o1", "calculate", {}]), says("It is three.")),
    tools: [calculate],
    name: "boss",
  });
  return boss.invoke(hi, { callbacks });
});

scenario("graphs-and-agents-in-the-tool-of-an-agent", ({ callbacks }) => {
  const lookup = new StateGraph(Log)
    .addNode("read", logs("read"))
    .addEdge(START, "read")
    .compile({ name: "lookup" });
  const named = createAgent({ name: "poet", model: model(says("a poem")), tools: [] });
  const unnamed = createAgent({ model: model(says("a remark")), tools: [] });
  const work = tool(
    async (_given: object, config) => {
      await lookup.invoke({}, config);
      await named.invoke(hi, config);
      await unnamed.invoke(hi, config);
      return "all asked";
    },
    { name: "work", description: "Asks everybody.", schema: z.object({}) },
  );
  const llm = model(asks(["c1", "work", {}]), says("done"));
  return createAgent({ name: "boss", model: llm, tools: [work] }).invoke(hi, { callbacks });
});

scenario("tools-of-other-kinds", ({ callbacks }) => {
  const counts = tool(
    async function* () {
      yield "one";
      yield "two";
      return "counted";
    },
    { name: "counts", description: "Tells how far it is.", schema: z.object({}) },
  );
  const updates = tool(
    (_given: object, { toolCall }) => {
      const message = new ToolMessage({ content: "noted", tool_call_id: toolCall.id });
      return new Command({ update: { messages: [message] } });
    },
    { name: "updates", description: "Changes the state.", schema: z.object({}) },
  );
  const answers = tool(() => "that is all", {
    name: "answers",
    description: "Answers the user itself.",
    schema: z.object({}),
    returnDirect: true,
  });
  const llm = model(asks(["c1", "counts", {}], ["c2", "updates", {}]), asks(["c3", "answers", {}]));
  return createReactAgent({ llm, tools: [counts, updates, answers] }).invoke(hi, { callbacks });
});

scenario("supervisor", ({ callbacks }) => {
  const mathematician = createReactAgent({
    llm: model(asks(["m1", "add", { a: 1, b: 2 }]), says("3")),
    tools: [add],
    name: "mathematician",
  });
  const forecaster = createReactAgent({
    llm: model(says("sunny")),
    tools: [getWeather],
    name: "forecaster",
  });
  const team = createSupervisor({
    agents: [mathematician, forecaster],
    llm: model(
      asks(["h1", "transfer_to_mathematician", {}]),
      asks(["h2", "transfer_to_forecaster", {}]),
      says("3 and sunny"),
    ),
    outputMode: "last_message",
  });
  return team.compile({ name: "team" }).invoke(hi, { callbacks });
});

scenario(
  "swarm",
  async ({ callbacks }) => {
    const { createHandoffTool, createSwarm } = await import("@langchain/langgraph-swarm");
    const alice = createReactAgent({
      llm: model(asks(["h1", "transfer_to_bob", {}])),
      tools: [createHandoffTool({ agentName: "bob" })],
      name: "alice",
    });
    const bob = createReactAgent({
      llm: model(says("bob here"), says("still bob")),
      tools: [add],
      name: "bob",
    });
    const swarm = createSwarm({ agents: [alice, bob], defaultActiveAgent: "alice" });
    const graph = swarm.compile({ checkpointer: new MemorySaver() });
    const config = { callbacks, configurable: { thread_id: "swarm" } };
    return [await graph.invoke(hi, config), await graph.invoke(hi, config)];
  },
  { notInOlderLine: "the swarm has no release for it" },
);

/** Answers by what it was told last, because one instance serves all conversations. */
const shared = new ScriptedChatModel((messages) =>
  messages.at(-1) instanceof ToolMessage || messages.at(-1)?.type === "tool"
    ? says("three")
    : asks(["same", "add", { a: 1, b: 2 }]),
);

scenario("concurrent-invocations", ({ callbacks }) => {
  const agent = createReactAgent({ llm: shared, tools: [add] });
  return Promise.all(
    ["one", "two", "three"].map((thread) =>
      agent.invoke(hi, { callbacks, configurable: { thread_id: thread } }),
    ),
  );
});

scenario("batch", ({ callbacks }) => {
  const agent = createReactAgent({ llm: shared, tools: [add] });
  return agent.batch([hi, hi], { callbacks });
});
