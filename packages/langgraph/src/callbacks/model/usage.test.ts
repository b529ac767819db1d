import { describe, expect, test } from "vitest";
import { answeringModelOf, modelAnswerOf, finishReasonOf, responseIdOf } from "./answer.ts";
import { usageOf } from "./usage.ts";

const ended = (message: object, llmOutput: object = {}, generationInfo: object = {}) =>
  modelAnswerOf({ generations: [[{ text: "", message, generationInfo }]], llmOutput });
const used = (
  message: object,
  llmOutput: object = {},
  { cached = false, provider }: { readonly cached?: boolean; readonly provider?: string } = {},
) => usageOf(ended(message, llmOutput), { cached, provider });

/** Of one event of a stream. */
const counts = (output: number | undefined) => ({
  prompt: 100,
  cacheRead: 30,
  cacheWrite: 10,
  output,
  reasoning: undefined,
  total: undefined,
});

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

  test("is divided as the provider's own count says, where LangChain's form of it does not", () => {
    const usage_metadata = { input_tokens: 100, output_tokens: 50, total_tokens: 150 };
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 40 },
    };
    expect(used({ usage_metadata, response_metadata: { usage } })).toMatchObject({
      input: 60,
      cacheRead: 40,
    });
    const other = { ...usage, prompt_tokens: 400 };
    expect(used({ usage_metadata, response_metadata: { usage: other } })).toMatchObject({
      input: 100,
      cacheRead: null,
    });
  });

  describe("of Gemini", () => {
    const google = { provider: "google_genai" };
    const usage_metadata = { input_tokens: 100, output_tokens: 30, total_tokens: 150 };

    test("counts the thoughts that only its total shows", () => {
      expect(used({ usage_metadata }, {}, google)).toMatchObject({ output: 50, reasoning: 20 });
      expect(used({ usage_metadata }, {}, { provider: "other" })).toMatchObject({
        output: 30,
        reasoning: null,
      });
      const thoughtless = { ...usage_metadata, total_tokens: 130 };
      expect(used({ usage_metadata: thoughtless }, {}, google)).toMatchObject({
        output: 30,
        reasoning: 0,
      });
    });

    test("counts the thoughts once, where its integration does", () => {
      const counted = {
        ...usage_metadata,
        output_tokens: 50,
        output_token_details: { reasoning: 20 },
      };
      expect(used({ usage_metadata: counted }, {}, google)).toMatchObject({
        output: 50,
        reasoning: 20,
      });
    });

    test("read nothing from a cache where it does not say so, streamed or not", () => {
      const streamed = { $message: "AIMessageChunk", usage_metadata };
      expect(used({ usage_metadata }, {}, google)).toMatchObject({ input: 100, cacheRead: 0 });
      expect(used(streamed, {}, google)).toMatchObject({ input: 100, cacheRead: 0 });
    });

    test("does not say how much of a streamed prompt was read from a cache, so not how much was not", () => {
      const cached = { ...usage_metadata, input_token_details: { cache_read: 80 } };
      const streamed = { $message: "AIMessageChunk", usage_metadata: cached };
      expect(used({ usage_metadata: cached }, {}, google)).toMatchObject({
        input: 20,
        cacheRead: 80,
      });
      expect(used(streamed, {}, google)).toMatchObject({
        input: null,
        cacheRead: null,
        output: 50,
        reasoning: 20,
      });
    });
  });

  describe("of Anthropic, streamed", () => {
    const usage_metadata = { input_tokens: 100, output_tokens: 120, total_tokens: 220 };

    test("is the greatest count of one event, whatever LangChain adds up", () => {
      const arrival = { begun: true, greatest: counts(70) };
      const call = { cached: false, provider: "anthropic", arrival };
      expect(usageOf(ended({ usage_metadata }), call)).toMatchObject({ input: 60, output: 70 });
    });

    test("has no known output where none of its events counted, or none was seen", () => {
      const call = { cached: false, provider: "anthropic", arrival: { begun: true } };
      expect(usageOf(ended({ usage_metadata }), call)).toMatchObject({ output: null });
      const pieces = { concat: () => null, usage_metadata };
      expect(used(pieces, {}, { provider: "anthropic" })).toMatchObject({ output: null });
      expect(used({ usage_metadata }, {}, { provider: "anthropic" })).toMatchObject({
        output: 120,
      });
    });
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
    [ended({ response_metadata: { finishReason: "STOPSTOP" } }), "STOP"],
    [ended({ response_metadata: { status: "completed" } }), "completed"],
    [
      ended({
        response_metadata: {
          status: "incomplete",
          incomplete_details: { reason: "max_output_tokens" },
        },
      }),
      "max_output_tokens",
    ],
    [ended({}), undefined],
  ])("says why it stopped (%#)", (answer, reason) => {
    expect(finishReasonOf(answer)).toBe(reason);
  });

  test("says nothing where LangChain's stream events fill in a reason that cannot be", () => {
    const response_metadata = { output_version: "v1", finish_reason: "stop" };
    expect(finishReasonOf(ended({ response_metadata }))).toBe("stop");
    const tool_calls = [{ name: "add", args: {} }];
    expect(finishReasonOf(ended({ response_metadata, tool_calls }))).toBeUndefined();
  });

  test("has the provider's response id, and not one that LangChain made up", () => {
    expect(responseIdOf(ended({ id: "msg_1" }))).toBe("msg_1");
    expect(responseIdOf(ended({ id: "run-1", response_metadata: { id: "resp_1" } }))).toBe(
      "resp_1",
    );
    expect(responseIdOf(ended({ id: "run-1" }))).toBeUndefined();
  });
});
