import type { BaseMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import {
  type LangGraphRunnableConfig,
  MemorySaver,
  RunControl,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { createReactAgent, ToolNode } from "@langchain/langgraph/prebuilt";
import { createAgent } from "langchain";
import { z } from "zod";
import { add, hi, Log, logs, pause, thrownBy } from "./application.fixture.ts";
import { asks, fails, says } from "./scripted-answer.ts";
import { model, ScriptedChatModel } from "./scripted-model.fixture.ts";
import { scenario } from "./scenario.fixture.ts";

scenario("recursion-limit", async ({ callbacks }) => {
  const loop = new StateGraph(Log)
    .addNode("loop", logs("again"))
    .addEdge(START, "loop")
    .addConditionalEdges("loop", () => "loop", ["loop"])
    .compile();
  return thrownBy(loop.invoke({}, { callbacks, recursionLimit: 3 }));
});

scenario("recursion-limit-of-an-agent", async ({ callbacks }) => {
  const calls = new ScriptedChatModel((messages: readonly BaseMessage[]) =>
    asks([`c${messages.length}`, "add", { a: 1, b: 2 }]),
  );
  const agent = createReactAgent({ llm: calls, tools: [add] });
  return thrownBy(agent.invoke(hi, { callbacks, recursionLimit: 4 }));
});

const sleeps = async (): Promise<{ log: string[] }> => {
  await pause(20);
  return { log: ["slept"] };
};

scenario("node-throws", async ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("bad", failsAfter(1, new RangeError("node failed")))
    .addNode("beside", sleeps)
    .addEdge(START, "bad")
    .addEdge(START, "beside")
    .compile();
  const thrown = await thrownBy(graph.invoke({}, { callbacks }));
  await pause(30);
  return thrown;
});

const failsAfter = (ms: number, error: Error) => async () => {
  await pause(ms);
  throw error;
};

scenario("several-nodes-throw", async ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode("left", () => Promise.reject(new RangeError("left failed")))
    .addNode("right", () => Promise.reject(new TypeError("right failed")))
    .addEdge(START, "left")
    .addEdge(START, "right")
    .compile();
  const thrown = await thrownBy(graph.invoke({}, { callbacks }));
  await pause(20);
  return thrown;
});

const flaky = (failures: number) => {
  let attempts = 0;
  return async () => {
    attempts += 1;
    if (attempts <= failures) throw new Error(`attempt ${attempts} failed`);
    return { log: [`attempt ${attempts}`] };
  };
};

const triesThrice = (failures: number) =>
  new StateGraph(Log)
    .addNode("flaky", flaky(failures), {
      retryPolicy: { maxAttempts: 3, initialInterval: 1, jitter: false, logWarning: false },
    })
    .addEdge(START, "flaky")
    .compile();

scenario("retry-policy", async ({ callbacks }) => [
  await triesThrice(2).invoke({}, { callbacks }),
  await thrownBy(triesThrice(3).invoke({}, { callbacks })),
]);

const boom = tool(
  () => {
    throw new TypeError("tool exploded");
  },
  { name: "boom", description: "Explodes.", schema: z.object({}) },
);

scenario("tool-errors-that-the-agent-handles", ({ callbacks }) => {
  const llm = model(
    asks(["c1", "boom", {}]),
    asks(["c2", "no_such_tool", {}]),
    asks(["c3", "add", { a: "one" }]),
    says("I give up"),
  );
  return createReactAgent({ llm, tools: [boom, add] }).invoke(hi, { callbacks });
});

scenario("tool-error-that-nobody-handles", ({ callbacks }) => {
  const agent = createReactAgent({
    llm: model(asks(["c4", "boom", {}])),
    tools: new ToolNode([boom], { handleToolErrors: false }),
  });
  return thrownBy(agent.invoke(hi, { callbacks }));
});

