import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../../vocabulary/json.ts";
import { conversationOf } from "./conversation.ts";
import { messageOf } from "./message.ts";
import { partsOf } from "./part.ts";
import { problemsInInstructions, problemsInMessages } from "./schema.fixture.ts";

const partOf = (block: JsonValue): unknown => {
  const message = messageOf({ role: "user", content: [block] }, "unknown");
  expect(problemsInMessages([message])).toEqual([]);
  return message.parts[0];
};

describe("a block becomes the part that the conventions have for it", () => {
  test.each<[string, JsonValue, object]>([
    ["a text", "hello", { type: "text", content: "hello" }],
    ["Anthropic's text", { type: "text", text: "hi" }, { type: "text", content: "hi" }],
    ["OpenAI's answer", { type: "output_text", text: "hi" }, { type: "text", content: "hi" }],
    ["thinking", { type: "thinking", thinking: "hm" }, { type: "reasoning", content: "hm" }],
    [
      "LangChain's reasoning",
      { type: "reasoning", reasoning: "hm" },
      { type: "reasoning", content: "hm" },
    ],
    [
      "OpenAI's summary of reasoning",
      {
        type: "reasoning",
        id: "rs_1",
        summary: [
          { type: "summary_text", text: "a" },
          { type: "summary_text", text: "b" },
        ],
      },
      { type: "reasoning", content: "a\nb" },
    ],
    [
      "a call",
      { type: "tool_use", id: "t", name: "f", input: { a: 1 } },
      { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } },
    ],
    [
      "LangChain's call",
      { type: "tool_call", id: "t", name: "f", args: { a: 1 } },
      { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } },
    ],
    [
      "OpenAI's call",
      { type: "function_call", id: "fc_1", call_id: "t", name: "f", arguments: '{"a":1}' },
      { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } },
    ],
    [
      "an answer of a tool",
      {
        type: "tool_result",
        tool_use_id: "t",
        content: [{ type: "text", text: "no" }],
        is_error: true,
      },
      {
        type: "tool_call_response",
        id: "t",
        response: [{ type: "text", text: "no" }],
        is_error: true,
      },
    ],
    [
      "OpenAI's answer of a tool",
      { type: "function_call_output", call_id: "t", output: "42" },
      { type: "tool_call_response", id: "t", response: "42" },
    ],
    [
      "a call that the provider makes itself",
      { type: "server_tool_use", id: "s", name: "web_search", input: { query: "x" } },
      {
        type: "server_tool_call",
        id: "s",
        name: "web_search",
        server_tool_call: { query: "x", type: "web_search" },
      },
    ],
    [
      "what it found",
      { type: "web_search_tool_result", tool_use_id: "s", content: [] },
      {
        type: "server_tool_call_response",
        id: "s",
        server_tool_call_response: { type: "web_search", content: [] },
      },
    ],
    [
      "a call of a provider's MCP client",
      { type: "mcp_tool_use", id: "s", name: "look", server_name: "docs", input: {} },
      {
        type: "server_tool_call",
        id: "s",
        name: "look",
        server_tool_call: { server_name: "docs", type: "mcp" },
      },
    ],
    [
      "Anthropic's image",
      { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
      { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" },
    ],
    [
      "an image elsewhere",
      { type: "image", source: { type: "url", url: "https://x.example/a.png" } },
      { type: "uri", modality: "image", uri: "https://x.example/a.png" },
    ],
    [
      "a document that the provider has",
      { type: "document", source: { type: "file", file_id: "file_1" } },
      { type: "file", modality: "document", file_id: "file_1" },
    ],
    [
      "OpenAI's image",
      { type: "image_url", image_url: { url: "data:image/jpeg;base64,QUFB" } },
      { type: "blob", modality: "image", mime_type: "image/jpeg", content: "QUFB" },
    ],
    [
      "OpenAI's image, named by its address alone",
      { type: "input_image", image_url: "https://x.example/a.png" },
      { type: "uri", modality: "image", uri: "https://x.example/a.png" },
    ],
    [
      "OpenAI's sound",
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      { type: "blob", modality: "audio", mime_type: "audio/wav", content: "AAAA" },
    ],
    [
      "LangChain's file",
      { type: "file", data: "AAAA", mimeType: "application/pdf" },
      { type: "blob", modality: "document", mime_type: "application/pdf", content: "AAAA" },
    ],
    [
      "LangChain's older video",
      { type: "video", source_type: "id", id: "v_1", mime_type: "video/mp4" },
      { type: "file", modality: "video", mime_type: "video/mp4", file_id: "v_1" },
    ],
    [
      "a thing of a kind that the conventions do not know",
      { type: "uri", modality: "smell", uri: "https://x.example/a" },
      { type: "uri", modality: "document", uri: "https://x.example/a" },
    ],
    [
      "bytes that were not kept",
      { type: "image", source: { type: "base64", data: "[40 characters of base64 not kept]" } },
      { type: "text", content: "[40 characters of base64 not kept]" },
    ],
    [
      "a compaction",
      { type: "compaction", content: "they talked" },
      { type: "compaction", content: "they talked" },
    ],
    [
      "what has no counterpart",
      { type: "redacted_thinking", data: "x" },
      { type: "redacted_thinking", data: "x" },
    ],
    [
      "what is not what it says",
      { type: "text", words: 1 },
      { type: "text", content: '{"type":"text","words":1}' },
    ],
    [
      "a call of nothing",
      { type: "tool_call", id: "t" },
      { type: "text", content: '{"type":"tool_call","id":"t"}' },
    ],
  ])("%s", (_, block, part) => {
    expect(partOf(block)).toEqual(part);
  });
});

