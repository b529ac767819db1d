import { describe, expect, test } from "vitest";
import { statedUsd } from "../../../../report/usd.ts";
import type { Span } from "../../../../run-tree/span.ts";
import type { SpanId } from "../../../../vocabulary/event.ts";
import { exampleContent, exampleSpan, held } from "../../example-span.ts";
import { saidOn } from "../../said.ts";
import type { Observation } from "./observation.ts";
import { observationOf, type ObservationOptions } from "./observation-of.ts";

function observed(known: Partial<Span>, options: ObservationOptions = {}): Observation {
  const span = exampleSpan(known);
  return observationOf({ span, said: saidOn(span, { content: exampleContent }) }, options);
}

const usage = { input: 10, cacheRead: 20, cacheWrite: 3, output: 7, reasoning: 2 };
const somebody = "00f067aa0ba902b7" as SpanId;
const { spanId } = exampleSpan();

test.each<[string, Partial<Span>, Observation["type"]]>([
  ["a model call", { kind: "model" }, "generation"],
  ["a call for vectors", { kind: "model", operation: "embeddings" }, "embedding"],
  ["a call for a text", { kind: "model", operation: "text_completion" }, "generation"],
  ["a tool", { kind: "tool" }, "tool"],
  ["a retrieval", { kind: "retrieval" }, "retriever"],
  ["a guardrail", { kind: "guardrail" }, "guardrail"],
  ["an agent", { kind: "agent" }, "agent"],
  ["a turn of an agent", { kind: "turn", agent: "cook" }, "agent"],
  ["a turn without one", { kind: "turn" }, "chain"],
  ["a workflow", { kind: "workflow" }, "chain"],
  ["a step", { kind: "step" }, "chain"],
  ["a task", { kind: "task" }, "chain"],
  ["a compaction", { kind: "compaction" }, "span"],
  ["anything else", { kind: "other" }, "span"],
])("%s has a type", (_, known, type) => {
  expect(observed(known).type).toBe(type);
});

describe("the root of what the application did", () => {
  test.each<[string, Partial<Span>, boolean]>([
    ["is a turn", { kind: "turn", turnSpanId: spanId }, true],
    [
      "is one beneath somebody else's span",
      { kind: "turn", turnSpanId: spanId, parentSpanId: somebody },
      true,
    ],
    [
      "is no activation that goes on",
      { kind: "turn", turnSpanId: somebody, parentSpanId: somebody },
      false,
    ],
    [
      "is no call in a turn",
      { kind: "model", turnSpanId: somebody, parentSpanId: somebody },
      false,
    ],
    ["is what has nothing above it", { kind: "tool" }, true],
  ])("%s", (_, known, isRoot) => {
    expect(observed(known).isRoot).toBe(isRoot);
  });
});

test("what a task was to give stands in the metadata, and what it gave is its output", () => {
  const { output, metadata } = observed({
    kind: "task",
    expected: held({ findings: 5 }),
    output: held("three findings"),
  });
  expect(output).toBe("three findings");
  expect(metadata["expected_output"]).toBe('{"findings":5}');
});

describe("a generation", () => {
  test("has a model, tokens, parameters and a price with its total", () => {
    const { model, usageDetails, costDetails, modelParameters, firstOutputAt } = observed(
      { kind: "model", model: "m-1", usage, parameters: held({ top_p: 1 }), firstOutputAt: 5.5 },
      { price: () => ({ usd: statedUsd(0.001), unpriced: 0 }) },
    );
    expect({ model, modelParameters, firstOutputAt }).toEqual({
      model: "m-1",
      modelParameters: { top_p: 1 },
      firstOutputAt: 5.5,
    });
    expect(usageDetails).toMatchObject({ input: 10, total: 40 });
    expect(costDetails).toEqual({ total: 0.001 });
  });

  test("has the model that was asked for where nobody said which one answered", () => {
    expect(observed({ kind: "model", requestModel: "m", usage }).model).toBe("m");
  });

  test("whose price nobody knows has none", () => {
    const { costDetails } = observed(
      { kind: "model", usage },
      { price: () => ({ usd: null, unpriced: 1 }) },
    );
    expect(costDetails).toBeNull();
  });

  test("of which nobody counted tokens keeps its model to itself: Langfuse would guess them", () => {
    const nobody = {
      input: null,
      cacheRead: null,
      cacheWrite: null,
      output: null,
      reasoning: null,
    };
    for (const unknown of [null, nobody]) {
      const { model, usageDetails, metadata } = observed({
        kind: "model",
        model: "gpt-5",
        usage: unknown,
      });
      expect({ model, usageDetails }).toEqual({ model: null, usageDetails: null });
      expect(metadata["spoor.leftOut"]).toContain("model");
    }
    const failed = observed({ kind: "model", model: "gpt-5", status: "error" });
    expect(failed.model).toBe("gpt-5");
  });

  test("links to a prompt by name and number, or says that it cannot", () => {
    const prompted = { kind: "model", usage, promptName: "greet" } as const;
    expect(observed({ ...prompted, promptVersion: "3" })).toMatchObject({
      promptName: "greet",
      promptVersion: 3,
      metadata: {},
    });
    for (const promptVersion of ["production", "1.5", null])
      expect(observed({ ...prompted, promptVersion })).toMatchObject({
        promptName: null,
        promptVersion: null,
        metadata: { "spoor.leftOut": "prompt: its version is not a whole number" },
      });
  });

  test("is the only thing that has any of these", () => {
    const known = { model: "m", usage, promptName: "p", promptVersion: "1", firstOutputAt: 1 };
    const options = { price: () => ({ usd: 1n, unpriced: 0 }) };
    for (const kind of ["turn", "agent", "tool", "step"] as const)
      expect(observed({ ...known, kind }, options)).toMatchObject({
        model: null,
        usageDetails: null,
        costDetails: null,
        promptName: null,
        promptVersion: null,
        firstOutputAt: null,
      });
  });
});

test("says what was said and has no field, and what did not fit", () => {
  const state = held({ messages: ["[4 earlier messages]", { role: "user", content: "go on" }] });
  const { metadata, input } = observed({
    kind: "turn",
    input: state,
    native: held({ node: 1 }),
    labels: { ...exampleSpan().labels, tags: ["x".repeat(201)] },
  });
  expect(input).toBe("go on");
  expect(metadata).toEqual({
    "spoor.native": '{"node":1}',
    "spoor.earlierInput": 4,
    "spoor.leftOut": "tag 1: longer than 200 characters",
  });
});

test.each<[string, Partial<Span>, number | null, number | null]>([
  ["as they are", { startedAt: 1.5, endedAt: 2.5 }, 1.5, 2.5],
  ["an end that is unknown is the start", { startedAt: 1, endedAt: null }, 1, 1],
  ["a start that is unknown is the end", { startedAt: null, endedAt: 2 }, 2, 2],
  ["an end before the start moves to it", { startedAt: 5, endedAt: 2 }, 5, 5],
  ["both unknown", { startedAt: null, endedAt: null, recordedAt: 9 }, 9, 9],
  ["no time at all", { startedAt: null, endedAt: null }, null, null],
  ["what is no time", { startedAt: -1, endedAt: Number.NaN }, null, null],
])("times: %s", (_, known, start, end) => {
  expect(observed(known)).toMatchObject({ start, end });
});
