import { BaseCallbackHandler, type CallbackHandlerMethods } from "@langchain/core/callbacks/base";
import { awaitAllCallbacks } from "@langchain/core/callbacks/promises";
import { LangChainTracer } from "@langchain/core/tracers/tracer_langchain";
import { describe, expect, test } from "vitest";
import { addingAgent, onThread, question } from "./adding-agent.fixture.ts";
import { comparable } from "./comparable.fixture.ts";
import { listening } from "./heard.fixture.ts";
import { callbackNames } from "./named-arguments.ts";
import { spoorCallbacks } from "./spoor-callbacks.ts";

type Handlers = readonly (BaseCallbackHandler | CallbackHandlerMethods)[];
/** A handler of somebody else's, and what it tells its service. */
interface Other {
  readonly handler: BaseCallbackHandler;
  readonly told: readonly unknown[];
}

/** LangSmith's own, without its network. */
function langSmith(): Other {
  const told: unknown[] = [];
  const client = {
    createRun: async (run: unknown) => void told.push(["create", run]),
    updateRun: async (id: string, run: unknown) => void told.push(["update", id, run]),
  };
  return { handler: new LangChainTracer({ client, projectName: "beside" }), told };
}

/** As Langfuse's and others are made: called in the background, and looking at all that it is given. */
function inBackground(): Other {
  const told: unknown[] = [];
  const methods = callbackNames.map(
    (name) =>
      [name, (...given: readonly unknown[]) => void told.push([name, comparable(given)])] as const,
  );
  const handler = BaseCallbackHandler.fromMethods(Object.fromEntries(methods));
  return { handler, told };
}

async function toldBy(
  make: () => Other,
  arrange: (other: BaseCallbackHandler) => Handlers,
): Promise<string> {
  const { handler, told } = make();
  const callbacks = [...arrange(handler)];
  await addingAgent().invoke(question, { ...onThread("thread"), callbacks });
  await awaitAllCallbacks();
  expect(told.length).toBeGreaterThan(10);
  return comparable(told);
}

async function recordedWith(...others: Handlers): Promise<string> {
  const observer = listening();
  const callbacks = [...others, spoorCallbacks(observer)];
  await addingAgent().invoke(question, { ...onThread("thread"), callbacks });
  return comparable(observer.heard());
}

describe.each([
  ["LangSmith's tracer", langSmith],
  ["a handler in the background", inBackground],
])("%s", (_name, make) => {
  test.each([
    ["before ours", (other: BaseCallbackHandler) => [other, spoorCallbacks(listening())]],
    ["after ours", (other: BaseCallbackHandler) => [spoorCallbacks(listening()), other]],
  ])("%s tells what it tells alone", async (_place, arrange) => {
    expect(await toldBy(make, arrange)).toBe(await toldBy(make, (other) => [other]));
  });

  test("does not change what is recorded", async () => {
    expect(await recordedWith(make().handler)).toBe(await recordedWith());
  });
});
