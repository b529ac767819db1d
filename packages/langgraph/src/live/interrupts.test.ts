import { tool } from "@langchain/core/tools";
import {
  Command,
  END,
  entrypoint,
  interrupt,
  MemorySaver,
  MessagesAnnotation,
  START,
  StateGraph,
  task,
} from "@langchain/langgraph";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { createAgent, humanInTheLoopMiddleware } from "langchain";
import { z } from "zod";
import { add, hi, Log, logs, middleware, resume, thrownBy } from "./application.fixture.ts";
import { asks, says } from "./scripted-answer.ts";
import { model } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

const asksFor = (question: string) => () => ({ log: [`${question} ${interrupt({ question })}`] });
const thread = (thread_id: string) => ({ configurable: { thread_id } });

const asking = () =>
  new StateGraph(Log)
    .addNode("ask", asksFor("ok?"))
    .addNode("after", logs("after"))
    .addEdge(START, "ask")
    .addEdge("ask", "after")
    .compile({ checkpointer: new MemorySaver() });

scenario("interrupt-in-node", async ({ callbacks }) => {
  const graph = asking();
  const config = { callbacks, ...thread("node") };
  return [await graph.invoke({}, config), await graph.invoke(resume("yes"), config)];
});

scenario("interrupt-in-tool-and-subgraph", async ({ callbacks }) => {
  const askHuman = tool(({ question }) => String(interrupt({ question })), {
    name: "ask_human",
    description: "Asks a human.",
    schema: z.object({ question: z.string() }),
  });
  const asker = createReactAgent({
    llm: model(asks(["c1", "ask_human", { question: "go?" }]), says("They said go.")),
    tools: [askHuman],
    name: "asker",
  });
  const graph = new StateGraph(MessagesAnnotation)
    .addNode("before", () => ({}))
    .addNode("asker", asker)
    .addEdge(START, "before")
    .addEdge("before", "asker")
    .compile({ checkpointer: new MemorySaver() });
  const config = { callbacks, ...thread("tool") };
  return [await graph.invoke(hi, config), await graph.invoke(resume("go"), config)];
});

scenario("interrupts-in-parallel", async ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("left", asksFor("left?"))
    .addNode("right", asksFor("right?"))
    .addEdge(START, "left")
    .addEdge(START, "right")
    .compile({ checkpointer: new MemorySaver() });
  const config = { callbacks, ...thread("parallel") };
  const first = await graph.invoke({}, config);
  const { tasks } = await graph.getState(config);
  const open = tasks.flatMap(({ interrupts }) => interrupts);
  const answers = Object.fromEntries(open.map(({ id }, index) => [id, `answer ${index}`]));
  return [first, await graph.invoke(resume(answers), config)];
});

scenario("two-interrupts-in-one-node", async ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("ask", () => ({ log: [interrupt("first?"), interrupt("second?")] }))
    .addEdge(START, "ask")
    .compile({ checkpointer: new MemorySaver() });
  const config = { callbacks, ...thread("two") };
  return [
    await graph.invoke({}, config),
    await graph.invoke(resume("one"), config),
    await graph.invoke(resume("two"), config),
  ];
});

scenario("two-tools-that-ask-answered-one-by-one", async ({ callbacks }) => {
  const askHuman = tool(({ question }) => String(interrupt(question)), {
    name: "ask_human",
    description: "Asks a human.",
    schema: z.object({ question: z.string() }),
  });
  const twice = asks(
    ["c1", "ask_human", { question: "one?" }],
    ["c2", "ask_human", { question: "two?" }],
  );
  const agent = createReactAgent({
    llm: model(twice, says("Both answered.")),
    tools: [askHuman],
    version: "v2",
    checkpointer: new MemorySaver(),
  });
  const config = { callbacks, ...thread("one by one") };
  const first = await agent.invoke(hi, config);
  const { tasks } = await agent.getState(config);
  const [one, two] = tasks.flatMap(({ interrupts }) => interrupts.map(({ id }) => id));
  return [
    first,
    await agent.invoke(resume({ [one ?? ""]: "yes" }), config),
    await agent.invoke(resume({ [two ?? ""]: "no" }), config),
  ];
});

scenario(
  "interrupt-answered-again-in-a-fork",
  async ({ callbacks }) => {
    const graph = asking();
    const config = { callbacks, ...thread("fork") };
    const first = await graph.invoke({}, config);
    const stop = await graph.getState(config);
    const answered = await graph.invoke(resume("yes"), config);
    return [first, answered, await graph.invoke(resume("no"), { ...stop.config, callbacks })];
  },
  { notInOlderLine: "there, nobody says at which checkpoint a graph stopped" },
);

scenario("static-interrupts", async ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("a", logs("a"))
    .addNode("b", logs("b"))
    .addNode("c", logs("c"))
    .addEdge(START, "a")
    .addEdge("a", "b")
    .addEdge("b", "c")
    .compile({ checkpointer: new MemorySaver(), interruptBefore: ["b"], interruptAfter: ["b"] });
  const config = { callbacks, ...thread("static") };
  return [
    await graph.invoke({}, config),
    await graph.invoke(null, config),
    await graph.invoke(null, config),
  ];
});

scenario("interrupt-without-checkpointer", async ({ callbacks }) => {
  const graph = new StateGraph(Log).addNode("ask", asksFor("ok?")).addEdge(START, "ask").compile();
  return thrownBy(graph.invoke({}, { callbacks }));
});

const approvals = {
  approve: { type: "approve" },
  edit: { type: "edit", editedAction: { name: "add", args: { a: 20, b: 22 } } },
  reject: { type: "reject", message: "not with these numbers" },
} as const;

for (const [decision, said] of Object.entries(approvals))
  scenario(`human-in-the-loop-${decision}`, async ({ callbacks }) => {
    const agent = createAgent({
      name: "careful",
      model: model(asks(["c1", "add", { a: 1, b: 2 }]), says("done")),
      tools: [add],
      middleware: middleware(humanInTheLoopMiddleware({ interruptOn: { add: true } } as never)),
      checkpointer: new MemorySaver(),
    });
    const config = { callbacks, ...thread(decision) };
    const first = await agent.invoke(hi, config);
    return [first, await agent.invoke(resume({ decisions: [said] }), config)];
  });

scenario("command-goto-as-input", async ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("a", logs("a"))
    .addNode("b", logs("b"))
    .addEdge(START, "a")
    .addConditionalEdges("a", () => END, ["b", END])
    .compile({ checkpointer: new MemorySaver() });
  const config = { callbacks, ...thread("goto") };
  const first = await graph.invoke({}, config);
  return [first, await graph.invoke(new Command({ goto: "b" }), config)];
});

scenario("functional-api", async ({ callbacks }) => {
  const speaker = model(says("one"), says("two"));
  let attempts = 0;
  const speak = task("speak", async (words: string) => (await speaker.invoke(words)).text);
  const flaky = task(
    { name: "flaky", retry: { maxAttempts: 2, initialInterval: 1, logWarning: false } },
    async () => {
      attempts += 1;
      if (attempts === 1) throw new Error("not yet");
      return "at last";
    },
  );
  const workflow = entrypoint({ name: "workflow", checkpointer: new MemorySaver() }, async () => {
    const spoken = await Promise.all([speak("a"), speak("b")]);
    return { spoken, flaky: await flaky(), approved: interrupt({ ask: "approve?" }) };
  });
  const config = { callbacks, ...thread("functional") };
  return [
    await workflow.invoke({ question: "?" }, config),
    await workflow.invoke(resume("approved"), config),
  ];
});
