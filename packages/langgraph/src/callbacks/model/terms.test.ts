import { expect, test } from "vitest";
import { modelAnswerOf } from "./answer.ts";
import { termsOf } from "./terms.ts";

const terms = (response_metadata: object, provider = "anthropic") =>
  termsOf(modelAnswerOf({ generations: [[{ message: { response_metadata } }]] }), provider, {
    input: 1,
  });

test("what a call's price depends on is told in the words that the ledger reads", () => {
  const usage = {
    service_tier: "batch",
    inference_geo: "us",
    speed: "fast",
    server_tool_use: { web_search_requests: 2, web_fetch_requests: 1 },
    output_tokens: 5,
  };
  expect(terms({ usage })).toEqual({
    service_tier: "batch",
    inference_geo: "us",
    speed: "fast",
    server_tool_use: { web_search_requests: 2 },
  });
  expect(terms({ usage: { output_tokens: 5 } })).toBeUndefined();
});

test("OpenAI says its tier beside the usage; tiers of others have other meanings", () => {
  expect(terms({ service_tier: "flex", usage: {} }, "openai")).toEqual({ service_tier: "flex" });
  expect(terms({ service_tier: "on_demand", usage: {} }, "groq")).toBeUndefined();
});
