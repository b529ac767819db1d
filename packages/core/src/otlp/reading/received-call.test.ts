import { describe, expect, test } from "vitest";
import { receivedCall } from "./received-call.ts";
import { receivedFailure } from "./received-failure.ts";
import { receivedSpans } from "./received-spans.ts";

const nothing = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };

test("a call says who answered, as what, and why it stopped", () => {
  expect(
    receivedCall({
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.response.model": "gpt-4o-2024-08-06",
      "gen_ai.response.finish_reasons": ["tool_calls"],
      "gen_ai.response.id": "chatcmpl-1",
    }),
  ).toEqual({
    provider: "openai",
    requestModel: "gpt-4o",
    model: "gpt-4o-2024-08-06",
    finishReason: "tool_calls",
    responseId: "chatcmpl-1",
  });
  expect(receivedCall({})).toEqual({});
});

test.each([
  ['["stop"]', "stop"],
  ["stop", "stop"],
  ["[torn", "[torn"],
  [[], undefined],
  ["", undefined],
])("finish reasons %j", (said, read) => {
  expect(receivedCall({ "gen_ai.response.finish_reasons": said }).finishReason).toBe(read);
});

describe("the tokens of a call", () => {
  test.each([
    [
      "apart by where they came from",
      {
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.cache_read.input_tokens": 64,
        "gen_ai.usage.cache_creation.input_tokens": 16,
        "gen_ai.usage.output_tokens": 9,
        "gen_ai.usage.reasoning.output_tokens": 4,
      },
      { input: 20, cacheRead: 64, cacheWrite: 16, output: 9, reasoning: 4 },
    ],
    [
      "in the names of OpenInference",
      {
        "llm.token_count.prompt": 106,
        "llm.token_count.prompt_details.cache_read": 64,
        "llm.token_count.completion": 7,
      },
      { ...nothing, input: 42, cacheRead: 64, output: 7 },
    ],
    [
      "in older names",
      { "gen_ai.usage.prompt_tokens": 5, "gen_ai.usage.completion_tokens": 2 },
      { ...nothing, input: 5, output: 2 },
    ],
    [
      "of which more came from a cache than there are",
      { "gen_ai.usage.input_tokens": 85, "gen_ai.usage.cache_read.input_tokens": 128 },
      { ...nothing, input: 0, cacheRead: 85 },
    ],
    ["0/0", { "gen_ai.usage.input_tokens": 0, "gen_ai.usage.output_tokens": 0 }, undefined],
    ["that are text", { "gen_ai.usage.input_tokens": "many" }, undefined],
    ["that nobody told", {}, undefined],
  ])("%s", (_, attributes, usage) => {
    expect(receivedCall(attributes).usage).toEqual(usage);
  });
});

const spanOf = (more: object) => {
  const ids = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
  const [span] =
    receivedSpans({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...ids, ...more }] }] }] }) ?? [];
  if (span === undefined) throw new Error("expected a span");
  return span;
};
const said = (key: string, stringValue: string) => ({ key, value: { stringValue } });

describe("a failure", () => {
  const exception = {
    name: "exception",
    attributes: [said("exception.type", "ValueError"), said("exception.message", "bad ticket")],
  };

  test.each([
    [{ status: { code: 2 }, events: [exception, exception] }, "ValueError", "bad ticket"],
    [{ status: { code: 2 }, attributes: [said("error.type", "Gone")] }, "Gone", undefined],
    [{ status: { code: 2, message: "it broke" } }, "error", "it broke"],
  ])("%j", (more, errorType, detail) => {
    expect(receivedFailure(spanOf(more))).toEqual({ errorType, detail });
  });

  test("is none where the span does not say so", () => {
    expect(receivedFailure(spanOf({ events: [exception] }))).toBeNull();
  });
});