describe("a message is understood in the form of", () => {
  const call = { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } };
  test.each<[string, JsonValue, object]>([
    [
      "LangGraph's adapter",
      {
        role: "assistant",
        content: [{ type: "reasoning", reasoning: "hm" }],
        toolCalls: [{ id: "t", name: "f", arguments: { a: 1 } }],
        invalidToolCalls: [{ id: "u", name: "g", arguments: "{", error: "no JSON" }],
      },
      {
        role: "assistant",
        parts: [
          { type: "reasoning", content: "hm" },
          call,
          { type: "tool_call", id: "u", name: "g", arguments: "{", error: "no JSON" },
        ],
      },
    ],
    [
      "LangGraph's adapter, of a tool",
      { role: "tool", content: "42", toolCallId: "t", name: "f", status: "error" },
      { role: "tool", parts: [{ type: "tool_call_response", id: "t", response: "42" }], name: "f" },
    ],
    [
      "OpenAI's chat",
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "t", type: "function", function: { name: "f", arguments: '{"a":1}' } }],
      },
      { role: "assistant", parts: [call] },
    ],
    [
      "OpenAI's chat, of a tool",
      { role: "tool", tool_call_id: "t", content: "42" },
      { role: "tool", parts: [{ type: "tool_call_response", id: "t", response: "42" }] },
    ],
    [
      "DeepSeek",
      { role: "assistant", reasoning_content: "hm", content: "hi" },
      {
        role: "assistant",
        parts: [
          { type: "reasoning", content: "hm" },
          { type: "text", content: "hi" },
        ],
      },
    ],
    [
      "Gemini",
      {
        role: "model",
        parts: [{ type: "functionCall", functionCall: { name: "f", args: { a: 1 } } }],
      },
      { role: "assistant", parts: [{ type: "tool_call", name: "f", arguments: { a: 1 } }] },
    ],
    [
      "the conventions themselves",
      { role: "user", parts: [{ type: "text", content: "hi" }], name: "ada" },
      { role: "user", parts: [{ type: "text", content: "hi" }], name: "ada" },
    ],
    [
      "OpenAI's items without a speaker",
      { type: "function_call", call_id: "t", name: "f", arguments: '{"a":1}' },
      { role: "assistant", parts: [call] },
    ],
    [
      "OpenAI's answers without a speaker",
      { type: "function_call_output", call_id: "t", output: "42" },
      { role: "tool", parts: [{ type: "tool_call_response", id: "t", response: "42" }] },
    ],
    ["text", "hi", { role: "unknown", parts: [{ type: "text", content: "hi" }] }],
  ])("%s", (_, value, message) => {
    expect(messageOf(value, "unknown")).toEqual(message);
    expect(problemsInMessages([message])).toEqual([]);
  });
});

/** Anything, and most of all what is nearly a message. */
const nearly = fc.letrec((tie) => ({
  block: fc.record(
    {
      type: fc.oneof(
        fc.constantFrom("text", "tool_call", "tool_use", "tool_result", "image", "file", "blob"),
        fc.constantFrom("uri", "compaction", "reasoning", "server_tool_use", "x_tool_result"),
        fc.string(),
      ),
      text: fc.jsonValue(),
      content: fc.jsonValue(),
      name: fc.jsonValue(),
      input: fc.jsonValue(),
      source: fc.jsonValue(),
      modality: fc.jsonValue(),
      data: fc.string(),
      summary: fc.array(fc.jsonValue()),
    },
    { requiredKeys: ["type"] },
  ),
  message: fc.record(
    {
      role: fc.string(),
      content: fc.oneof(fc.jsonValue(), fc.array(tie("block"))),
      parts: fc.array(fc.oneof(tie("block"), fc.jsonValue())),
      toolCalls: fc.jsonValue(),
      tool_calls: fc.array(fc.jsonValue()),
      toolCallId: fc.jsonValue(),
    },
    { requiredKeys: ["role"] },
  ),
})).message as fc.Arbitrary<JsonValue>;

test("whatever was said, the schemas of the conventions accept what is made of it", () => {
  fc.assert(
    fc.property(
      fc.oneof(nearly, fc.array(nearly), fc.jsonValue() as fc.Arbitrary<JsonValue>),
      (said) => {
        expect(problemsInMessages(conversationOf(said, "user").messages)).toEqual([]);
        expect(problemsInInstructions(partsOf(said))).toEqual([]);
      },
    ),
  );
});
