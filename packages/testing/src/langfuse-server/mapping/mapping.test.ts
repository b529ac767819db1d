import { expect, onTestFinished, test } from "vitest";
import { type LangfuseServer, langfuseServer } from "../langfuse-server.ts";
import { type SentSpan, send, storedOf } from "../sent.fixture.ts";
import type { StoredObservation } from "../storage/stored.ts";

async function listening(): Promise<LangfuseServer> {
  const server = await langfuseServer();
  onTestFinished(() => server.close());
  return server;
}

async function stored(
  attributes: SentSpan["attributes"],
  scope?: string,
): Promise<StoredObservation> {
  return storedOf(await listening(), attributes, scope);
}

test("a type that is said wins, and a model that strays onto another span makes a generation of it", async () => {
  const type = "langfuse.observation.type";
  expect((await stored({ [type]: "agent", model: "gpt-4o" })).type).toBe("AGENT");
  expect((await stored({ [type]: "AGENT", model: "gpt-4o" })).type).toBe("GENERATION");
  expect((await stored({ [type]: "team", "gen_ai.operation.name": "chat" })).type).toBe(
    "GENERATION",
  );
  expect((await stored({ "gen_ai.tool.call.id": "1" })).type).toBe("TOOL");
  expect((await stored({})).type).toBe("SPAN");
});

test("the name of a tool stands in place of the span's own", async () => {
  expect((await stored({ "gen_ai.tool.name": "weather" })).name).toBe("weather");
  expect((await stored({})).name).toBe("ask");
});

test("a span that invokes an agent loses its model, its usage and its cost", async () => {
  const said = {
    "langfuse.observation.model.name": "gpt-4o",
    "langfuse.observation.usage_details": '{"input":1}',
    "langfuse.observation.cost_details": '{"total":1}',
  };
  const lost = await stored({ ...said, "gen_ai.operation.name": "invoke_agent" });
  expect([lost.model, lost.usageDetails, lost.costDetails]).toEqual([null, {}, {}]);
  expect((await stored(said)).costDetails).toEqual({ total: 1 });
});

test("usage that is no object counts nothing, and is not looked for elsewhere", async () => {
  const other = { "gen_ai.usage.input_tokens": 5 };
  const key = "langfuse.observation.usage_details";
  expect((await stored({ ...other, [key]: "[5]" })).usageDetails).toEqual({});
  expect((await stored({ ...other, [key]: "{" })).usageDetails).toEqual({ input: 5, total: 5 });
});

test("of usage only whole numbers count, and what is cached is taken out where a convention counts it twice", async () => {
  const key = "langfuse.observation.usage_details";
  expect((await stored({ [key]: '{"input":1,"output":2.5,"x":-1,"y":"3"}' })).usageDetails).toEqual(
    {
      input: 1,
      y: 3,
      total: 4,
    },
  );
  const conventions = {
    "gen_ai.usage.input_tokens": 10,
    "gen_ai.usage.cache_read.input_tokens": 4,
    "gen_ai.usage.output_tokens": 7,
    "gen_ai.usage.reasoning.output_tokens": 2,
  };
  expect((await stored(conventions)).usageDetails).toEqual({
    input: 6,
    output: 5,
    input_cached_tokens: 4,
    output_reasoning_tokens: 2,
    total: 17,
  });
  const openAi =
    '{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":4}}';
  expect((await stored({ [key]: openAi })).usageDetails).toEqual({
    input: 5,
    input_cached_tokens: 4,
    output: 3,
    total: 12,
  });
});

test("tags come as a list, as one in JSON, or are torn at their commas", async () => {
  const key = "langfuse.trace.tags";
  expect((await stored({ [key]: ["a,b", "c"] })).tags).toEqual(["a,b", "c"]);
  expect((await stored({ [key]: '["a,b"]' })).tags).toEqual(["a,b"]);
  expect((await stored({ [key]: "a, b" })).tags).toEqual(["a", "b"]);
  expect((await stored({ [key]: "a" })).tags).toEqual(["a"]);
});

test("an environment is lower-case, short and not Langfuse's own, or it is the default", async () => {
  const key = "langfuse.environment";
  const environment = async (name: string): Promise<string> =>
    (await stored({ [key]: name })).environment;
  expect(await environment("Production")).toBe("production");
  expect(await environment("langfuse-eu")).toBe("eu");
  expect(await environment("pre production")).toBe("default");
  expect(await environment("x".repeat(50))).toHaveLength(40);
});

test("metadata lies flat, a text that is no object is dropped, and the trace's own goes into it too", async () => {
  const key = "langfuse.observation.metadata";
  const { metadata } = await stored({
    [key]: '{"a":{"b":1,"c":[1]},"e":{},"s":"x"}',
    [`${key}.k`]: true,
    "langfuse.trace.metadata.t": "y",
  });
  expect(metadata).toEqual({
    "scope.name": "langfuse-sdk.spoor",
    "scope.version": "1",
    "a.b": "1",
    "a.c": "[1]",
    s: "x",
    k: "true",
    t: "y",
  });
  expect((await stored({ [key]: "text" })).metadata).not.toHaveProperty("text");
});

