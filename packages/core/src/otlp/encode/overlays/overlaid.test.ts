import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Span } from "../../../run-tree/span.ts";
import { arbitrarySpan } from "../arbitrary-span.ts";
import { encodeSpan } from "../encode.ts";
import { type OverlayName, overlayNames } from "../encoding.ts";
import { exampleContent, exampleSpan, held } from "../example-span.ts";
import { text } from "../../wire/key-value.ts";
import { attributesIn, type ReadAttributes } from "../read-back.ts";
import { overlaid } from "./overlaid.ts";

function said(known: Partial<Span>, ...overlays: readonly OverlayName[]): ReadAttributes {
  return attributesIn(
    encodeSpan(exampleSpan(known), { content: exampleContent, overlays }).attributes,
  );
}

const labels = {
  ...exampleSpan().labels,
  userId: held("ada"),
  tags: ["a", "b"],
  environment: "prod",
  release: "r1",
};
const call: Partial<Span> = {
  kind: "model",
  provider: "openai",
  requestModel: "m",
  model: "m-1",
  finishReason: "stop",
  startedAt: 1_000,
  firstOutputAt: 1_500,
  usage: { input: 10, cacheRead: 20, cacheWrite: 3, output: 7, reasoning: 2 },
  parameters: held({ temperature: 0 }),
  labels,
  context: {
    from: null,
    keep: 0,
    cut: 0,
    count: 2,
    add: [
      held({ role: "user", content: "hi" }),
      held({ role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "42" }] }),
    ],
    instructions: held("be kind"),
    tools: held([{ name: "f" }]),
  },
  output: held([
    { type: "thinking", thinking: "hm" },
    { type: "tool_use", id: "t", name: "f", input: { a: 1 } },
  ]),
};
const tool: Partial<Span> = {
  kind: "tool",
  name: "f",
  toolCallId: "t",
  input: held({ a: 1 }),
  output: held("42"),
  labels,
};