scenario("tool-of-another-form-than-promised", ({ callbacks }) => {
  const tuple = tool((() => "not a tuple") as () => never, {
    name: "tuple",
    description: "Promises content and an artifact.",
    schema: z.object({}),
    responseFormat: "content_and_artifact",
  });
  const llm = model(asks(["c5", "tuple", {}]), says("well"));
  return createReactAgent({ llm, tools: [tuple] }).invoke(hi, { callbacks });
});

scenario("create-agent-tool-throws", ({ callbacks }) => {
  const agent = createAgent({
    model: model(asks(["c6", "boom", {}]), says("well")),
    tools: [boom],
  });
  return thrownBy(agent.invoke(hi, { callbacks }));
});

scenario("model-fallbacks-and-retries", async ({ callbacks }) => {
  const withFallback = model(fails("429 rate limited")).withFallbacks([model(says("instead"))]);
  const withRetry = model(fails("flaky"), says("at last")).withRetry({ stopAfterAttempt: 2 });
  const breaks = model(fails("the stream broke", "one two three"));
  const graph = new StateGraph(Log)
    .addNode("fallback", async () => ({ log: [(await withFallback.invoke("go")).text] }))
    .addNode("retry", async () => ({ log: [(await withRetry.invoke("go")).text] }))
    .addNode("midstream", async () => {
      const pieces: string[] = [];
      try {
        for await (const { text } of await breaks.stream("go")) pieces.push(text);
      } catch (error) {
        pieces.push(String(error));
      }
      return { log: pieces };
    })
    .addEdge(START, "fallback")
    .addEdge("fallback", "retry")
    .addEdge("retry", "midstream")
    .compile();
  return graph.invoke({}, { callbacks });
});

scenario("node-error-handler", ({ callbacks }) => {
  const graph = new StateGraph(Log)
    .addNode(
      "bad",
      () => {
        throw new Error("node failed");
      },
      { errorHandler: () => ({ log: ["handled"] }) },
    )
    .addNode("after", logs("after"))
    .addEdge(START, "bad")
    .addEdge("bad", "after")
    .compile();
  return graph.invoke({}, { callbacks });
});

const slow = (timeout?: number) =>
  new StateGraph(Log)
    .addNode("slow", sleepsUntilAborted, timeout === undefined ? {} : { timeout })
    .addEdge(START, "slow")
    .compile();

scenario("node-timeout", ({ callbacks }) => thrownBy(slow(15).invoke({}, { callbacks })));

scenario("invocation-timeout", async ({ callbacks }) => {
  const thrown = await thrownBy(slow().invoke({}, { callbacks, timeout: 15 }));
  await pause(20);
  return thrown;
});

async function sleepsUntilAborted(
  _state: object,
  { signal }: LangGraphRunnableConfig,
): Promise<{ log: string[] }> {
  await new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
  return { log: ["never"] };
}

scenario("abort-signal", async ({ callbacks }) => {
  const leaving = new AbortController();
  const llm = new ScriptedChatModel(() => {
    setTimeout(() => leaving.abort(), 1);
    return { text: "too late", takesMs: 1_000 };
  });
  const graph = new StateGraph(Log)
    .addNode("first", logs("first"))
    .addNode("asks", async (_state, { signal }) => {
      const { text } = await llm.invoke("go", signal ? { signal } : {});
      return { log: [text] };
    })
    .addEdge(START, "first")
    .addEdge("first", "asks")
    .compile();
  const thrown = await thrownBy(graph.invoke({}, { callbacks, signal: leaving.signal }));
  await pause(20);
  return thrown;
});

scenario("drain", async ({ callbacks }) => {
  const control = new RunControl();
  const graph = new StateGraph(Log)
    .addNode("a", () => {
      control.requestDrain("shutting down");
      return { log: ["a"] };
    })
    .addNode("b", logs("b"))
    .addEdge(START, "a")
    .addEdge("a", "b")
    .compile({ checkpointer: new MemorySaver() });
  const configurable = { thread_id: "drained" };
  const drained = await thrownBy(graph.invoke({}, { callbacks, configurable, control }));
  return [drained, await graph.invoke(null, { callbacks, configurable })];
});
