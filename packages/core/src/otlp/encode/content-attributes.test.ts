import { describe, expect, test } from "vitest";
import type { Span } from "../../run-tree/span.ts";
import type { AgentEvent, Held } from "../../vocabulary/event.ts";
import { encode, encodeSpan } from "./encode.ts";
import { erased, exampleContent, exampleSpan, held, missing } from "./example-span.ts";
import type { OtlpSpan } from "../wire/otlp.ts";
import { attributesIn, type ReadAttributes, spansIn } from "./read-back.ts";

function encoded(known: Partial<Span>): OtlpSpan {
  const batch = [exampleSpan(known)];
  const [span] = spansIn(
    encode(batch, { resource: { "service.name": "shop" }, content: exampleContent }),
  );
  if (!span) throw new Error("expected a span, received none");
  return span;
}

const attributes = (known: Partial<Span>): ReadAttributes =>
  attributesIn(encoded(known).attributes);

const context = (add: readonly Held[], more: object = {}): Partial<Span> => ({
  kind: "model",
  context: { from: null, keep: 0, cut: 0, count: add.length, add, ...more },
});

const json = (said: unknown): unknown => JSON.parse(String(said));

const said = (content: string): object => ({
  role: "unknown",
  parts: [{ type: "text", content }],
});

describe("with content, a model call", () => {
  test("carries the whole list of messages in the conventions' form", () => {
    const messages = [
      held({ role: "user", content: "hello" }),
      held({
        role: "assistant",
        content: [
          { type: "thinking", thinking: "hm" },
          { type: "tool_use", id: "t", name: "f", input: { a: 1 } },
        ],
      }),
      held({ role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "ok" }] }),
    ];
    expect(json(attributes(context(messages))["gen_ai.input.messages"])).toEqual([
      { role: "user", parts: [{ type: "text", content: "hello" }] },
      {
        role: "assistant",
        parts: [
          { type: "reasoning", content: "hm" },
          { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } },
        ],
      },
      { role: "user", parts: [{ type: "tool_call_response", id: "t", response: "ok" }] },
    ]);
  });

  test("tells once of a call that its message tells twice, and reads a tool's message as an answer", () => {
    const call = { id: "t", name: "f", arguments: {} };
    const messages = [
      held({
        role: "assistant",
        content: [{ type: "tool_use", id: "t", name: "f", input: {} }],
        toolCalls: [call],
      }),
      held({ role: "tool", content: "42", toolCallId: "t", name: "f" }),
    ];
    expect(json(attributes(context(messages))["gen_ai.input.messages"])).toEqual([
      { role: "assistant", parts: [{ ...call, type: "tool_call" }] },
      {
        role: "tool",
        parts: [{ type: "tool_call_response", id: "t", response: "42" }],
        name: "f",
      },
    ]);
  });

  test("carries instructions, tools, parameters and the answer", () => {
    const said = attributes({
      ...context([], { instructions: held("be kind"), tools: held([{ name: "f" }]) }),
      parameters: held({ temperature: 0 }),
      output: held([{ type: "text", text: "hi" }]),
    });
    expect(json(said["gen_ai.system_instructions"])).toEqual([
      { type: "text", content: "be kind" },
    ]);
    expect(json(said["gen_ai.tool.definitions"])).toEqual([{ type: "function", name: "f" }]);
    expect(json(said["spoor.request.parameters"])).toEqual({ temperature: 0 });
    expect(json(said["gen_ai.output.messages"])).toEqual([
      { role: "assistant", parts: [{ type: "text", content: "hi" }], finish_reason: "unknown" },
    ]);
  });

  test("says in words what of its messages is withheld, erased, or gone with the chain behind it", () => {
    const partly = attributes(context([{ withheld: "redactor failed" }, erased]));
    expect(json(partly["gen_ai.input.messages"])).toEqual([
      said("[withheld: redactor failed]"),
      said("[erased]"),
    ]);
    const gone = attributes(context([], { from: "b7ad6b7169203331" }));
    expect(json(gone["gen_ai.input.messages"])).toEqual([said("[not in this journal]")]);
  });
});

test("a tool carries its arguments and its result as JSON text", () => {
  const said = attributes({ kind: "tool", input: held({ q: "x" }), output: missing });
  expect(json(said["gen_ai.tool.call.arguments"])).toEqual({ q: "x" });
  expect(json(said["gen_ai.tool.call.result"])).toBe("[not in this journal]");
});

test("arguments that a model wrote so deep that nobody could write them again stay its text", () => {
  const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  const said = attributes({ kind: "tool", input: held(deep) });
  expect(json(said["gen_ai.tool.call.arguments"])).toBe(deep);
});

test("a retrieval carries what it found as a list of objects", () => {
  const found = held([{ id: 1 }, "words"]);
  const [documents, words] = [found, erased].map((output) =>
    json(attributes({ kind: "retrieval", output })["gen_ai.retrieval.documents"]),
  );
  expect(documents).toEqual([{ id: 1 }, { content: "words" }]);
  expect(words).toEqual([{ content: "[erased]" }]);
});

test("a task carries what it was to give under our own name, and nothing of the conventions is changed by it", () => {
  const task = { kind: "task", name: "research", output: held("three findings") } as const;
  const { "spoor.expected": expected, ...others } = attributes({
    ...task,
    expected: held("five findings"),
  });
  expect(json(expected)).toBe("five findings");
  expect(others).toEqual(attributes(task));
});

