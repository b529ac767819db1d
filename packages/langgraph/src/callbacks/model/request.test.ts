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

test("of a request's parameters only the settings are kept", () => {
  const invocationParams = {
    temperature: 0,
    stop: ["x"],
    apiKey: "secret",
    signal: {},
    top_p: undefined,
  };
  expect(parametersOf(modelRun("m", { invocationParams }), createContent())).toEqual({
    temperature: 0,
    stop: ["x"],
  });
  expect(parametersOf(modelRun("m"), createContent())).toBeUndefined();
});