test("a foreign scope has its attributes copied into the metadata, but for what has a place of its own", async () => {
  const said = {
    "langfuse.observation.input": "in",
    "langfuse.observation.metadata.k": "v",
    "langfuse.session.id": "s",
    n: 1,
  };
  const { metadata } = await stored(said, "@spoor/core");
  expect(metadata).toMatchObject({
    "attributes.langfuse.session.id": "s",
    "attributes.n": "1",
    k: "v",
  });
  expect(Object.keys(metadata)).not.toContain("attributes.langfuse.observation.input");
  expect(Object.keys((await stored(said)).metadata).join()).not.toContain("attributes.");
});

test("tools that lie in the metadata are moved to the input", async () => {
  const { input, metadata, toolDefinitions } = await stored({
    "langfuse.observation.input": '[{"role":"user","content":"hi"}]',
    "langfuse.observation.metadata": '{"tools":[{"name":"f"}],"k":1}',
  });
  expect(JSON.parse(input ?? "")).toEqual({
    messages: [{ role: "user", content: "hi" }],
    tools: [{ name: "f" }],
  });
  expect(Object.keys(metadata)).not.toContain("tools");
  expect(Object.keys(toolDefinitions)).toEqual(["f"]);
});

test("tool calls are found in messages of OpenAI and in parts of Anthropic", async () => {
  const key = "langfuse.observation.output";
  const openAi = await stored({
    [key]:
      '{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}',
  });
  expect([openAi.toolCallNames, openAi.toolCalls]).toEqual([
    ["f"],
    ['{"id":"1","arguments":"{}","type":"function","index":0}'],
  ]);
  const parts =
    '[{"role":"assistant","content":[{"type":"tool_use","id":"2","name":"g","input":{"a":1}}]}]';
  expect((await stored({ [key]: parts })).toolCallNames).toEqual(["g"]);
});

test("a prompt is linked to a generation and to nothing else", async () => {
  const prompt = {
    "langfuse.observation.prompt.name": "greeting",
    "langfuse.observation.prompt.version": 3,
  };
  const type = "langfuse.observation.type";
  const linked = await stored({ ...prompt, [type]: "generation" });
  expect([linked.promptName, linked.promptVersion]).toEqual(["greeting", 3]);
  const agent = await stored({ ...prompt, [type]: "agent" });
  expect([agent.promptName, agent.promptVersion]).toEqual([null, null]);
});

test("times are cut to milliseconds, and a missing one is the other", async () => {
  for (const times of [
    { start: "1767268860000999999", end: "" },
    { start: "", end: "1767268860000999999" },
  ]) {
    const server = await listening();
    await send(server, [times]);
    const [row] = server.stored().observations;
    expect([row?.startTime, row?.endTime]).toEqual([
      "2026-01-01T12:01:00.000Z",
      "2026-01-01T12:01:00.000Z",
    ]);
  }
});

test("a level is what is said in any logger's words, and else an error only where the status is one", async () => {
  expect((await stored({ "langfuse.observation.level": "warn" })).level).toBe("WARNING");
  const server = await listening();
  await send(server, [{ error: "boom", attributes: { "langfuse.observation.level": "odd" } }]);
  const [row] = server.stored().observations;
  expect([row?.level, row?.statusMessage]).toEqual(["ERROR", "boom"]);
});

test("a session belongs to the spans that name it, and its cost is theirs alone", async () => {
  const server = await listening();
  const cost = { "langfuse.observation.cost_details": '{"total":0.25}' };
  await send(server, [
    { id: "1", attributes: { "langfuse.session.id": "s", ...cost } },
    { id: "2", parent: "1", attributes: cost },
  ]);
  expect(server.stored().sessions).toEqual([
    { id: "s", traces: 1, observations: 1, usage: {}, totalCost: 0.25 },
  ]);
});

test("one name that begins like a spread prompt is the whole input, and the messages are not looked for", async () => {
  const messages = { "gen_ai.input.messages": '[{"role":"user"}]' };
  expect((await stored(messages)).input).toBe('[{"role":"user"}]');
  const named = await stored({ ...messages, "gen_ai.prompt.name": "greeting" });
  expect([named.input, named.output]).toEqual(['{"name":"greeting"}', "{}"]);
  const spread = await stored({
    "llm.input_messages.0.message.role": "user",
    "llm.input_messages.0.message.tool_calls.0.id": "1",
  });
  expect(spread.input).toBe('[{"message":{"role":"user","tool_calls":[{"id":"1"}]}}]');
});
