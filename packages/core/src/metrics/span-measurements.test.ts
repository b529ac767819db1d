import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySpan } from "../otlp/encode/arbitrary-span.ts";
import type { Span } from "../run-tree/span.ts";
import { costing, said, saidOf, spanOf, unpriced, usage } from "./measured.fixture.ts";
import { spanMeasurements } from "./span-measurements.ts";

const labels = {
  userId: null,
  feature: "checkout",
  tags: [],
  environment: "prod",
  release: null,
  agentVersion: null,
};

test("a model call tells its duration, its tokens, when its answer began, and that it was made", () => {
  const call = spanOf("call", "turn", {
    kind: "model",
    agent: "clerk",
    labels,
    provider: "openai",
    requestModel: "large",
    model: "large-2",
    finishReason: "stop",
    firstOutputAt: 1_767_268_800_250,
    usage: { input: 10, cacheRead: 20, cacheWrite: 30, output: 5, reasoning: 2 },
  });
  const work = "gen_ai.agent.name=clerk spoor.feature=checkout deployment.environment.name=prod";
  const called =
    "gen_ai.operation.name=chat gen_ai.provider.name=openai gen_ai.request.model=large gen_ai.response.model=large-2";
  const asked = `${called} ${work}`;
  const spent = `${called} gen_ai.token.modality=unknown ${work}`;
  expect(said(spanMeasurements(call, null))).toEqual([
    `gen_ai.client.operation.duration {${asked}} 1`,
    `gen_ai.client.operation.time_to_first_chunk {${asked}} 0.25`,
    `gen_ai.client.token.usage {gen_ai.token.type=input ${asked}} 60`,
    `gen_ai.client.token.usage {gen_ai.token.type=output ${asked}} 5`,
    `gen_ai.client.inference.duration {${asked}} 1`,
    `gen_ai.client.inference.time_to_first_chunk {${asked}} 0.25`,
    `gen_ai.client.inference.operation.input_tokens {${asked}} 60`,
    `gen_ai.client.inference.operation.output_tokens {${asked}} 5`,
    `gen_ai.client.inference.usage.input_tokens {${spent}} 60`,
    `gen_ai.client.inference.usage.cache_read.input_tokens {${spent}} 20`,
    `gen_ai.client.inference.usage.cache_write.input_tokens {${spent}} 30`,
    `gen_ai.client.inference.usage.output_tokens {${spent}} 5`,
    `gen_ai.client.inference.usage.reasoning.output_tokens {${spent}} 2`,
    `spoor.model.calls {spoor.status=ok spoor.finish_reason=stop ${asked}} 1`,
  ]);
});

test("a call for vectors is told as one, and not as an inference", () => {
  const call = spanOf("call", null, {
    kind: "model",
    operation: "embeddings",
    usage: { input: 10, cacheRead: null, cacheWrite: null, output: null, reasoning: null },
  });
  const operation = "gen_ai.operation.name=embeddings";
  expect(said(spanMeasurements(call, null))).toEqual([
    `gen_ai.client.operation.duration {${operation}} 1`,
    `gen_ai.client.token.usage {gen_ai.token.type=input ${operation}} 10`,
    `spoor.model.calls {spoor.status=ok ${operation}} 1`,
  ]);
});

test("a provider has the name that the conventions give it", () => {
  const call = spanOf("call", null, { kind: "model", provider: "bedrock" });
  expect(saidOf("spoor.model.calls", spanMeasurements(call, null))).toEqual([
    "spoor.model.calls {spoor.status=ok gen_ai.operation.name=chat gen_ai.provider.name=aws.bedrock} 1",
  ]);
});

const duration = (known: Partial<Span>): readonly string[] =>
  saidOf(
    "gen_ai.execute_tool.duration",
    spanMeasurements(spanOf("tool", null, { kind: "tool", ...known }), null),
  );

