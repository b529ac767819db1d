import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../../../vocabulary/json.ts";
import { messageOf } from "../../../messages/message.ts";
import { chatMessagesOf } from "./chat-message.ts";

const chat = (value: JsonValue, role = "user"): readonly JsonObject[] =>
  chatMessagesOf(messageOf(value, role));

test("one text is the content", () => {
  expect(chat("hi")).toEqual([{ role: "user", content: "hi" }]);
  expect(chat({ role: "user", name: "ada", content: [{ type: "text", text: "hi" }] })).toEqual([
    { role: "user", name: "ada", content: "hi" },
  ]);
});

test("several parts are a list in OpenAI's form, and what has none there stays what it is", () => {
  const document = { type: "search_result", title: "a" };
  const image = { type: "image", source: { type: "url", url: "https://x.test/a.png" } };
  const file = { type: "image", source: { type: "file", file_id: "f" } };
  expect(chat({ role: "user", content: ["look", image, file, document] })).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "look" },
        { type: "image_url", image_url: { url: "https://x.test/a.png" } },
        { type: "file", modality: "image", file_id: "f" },
        document,
      ],
    },
  ]);
});

describe("calls of tools", () => {
  test("are told with id, name and arguments as JSON text, beside what was thought and said", () => {
    const said = [
      { type: "thinking", thinking: "hm" },
      { type: "text", text: "I look." },
      { type: "tool_use", id: "t", name: "f", input: { a: 1 } },
      { type: "tool_use", id: "u", name: "g" },
    ];
    expect(chat(said, "assistant")).toEqual([
      {
        role: "assistant",
        content: "I look.",
        thinking: [{ type: "thinking", content: "hm" }],
        tool_calls: [
          { id: "t", type: "function", function: { name: "f", arguments: '{"a":1}' } },
          { id: "u", type: "function", function: { name: "g" } },
        ],
      },
    ]);
  });

  test("that are all that was said leave no content", () => {
    const [message] = chat({
      role: "assistant",
      content: "",
      tool_calls: [{ id: "t", function: { name: "f", arguments: "{}" } }],
    });
    expect(message).toMatchObject({ content: null, tool_calls: [{ id: "t" }] });
  });
});

describe("answers of tools", () => {
  test("are a message each, before what else was said", () => {
    const content = [
      { type: "tool_result", tool_use_id: "t", content: "42" },
      {
        type: "tool_result",
        tool_use_id: "u",
        content: [{ type: "text", text: "no" }],
        is_error: true,
      },
      { type: "text", text: "go on" },
    ];
    expect(chat({ role: "user", content })).toEqual([
      { role: "tool", tool_call_id: "t", content: "42" },
      { role: "tool", tool_call_id: "u", content: "no", is_error: true },
      { role: "user", content: "go on" },
    ]);
  });

  test("that are no blocks are told as their JSON, and what is nothing stays nothing", () => {
    for (const [content, told] of [
      [[1, 2], "[1,2]"],
      [{ a: 1 }, '{"a":1}'],
      [null, null],
    ] as const)
      expect(chat({ role: "tool", tool_call_id: "t", content })).toEqual([
        { role: "tool", tool_call_id: "t", content: told },
      ]);
  });
});