test("an overlay adds and never replaces", () => {
  fc.assert(
    fc.property(arbitrarySpan(), (any) => {
      const span = { ...any, marks: [] };
      const plain = encodeSpan(span, { content: exampleContent }).attributes;
      const { attributes } = encodeSpan(span, { content: exampleContent, overlays: overlayNames });
      expect(attributes.slice(0, plain.length)).toEqual(plain);
      const keys = attributes.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test("what a span says already stays, whatever an overlay would say", () => {
  const mine = text("session.id", "mine");
  const told = { span: exampleSpan(), said: {} };
  const attributes = attributesIn(overlaid(mine, told, ["openinference"]));
  expect(attributes).toMatchObject({ "session.id": "mine", "openinference.span.kind": "CHAIN" });
});

test("without content, no overlay lets a word of what was said leave", () => {
  const secret = held("planted secret");
  for (const kind of ["turn", "model", "tool", "agent", "retrieval", "step"] as const) {
    const span = exampleSpan({
      ...call,
      kind,
      input: secret,
      output: secret,
      parameters: secret,
      labels: { ...labels, userId: secret },
    });
    const { attributes } = encodeSpan(span, { content: null, overlays: overlayNames });
    expect(JSON.stringify(attributes)).not.toMatch(/planted|be kind/);
  }
});

describe("openinference", () => {
  test("tells a model call, each message by itself and each answer of a tool as one", () => {
    expect(said(call, "openinference")).toMatchObject({
      "openinference.span.kind": "LLM",
      "session.id": "session-1",
      "user.id": "ada",
      "llm.model_name": "m-1",
      "llm.provider": "openai",
      "llm.token_count.prompt": 33n,
      "llm.token_count.completion": 7n,
      "llm.token_count.total": 40n,
      "llm.token_count.prompt_details.cache_read": 20n,
      "llm.token_count.completion_details.reasoning": 2n,
      "llm.invocation_parameters": '{"temperature":0}',
      "llm.input_messages.0.message.role": "system",
      "llm.input_messages.0.message.content": "be kind",
      "llm.input_messages.1.message.content": "hi",
      "llm.input_messages.2.message.role": "tool",
      "llm.input_messages.2.message.tool_call_id": "t",
      "llm.input_messages.2.message.content": "42",
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.contents.0.message_content.type": "reasoning",
      "llm.output_messages.0.message.contents.0.message_content.text": "hm",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "f",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": '{"a":1}',
      "llm.tools.0.tool.json_schema": '{"type":"function","name":"f"}',
      "input.mime_type": "application/json",
      "tag.tags": ["a", "b"],
    });
  });

  test("tells a tool, a retrieval and what only groups others", () => {
    expect(said(tool, "openinference")).toMatchObject({
      "openinference.span.kind": "TOOL",
      "tool.name": "f",
      "tool.id": "t",
      "tool.parameters": '{"a":1}',
      "output.value": "42",
      "output.mime_type": "text/plain",
    });
    const found = held([{ pageContent: "a page", metadata: { source: "x" } }, "words"]);
    expect(said({ kind: "retrieval", output: found }, "openinference")).toMatchObject({
      "openinference.span.kind": "RETRIEVER",
      "retrieval.documents.0.document.content": "a page",
      "retrieval.documents.0.document.metadata": '{"source":"x"}',
      "retrieval.documents.1.document.content": "words",
    });
    expect(said({ kind: "step" }, "openinference")["openinference.span.kind"]).toBe("CHAIN");
    const turn = { kind: "turn", agent: "cook" } as const;
    expect(said(turn, "openinference")["openinference.span.kind"]).toBe("AGENT");
  });

  test("shows as text what a person said and was answered, and as JSON what is more than one text", () => {
    const answer = { role: "assistant", content: "Hello Ada" };
    const state = held({ messages: ["[4 earlier messages]", answer] });
    for (const kind of ["turn", "agent", "workflow"] as const)
      expect(said({ kind, input: held("hi"), output: state }, "openinference")).toMatchObject({
        "input.value": "hi",
        "input.mime_type": "text/plain",
        "output.value": "Hello Ada",
        "output.mime_type": "text/plain",
      });
    for (const more of [[answer, answer], { role: "user", content: ["a", "b"] }]) {
      const turn = said({ kind: "turn", output: held(more) }, "openinference");
      expect(turn["output.mime_type"]).toBe("application/json");
      expect(JSON.parse(String(turn["output.value"]))).toEqual(
        JSON.parse(String(turn["gen_ai.output.messages"])),
      );
    }
    const model = said({ kind: "model", input: held("hi") }, "openinference");
    expect(model["input.mime_type"]).toBe("application/json");
  });

  test("and LangSmith's, which share two names, agree on what stands there", () => {
    const turn = { kind: "turn", input: held("hi"), output: held([1]) } as const;
    const [one, other] = ([["openinference"], ["langsmith", "openinference"]] as const).map(
      (all) => {
        const { "input.value": input, "output.value": output, ...rest } = said(turn, ...all);
        return [input, rest["input.mime_type"], output, rest["output.mime_type"]];
      },
    );
    expect(other).toEqual(one);
  });

  test("shows an image", () => {
    const image = {
      type: "image",
      source: { type: "base64", media_type: "image/png", data: "AA" },
    };
    const input = held({ role: "user", content: [{ type: "text", text: "look" }, image] });
    expect(said({ kind: "model", input }, "openinference")).toMatchObject({
      "llm.input_messages.0.message.contents.0.message_content.text": "look",
      "llm.input_messages.0.message.contents.1.message_content.type": "image",
      "llm.input_messages.0.message.contents.1.message_content.image.image.url":
        "data:image/png;base64,AA",
    });
  });
});

test("langfuse is told tokens that it can add up, and when the answer began", () => {
  const attributes = said(call, "langfuse");
  expect(attributes).toMatchObject({
    "langfuse.observation.type": "generation",
    "langfuse.observation.model.name": "m-1",
    "langfuse.observation.completion_start_time": "1970-01-01T00:00:01.500Z",
    "langfuse.session.id": "session-1",
    "langfuse.user.id": "ada",
    "langfuse.environment": "prod",
    "langfuse.release": "r1",
    "langfuse.trace.tags": ["a", "b"],
  });
  expect(JSON.parse(String(attributes["langfuse.observation.usage_details"]))).toEqual({
    input: 10,
    input_cached_tokens: 20,
    input_cache_creation: 3,
    output: 7,
    total: 40,
  });
  const failed = { ...tool, status: "error" } as const;
  expect(said(failed, "langfuse")).toMatchObject({
    "langfuse.observation.type": "tool",
    "langfuse.observation.level": "ERROR",
    "langfuse.observation.output": "42",
  });
});

test("langsmith is told the thread, and usage as LangChain counts it", () => {
  const attributes = said(call, "langsmith");
  expect(attributes).toMatchObject({
    "langsmith.span.kind": "llm",
    "langsmith.metadata.thread_id": "session-1",
    "langsmith.span.tags": "a,b",
    "gen_ai.system": "openai",
  });
  expect(JSON.parse(String(attributes["langsmith.usage_metadata"]))).toEqual({
    input_tokens: 33,
    output_tokens: 7,
    total_tokens: 40,
    input_token_details: { cache_read: 20, cache_creation: 3 },
    output_token_details: { reasoning: 2 },
  });
  expect(said(tool, "langsmith")).toMatchObject({
    "langsmith.span.kind": "tool",
    "input.value": '{"a":1}',
    "output.value": "42",
  });
});

test("braintrust is told JSON, also of a text", () => {
  expect(said(tool, "braintrust")).toMatchObject({
    "braintrust.span_attributes": '{"type":"tool"}',
    "braintrust.input_json": '{"a":1}',
    "braintrust.output_json": '"42"',
    "braintrust.tags": ["a", "b"],
  });
  expect(said(call, "braintrust")).toMatchObject({
    "braintrust.span_attributes": '{"type":"llm"}',
    "braintrust.metrics.prompt_tokens": 33n,
    "braintrust.metrics.completion_tokens": 7n,
    "braintrust.metrics.tokens": 40n,
    "braintrust.metrics.prompt_cached_tokens": 20n,
  });
});

test("what nobody counted is no number anywhere", () => {
  const usage = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
  const keys = Object.keys(said({ kind: "model", usage }, ...overlayNames));
  expect(keys.filter((name) => /token|usage_|metrics/.test(name))).toEqual([]);
});