describe("what is not known makes no measurement", () => {
  test("of tokens", () => {
    const call = spanOf("call", null, { kind: "model", usage: usage(null, 5) });
    const told = said(spanMeasurements(call, null));
    const chat = "gen_ai.operation.name=chat";
    expect(told.filter((line) => line.includes("token"))).toEqual([
      `gen_ai.client.token.usage {gen_ai.token.type=output ${chat}} 5`,
      `gen_ai.client.inference.operation.output_tokens {${chat}} 5`,
      `gen_ai.client.inference.usage.output_tokens {${chat} gen_ai.token.modality=unknown} 5`,
    ]);
  });

  test("of tokens of a failed call that nobody counted: nothing is no zero", () => {
    const failed = { status: "error", errorType: "Timeout", usage: null } as const;
    const call = spanOf("call", null, { kind: "model", ...failed });
    expect(said(spanMeasurements(call, null)).filter((line) => line.includes("token"))).toEqual([]);
  });

  test("of a time that nobody read off a clock, and of clocks that contradict each other", () => {
    expect(duration({})).toHaveLength(1);
    expect(duration({ endedAt: null })).toEqual([]);
    expect(duration({ inferred: ["startedAt"] })).toEqual([]);
    expect(duration({ endedAt: 0 })).toEqual([]);
  });

  test("of what has no price: that there was such an amount is counted for itself", () => {
    const call = spanOf("call", null, { kind: "model" });
    const asked = spanMeasurements(call, unpriced);
    expect(saidOf("spoor.cost.usd", asked)).toEqual([]);
    expect(saidOf("spoor.cost.unpriced", asked)).toEqual(["spoor.cost.unpriced 1"]);
    expect(saidOf("spoor.cost.usd", spanMeasurements(call, costing(0.25)))).toEqual([
      "spoor.cost.usd 0.25",
    ]);
    expect(said(spanMeasurements(call, null)).filter((line) => line.includes("cost"))).toEqual([]);
  });
});

describe("an error", () => {
  const failed = { status: "error", errorType: "Timeout" } as const;

  test("is counted where it happened, and not where it was passed on", () => {
    const tool = spanOf("tool", "turn", { kind: "tool", name: "search", ...failed });
    const turn = spanOf("turn", null, { kind: "turn", ...failed, errorPassedOn: true });
    expect(saidOf("spoor.errors", spanMeasurements(tool, null))).toEqual([
      "spoor.errors {spoor.kind=tool error.type=Timeout gen_ai.tool.name=search} 1",
    ]);
    expect(saidOf("spoor.errors", spanMeasurements(turn, null))).toEqual([]);
  });

  test("of a call stands on the call's own measurements as well", () => {
    const tool = spanOf("tool", "turn", { kind: "tool", name: "search", ...failed });
    expect(saidOf("spoor.tool.calls", spanMeasurements(tool, null))).toEqual([
      "spoor.tool.calls {spoor.status=error gen_ai.tool.name=search error.type=Timeout} 1",
    ]);
  });
});

test("an agent and a workflow tell how long they took, under the names that their spans have", () => {
  const agent = spanOf("agent", null, { kind: "agent", name: "reviewer" });
  const workflow = spanOf("workflow", null, { kind: "workflow", name: "release" });
  const turn = spanOf("turn", null, { kind: "turn", name: "fix it", agent: "doctor" });
  expect([agent, workflow, turn].flatMap((span) => said(spanMeasurements(span, null)))).toEqual([
    "gen_ai.invoke_agent.duration {gen_ai.agent.name=reviewer} 1",
    "gen_ai.invoke_workflow.duration {gen_ai.workflow.name=release} 1",
    "gen_ai.invoke_agent.duration {gen_ai.agent.name=doctor} 1",
  ]);
});

test("a name is cut, and half a letter never goes out", () => {
  const names = ["a".repeat(101), `${"a".repeat(99)}\u{1f600}`, "\ud800"];
  const tools = names.map((name) => spanOf("tool", null, { kind: "tool", name }));
  const told = tools.flatMap((tool) => spanMeasurements(tool, null)).map(({ labels }) => labels[0]);
  expect(told.filter((one) => one?.[0] === "gen_ai.tool.name").map((one) => one?.[1])).toEqual([
    `${"a".repeat(100)}…`,
    `${"a".repeat(99)}\ufffd…`,
    "\ufffd",
  ]);
});

test("whatever a span says: no label is an id, none is long, and no value is negative or no number", () => {
  fc.assert(
    fc.property(arbitrarySpan(), (span) => {
      for (const { labels: told, value } of spanMeasurements(span, null)) {
        const names = told.map(([name]) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => /\bid$|user|session|conversation/.test(name))).toEqual([]);
        expect(told.every(([, text]) => text.length <= 101 && text.isWellFormed())).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
