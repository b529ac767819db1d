import {
  AIMessage,
  AIMessageChunk,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { Command, MemorySaver, Send } from "@langchain/langgraph";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalText } from "./canonical.ts";

const { serde } = new MemorySaver();

/** What a checkpointer gives back of a value. */
async function reloaded(value: unknown): Promise<unknown> {
  const [type, bytes] = await serde.dumpsTyped({ value });
  const loaded = (await serde.loadsTyped(type, bytes)) as { readonly value: unknown };
  return loaded.value;
}

class Account {
  readonly owner = "ada";
  readonly #balance = 12;
  get balance(): number {
    return this.#balance;
  }
}

describe("a value has the same text before it was stored and after it was loaded:", () => {
  const call = { id: "c1", name: "add", args: { a: 1 }, type: "tool_call" } as const;
  const chunk = new AIMessageChunk({
    content: "hi",
    tool_call_chunks: [{ id: "c1", name: "add", args: '{"a":1}', index: 0 }],
  });
  test.each<readonly [string, unknown]>([
    ["a date", new Date(0)],
    [
      "a map and a set",
      {
        map: new Map<unknown, unknown>([
          ["a", { b: 1 }],
          [2, "c"],
        ]),
        set: new Set([1, "b"]),
      },
    ],
    ["bytes", { bytes: new Uint8Array([1, 2, 255]), buffer: Buffer.from("hi") }],
    ["an error and a pattern", { error: new TypeError("no"), pattern: /a+/gi }],
    ["an instance of a class", new Account()],
    ["what is undefined, and a function", { gone: undefined, list: [undefined, 1], run: () => 1 }],
    ["numbers that JSON does not know", [Number.NaN, Infinity, -0, 1e21, 0.1]],
    ["boxed ones", [Object(1), Object("a"), Object(true)]],
    ["half of a character", "a\ud800b"],
    ["a name that every object has", JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}')],
    [
      "a human and a system message",
      [new HumanMessage("hi"), new SystemMessage({ content: "be kind", id: "s" })],
    ],
    [
      "an answer with all that may come with one",
      new AIMessage({
        content: [{ type: "text", text: "hm" }],
        tool_calls: [call],
        usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } as never,
        response_metadata: { model_name: "m" },
        additional_kwargs: { reasoning_content: "because" },
        id: "a1",
      }),
    ],
    [
      "an answer that was streamed",
      chunk.concat(new AIMessageChunk({ content: " there", id: "a2" })),
    ],
    [
      "what a tool answered",
      new ToolMessage({
        content: "3",
        tool_call_id: "c1",
        artifact: new Map([["a", 1]]),
        status: "error",
      }),
    ],
    [
      "a message to a node and a command",
      [
        new Send("node", { a: [new HumanMessage("hi")] }),
        new Command({ goto: "x", update: { a: 1 } }),
      ],
    ],
  ])("%s", async (_, value) => {
    const text = canonicalText(value);
    expect(canonicalText(await reloaded(value))).toBe(text);
    expect(canonicalText(await reloaded(await reloaded(value)))).toBe(text);
  });

  test("whatever may stand in JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
        fc.pre(!JSON.stringify(value).includes('"lc"'));
        expect(canonicalText(await reloaded(value))).toBe(canonicalText(value));
      }),
    );
  });
});

test("the order of names says nothing, and all else does", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
      const same = JSON.stringify(inOrder(left)) === JSON.stringify(inOrder(right));
      expect(canonicalText(left) === canonicalText(right)).toBe(same);
      expect(canonicalText(inOrder(left))).toBe(canonicalText(left));
    }),
  );
  expect(canonicalText({ b: 1, a: 2 })).toBe('{"a":2,"b":1}');
});

test("a cycle is said, a getter that throws and what is too deep are refused", () => {
  const around: { self?: unknown } = {};
  around.self = around;
  expect(canonicalText(around)).toBe('{"self":"[Circular]"}');
  const throwing = {
    get now(): number {
      throw new Error("not now");
    },
  };
  expect(() => canonicalText(throwing)).toThrow("not now");
  let deep: unknown = 1;
  for (let level = 0; level < 10_000; level += 1) deep = [deep];
  expect(() => canonicalText(deep)).toThrow("too deep");
  expect(canonicalText(10n)).toBe('{"bigint":"10"}');
});

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? 0 : value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(
    names.map((name) => [name, inOrder((value as Record<string, unknown>)[name])]),
  );
}