test("why something was cancelled is told", () => {
  const cancelled = { status: "cancelled", detail: held("the user left") } as const;
  expect(attributes(cancelled)["spoor.detail"]).toBe("the user left");
});

test("the user is content", () => {
  const labels = { ...exampleSpan().labels, userId: held("ada") };
  expect(attributes({ labels })["user.id"]).toBe("ada");
});

describe("an error's text", () => {
  const failed = { status: "error", errorType: "Timeout", detail: held("took too long") } as const;

  test("is its status message and its exception's", () => {
    const { status, events } = encoded(failed);
    expect(status).toEqual({ code: 2, message: "took too long" });
    expect(attributesIn(events[0]?.attributes ?? [])).toEqual({
      "exception.type": "Timeout",
      "exception.message": "took too long",
    });
  });

  test("is told where it happened and on no span above it", () => {
    const above = JSON.stringify(encoded({ ...failed, errorPassedOn: true }));
    expect(above).not.toContain("took too long");
  });
});

test("a model call tells what it asked for under the conventions' names", () => {
  const asked = { kind: "model", parameters: held({ max_tokens: 5, stop: ["END"] }) } as const;
  expect(attributes(asked)).toMatchObject({
    "gen_ai.request.max_tokens": 5n,
    "gen_ai.request.stop_sequences": ["END"],
  });
});

test("a call that was sent a summary of what went before says so", () => {
  const summary = held({ role: "user", content: [{ type: "compaction", content: "they talked" }] });
  expect(attributes(context([summary]))["gen_ai.conversation.compacted"]).toBe(true);
});

test("messages that were told before are a number beside those that are told, and no message", () => {
  const messages = ["[4 earlier messages]", { role: "user", content: "hi" }];
  const turn = attributes({ kind: "turn", input: held({ messages }), output: held(messages) });
  const hi = [{ role: "user", parts: [{ type: "text", content: "hi" }] }];
  expect(json(turn["gen_ai.input.messages"])).toEqual(hi);
  expect(json(turn["gen_ai.output.messages"])).toEqual(hi);
  expect(turn).toMatchObject({
    "spoor.earlier_messages.input": 4n,
    "spoor.earlier_messages.output": 4n,
  });
  const only = held({ messages: ["[17 earlier messages]"] });
  const graph = attributes({ kind: "workflow", input: only });
  expect(graph).not.toHaveProperty(["gen_ai.input.messages"]);
  expect(graph["spoor.earlier_messages.input"]).toBe(17n);
});

test("a call that goes on from another says what is told there", () => {
  const going = { from: "e0", keep: 4, cut: 1, count: 5 };
  const options = { content: exampleContent, contextMode: "delta" } as const;
  const span = exampleSpan(context([held({ role: "user", content: "hi" })], going));
  expect(attributesIn(encodeSpan(span, options).attributes)).toMatchObject({
    "spoor.context.from": "e0",
    "spoor.context.kept": 4n,
    "spoor.context.cut": 1n,
  });
});

test("what is longer than was asked for is shortened, and stays what it was", () => {
  const options = { content: exampleContent, maxAttributeBytes: 256 };
  const detail = held("x".repeat(1_000));
  const known = {
    kind: "tool",
    status: "error",
    errorType: "E",
    input: held({ q: "y".repeat(999) }),
  };
  const span = encodeSpan(exampleSpan({ ...known, detail } as Partial<Span>), options);
  const said = attributesIn(span.attributes);
  expect(json(said["gen_ai.tool.call.arguments"])).toEqual({
    q: expect.stringMatching(/^y+ \[cut from 999 characters\]$/),
  });
  expect(said["spoor.cut"]).toEqual(["gen_ai.tool.call.arguments"]);
  expect(span.status.message).toMatch(/^x+ \[cut from 1000 characters\]$/);
  expect(attributesIn(span.events[0]?.attributes ?? [])["spoor.cut"]).toEqual([
    "exception.message",
  ]);
});

const asked = {
  type: "interrupt.raised",
  on: "key-1",
  mark: "1",
  session: "session-1",
  wait: "approval",
  payload: held({ amount: 5 }),
  at: { ms: 1 },
} as unknown as AgentEvent;

test("a mark's content goes out with it, and only then", () => {
  const [event] = encoded({ marks: [asked] }).events;
  expect(attributesIn(event?.attributes ?? [])).toEqual({
    "spoor.interrupt.wait": "approval",
    "spoor.payload": '{"amount":5}',
  });
});

test("without content, no word of what was said leaves", () => {
  const secret = held("planted secret");
  const kinds = ["turn", "model", "tool", "agent", "retrieval", "step"] as const;
  const spans = kinds.map((kind) =>
    exampleSpan({
      ...context([secret], { instructions: secret, tools: secret }),
      kind,
      input: secret,
      output: secret,
      detail: secret,
      status: "error",
      parameters: secret,
      native: secret,
      labels: { ...exampleSpan().labels, userId: secret },
      marks: [{ ...asked, payload: secret } as unknown as AgentEvent],
    }),
  );
  const bytes = (content: typeof exampleContent | null): string =>
    JSON.stringify(encode(spans, { resource: { "service.name": "shop" }, content }));
  expect(bytes(null)).not.toContain("planted");
  expect(bytes(exampleContent)).toContain("planted");
});
