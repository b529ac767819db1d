import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../vocabulary/json.ts";
import { attributesIn, type ReadAttributes } from "./read-back.ts";
import { requestAttributes } from "./request-attributes.ts";

const asked = (parameters: JsonValue, provider: string | null = null): ReadAttributes =>
  attributesIn(requestAttributes(parameters, provider));

describe("what a call asked for is told under the conventions' names, as", () => {
  test.each<[string, JsonValue, object]>([
    [
      "OpenAI calls it",
      {
        temperature: 0.2,
        top_p: 0.9,
        max_completion_tokens: 100,
        seed: 7,
        stop: "END",
        n: 2,
        presence_penalty: 0.5,
        frequency_penalty: 0,
        reasoning_effort: "low",
        previous_response_id: "r_0",
        response_format: { type: "json_schema" },
      },
      {
        "gen_ai.request.temperature": 0.2,
        "gen_ai.request.top_p": 0.9,
        "gen_ai.request.max_tokens": 100n,
        "gen_ai.request.seed": 7n,
        "gen_ai.request.stop_sequences": ["END"],
        "gen_ai.request.choice.count": 2n,
        "gen_ai.request.presence_penalty": 0.5,
        "gen_ai.request.frequency_penalty": 0,
        "gen_ai.request.reasoning.level": "low",
        "gen_ai.request.previous_response.id": "r_0",
        "gen_ai.output.type": "json",
      },
    ],
    [
      "Anthropic calls it",
      { max_tokens: 64, top_k: 3, stop_sequences: ["a", "b"], output_config: { effort: "high" } },
      {
        "gen_ai.request.max_tokens": 64n,
        "gen_ai.request.top_k": 3n,
        "gen_ai.request.stop_sequences": ["a", "b"],
        "gen_ai.request.reasoning.level": "high",
      },
    ],
    [
      "Gemini calls it",
      {
        generationConfig: {
          maxOutputTokens: 5,
          topK: 2,
          candidateCount: 1,
          responseMimeType: "application/json",
        },
      },
      {
        "gen_ai.request.max_tokens": 5n,
        "gen_ai.request.top_k": 2n,
        "gen_ai.output.type": "json",
      },
    ],
    [
      "Ollama calls it",
      { options: { num_predict: 9, temperature: 1 }, format: "json" },
      {
        "gen_ai.request.max_tokens": 9n,
        "gen_ai.request.temperature": 1,
        "gen_ai.output.type": "json",
      },
    ],
    [
      "OpenAI asks for sound",
      { modalities: ["text", "audio"] },
      { "gen_ai.output.type": "speech" },
    ],
  ])("%s", (_, parameters, attributes) => {
    expect(asked(parameters)).toEqual(attributes);
  });
});

test("what is not of its kind says nothing, and nothing is assumed", () => {
  expect(asked({ temperature: "hot", max_tokens: 1.5, stop: [1], n: 1, seed: null })).toEqual({});
  expect(asked("[withheld: policy]")).toEqual({});
  expect(asked({})).toEqual({});
});

test("names of one provider are told of that provider only", () => {
  const name = "openai.request.service_tier";
  expect(asked({ service_tier: "flex" }, "openai")).toEqual({ [name]: "flex" });
  expect(asked({ service_tier: "flex" }, "anthropic")).toEqual({});
});
