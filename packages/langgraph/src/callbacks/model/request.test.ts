import { describe, expect, test } from "vitest";
import { createContent } from "../content/content.ts";
import { modelRun } from "../example-runs.ts";
import { parametersOf, providerOf, requestModelOf } from "./request.ts";

describe("the provider", () => {
  test.each([
    ["openai", ["langchain", "chat_models", "openai", "ChatOpenAI"], "openai"],
    ["openai", ["langchain", "chat_models", "azure_openai", "AzureChatOpenAI"], "openai"],
    ["openai", ["langchain", "chat_models", "deepseek", "ChatDeepSeek"], "deepseek"],
    ["anthropic", ["langchain", "chat_models", "anthropic", "ChatAnthropic"], "anthropic"],
    ["openai", [], "openai"],
    [undefined, ["langchain", "chat_models", "mine", "Mine"], undefined],
  ])("that says %s as %s is %s", (said, classPath, provider) => {
    const metadata = { ls_provider: said };
    expect(providerOf(modelRun("m", { metadata, classPath }))).toBe(provider);
  });
});

test("the model that was asked is the one that LangChain or the request names", () => {
  const invocationParams = { model: "from-request" };
  expect(
    requestModelOf(modelRun("m", { metadata: { ls_model_name: "named" }, invocationParams })),
  ).toBe("named");
  expect(requestModelOf(modelRun("m", { invocationParams }))).toBe("from-request");
  expect(requestModelOf(modelRun("m"))).toBeUndefined();
});

const parameters = (invocationParams: object, metadata: object = {}) =>
  parametersOf(
    modelRun("m", { invocationParams: { ...invocationParams }, metadata: { ...metadata } }),
    createContent(),
  );

describe("the parameters", () => {
  test("are the settings of a call, and none of the rest", () => {
    const rest = { apiKey: "secret", signal: {}, stream: false, user: "someone" };
    expect(parameters({ temperature: 0, stop: ["x"], top_p: undefined, ...rest })).toEqual({
      temperature: 0,
      stop: ["x"],
    });
    expect(parameters(rest)).toBeUndefined();
  });

  test("are not those that nobody set", () => {
    const unset = { stop: [], text: {}, options: {}, generationConfig: { stopSequences: [] } };
    expect(parameters(unset)).toBeUndefined();
    expect(parameters({ ...unset, seed: 7 })).toEqual({ seed: 7 });
  });

  test("say in which form an answer was asked for", () => {
    const text = { format: { type: "json_schema", name: "extract", schema: { type: "object" } } };
    expect(parameters({ text, tool_choice: "any" })).toEqual({ text, tool_choice: "any" });
  });

  test("are LangChain's where the model tells none of its own", () => {
    const metadata = { ls_temperature: 0.2, ls_max_tokens: 100, ls_stop: ["x"] };
    expect(parameters({}, metadata)).toEqual({ temperature: 0.2, max_tokens: 100, stop: ["x"] });
    expect(parameters({ temperature: 0.3 }, metadata)).toEqual({ temperature: 0.3 });
  });
});
