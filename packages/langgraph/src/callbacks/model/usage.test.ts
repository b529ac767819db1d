import { describe, expect, test } from "vitest";
import { answeringModelOf, answerOf, finishReasonOf, responseIdOf } from "./answer.ts";
import { usageOf } from "./usage.ts";

const ended = (message: object, llmOutput: object = {}, generationInfo: object = {}) =>
  answerOf({ generations: [[{ text: "", message, generationInfo }]], llmOutput });
const used = (
  message: object,
  llmOutput: object = {},
  { cached = false, provider }: { readonly cached?: boolean; readonly provider?: string } = {},
) => usageOf(ended(message, llmOutput), { cached, provider });

describe("usage", () => {
  test("is disjoint: cached input is taken out of the input that includes it", () => {
    const usage_metadata = {
      input_tokens: 100,
      output_tokens: 50,
      total_tokens: 150,
      input_token_details: { cache_creation: 10, cache_read: 30 },
      output_token_details: { reasoning: 20 },
    };
    expect(used({ usage_metadata })).toEqual({
      input: 60,
      cacheRead: 30,
      cacheWrite: 10,
      output: 50,
      reasoning: 20,
    });
  });

  test("that nobody split stays unknown where it was not said, and is never zero", () => {
    const llmOutput = { tokenUsage: { promptTokens: 11, completionTokens: 7, totalTokens: 18 } };
    expect(used({}, llmOutput)).toEqual({
      input: 11,
      cacheRead: null,
      cacheWrite: null,
      output: 7,
      reasoning: null,
    });
  });

  test("that nobody counted is not reported", () => {
    expect(used({ response_metadata: { usage: {} } }, { tokenUsage: {} })).toBeUndefined();
  });

  test("of the raw API is read by that API's rules", () => {
    const openai = {
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 40 },
      completion_tokens_details: { reasoning_tokens: 20 },
    };
    expect(used({ response_metadata: { usage: openai } })).toMatchObject({
      input: 60,
      cacheRead: 40,
      reasoning: 20,
    });
    const anthropic = {
      input_tokens: 60,
      cache_creation_input_tokens: 10,
      cache_read_input_tokens: 30,
      output_tokens: 50,
      cache_creation: { ephemeral_5m_input_tokens: 6, ephemeral_1h_input_tokens: 4 },
    };
    expect(used({}, { usage: anthropic })).toMatchObject({
      input: 60,
      cacheRead: 30,
      cacheWrite: 10,
      cacheWrite1h: 4,
    });
  });

  test("of Gemini counts the thoughts that only its total shows", () => {
    const message = { usage_metadata: { input_tokens: 100, output_tokens: 30, total_tokens: 150 } };
    expect(used(message, {}, { provider: "google_genai" })).toMatchObject({
      output: 50,
      reasoning: 20,
    });
    expect(used(message, {}, { provider: "other" })).toMatchObject({ output: 30, reasoning: null });
  });

  test("of an answer from LangChain's cache is nothing, whatever the first call used", () => {
    const response_metadata = { tokenUsage: { promptTokens: 11 } };
    expect(
      used({ response_metadata }, { tokenUsage: { promptTokens: 11 } }, { cached: true }),
    ).toEqual({
      input: 0,
      cacheRead: 0,
      cacheWrite: 0,
      output: 0,
      reasoning: 0,
    });
  });
});

describe("the model that answered", () => {
  test("is read where the provider puts it, and said once where stream chunks doubled it", () => {
    const response_metadata = { model: "gpt-x-1gpt-x-1" };
    expect(answeringModelOf(ended({ response_metadata }))).toBe("gpt-x-1");
    expect(
      answeringModelOf(
        ended({ response_metadata: { ...response_metadata, model_name: "gpt-x-2" } }),
      ),
    ).toBe("gpt-x-2");
    expect(answeringModelOf(ended({ additional_kwargs: { model: "claude-x" } }))).toBe("claude-x");
    expect(answeringModelOf(ended({}))).toBeUndefined();
  });

  test.each([
    [ended({}, {}, { finish_reason: "stop" }), "stop"],
    [ended({ response_metadata: { stop_reason: "tool_use" } }), "tool_use"],
    [ended({ response_metadata: { done_reason: "length" } }), "length"],
    [ended({ additional_kwargs: { stop_reason: "end_turn" } }), "end_turn"],
    [ended({}), undefined],
  ])("says why it stopped (%#)", (answer, reason) => {
    expect(finishReasonOf(answer)).toBe(reason);
  });

  test("has the provider's response id, and not one that LangChain made up", () => {
    expect(responseIdOf(ended({ id: "msg_1" }))).toBe("msg_1");
    expect(responseIdOf(ended({ id: "run-1", response_metadata: { id: "resp_1" } }))).toBe(
      "resp_1",
    );
    expect(responseIdOf(ended({ id: "run-1" }))).toBeUndefined();
  });
});
