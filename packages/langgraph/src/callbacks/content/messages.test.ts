import { describe, expect, test } from "vitest";
import type { Fields } from "../native.ts";
import { createContent } from "./content.ts";

const ai = (fields: Fields): Fields => ({
  $message: "AIMessage",
  type: "ai",
  content: "",
  ...fields,
});
const neutral = (fields: Fields) => createContent().message(ai(fields));
const calls = [{ id: "c1", name: "add", args: { a: 1 } }];
const toolCalls = [{ id: "c1", name: "add", arguments: { a: 1 } }];

describe("a message that comes again", () => {
  test("as a copy with its id is the same object, so long as it says the same", () => {
    const content = createContent();
    const message = ai({ id: "m1", content: [{ type: "text", text: "hi" }], tool_calls: calls });
    const first = content.message(message);
    expect(content.message(structuredClone(message))).toBe(first);
    expect(content.message({ ...message, content: "ho" })).not.toBe(first);
    expect(content.message({ ...message, $message: "RemoveMessage", type: "remove" })).not.toBe(
      first,
    );
  });

  test("as a copy is known by an id that it got after the fact, as LangGraph gives them", () => {
    const content = createContent();
    const message: Record<string, unknown> = { ...ai({ content: "hi" }) };
    const first = content.message(message);
    message["id"] = "m1";
    expect(content.message(message)).toBe(first);
    expect(content.message(structuredClone(message))).toBe(first);
  });

  test("as a copy without an id is told anew, for two may say the same", () => {
    const content = createContent();
    const first = content.message(ai({ content: "yes" }));
    const second = content.message(ai({ content: "yes" }));
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
  });

  test("is known by its id as long as all that came after it is not too much to keep", () => {
    const content = createContent();
    const page = "x".repeat(1_000_000);
    const first = content.message(ai({ id: "m0", content: page }));
    content.message(ai({ id: "m1", content: page }));
    content.message(ai({ id: "m2", content: page }));
    expect(content.message(ai({ id: "m0", content: page }))).toBe(first);
    const last = content.message(ai({ id: "m3", content: page }));
    expect(content.message(ai({ id: "m3", content: page }))).toBe(last);
    expect(content.message(ai({ id: "m0", content: page }))).not.toBe(first);
  });

  test("is never known where it alone is too much to keep", () => {
    const content = createContent();
    const book = ai({ id: "m0", content: "x".repeat(4_000_001) });
    expect(content.message({ ...book })).not.toBe(content.message({ ...book }));
    expect(content.message(book)).toBe(content.message(book));
  });
});

describe("a message that is changed in place", () => {
  const edits: readonly (readonly [string, (message: Editable) => void])[] = [
    ["a block of its content", ({ content }) => void (content[0] = { type: "text", text: "ho" })],
    ["a field of a block", ({ content }) => void Object.assign(content[0] ?? {}, { text: "ho" })],
    ["a block more", ({ content }) => void content.push({ type: "text", text: "ho" })],
    ["an argument of a call", ({ tool_calls }) => void (tool_calls[0].args.a = 777)],
    ["its reasoning", (message) => void (message.additional_kwargs.reasoning_content = "hm")],
  ];

  test.each(edits)("is told as it is then: %s", (_what, edit) => {
    const content = createContent();
    const message = editable();
    const before = content.message(message);
    const kept = structuredClone(before);
    edit(message);
    const after = content.message(message);
    expect(after).toEqual(createContent().message(message));
    expect(after).not.toEqual(kept);
    expect(before).toEqual(kept);
    expect(content.message(message)).toBe(after);
  });

  test("and back again is told as it was", () => {
    const content = createContent();
    const message = editable();
    const before = content.message(message);
    message.tool_calls[0].args.a = 2;
    content.message(message);
    message.tool_calls[0].args.a = 1;
    expect(content.message(message)).toEqual(before);
  });
});

interface Editable extends Fields {
  readonly content: { type: string; text: string }[];
  readonly tool_calls: readonly [{ args: { a: number } }];
  readonly additional_kwargs: { reasoning_content?: string };
}

const editable = (): Editable => ({
  ...ai({ id: "m1" }),
  content: [{ type: "text", text: "hi" }],
  tool_calls: [{ args: { a: 1 } }],
  additional_kwargs: {},
});

describe("an answer", () => {
  test.each([
    ["Anthropic's", [{ type: "tool_use", id: "c1", name: "add", input: { a: 1 } }]],
    [
      "Anthropic's stream",
      [
        { type: "tool_use", id: "c1", name: "add", input: "", index: 1 },
        { type: "input_json_delta", input: '{"a":1}', index: 1 },
      ],
    ],
    ["Gemini's", [{ type: "functionCall", functionCall: { name: "add", args: { a: 1 } } }]],
    ["LangChain's own", [{ type: "tool_call", id: "c1", name: "add", args: { a: 1 } }]],
  ])("tells a tool call once, whatever %s blocks call it", (_provider, blocks) => {
    const text = { type: "text", text: "I add" };
    const content = [text, ...blocks];
    expect(neutral({ content, tool_calls: calls })).toEqual({
      role: "assistant",
      content: [text],
      toolCalls,
    });
    expect(neutral({ content: blocks, tool_calls: calls })).toMatchObject({ content: "" });
  });

  test("keeps blocks that nothing else tells of", () => {
    const content = [
      { type: "thinking", thinking: "hm", signature: "s" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
      { type: "server_tool_call", id: "s1", name: "search", args: {} },
    ];
    expect(neutral({ content, tool_calls: calls })).toMatchObject({ content, toolCalls });
    const unlisted = [{ type: "tool_use", id: "c1", name: "add", input: {} }];
    expect(neutral({ content: unlisted })).toEqual({ role: "assistant", content: unlisted });
  });

  test.each([
    [{ reasoning_content: "hm" }, { type: "reasoning", reasoning: "hm" }],
    [
      { reasoning: { type: "reasoning", summary: [{ text: "hm" }] } },
      { type: "reasoning", summary: [{ text: "hm" }] },
    ],
  ])("has its reasoning in front, wherever the integration keeps it (%#)", (beside, block) => {
    const text = { type: "text", text: "hi" };
    const additional_kwargs = beside;
    expect(neutral({ content: "hi", additional_kwargs })).toMatchObject({ content: [block, text] });
    expect(neutral({ additional_kwargs })).toMatchObject({ content: [block] });
    const inContent = [{ type: "reasoning", reasoning: "hm" }, text];
    expect(neutral({ content: inContent, additional_kwargs })).toMatchObject({
      content: inContent,
    });
  });

  test("tells calls that cannot be read as what they are", () => {
    const invalid_tool_calls = [{ id: "c2", name: "add", args: "{a:", error: "Malformed args." }];
    expect(neutral({ tool_calls: calls, invalid_tool_calls })).toEqual({
      role: "assistant",
      content: "",
      toolCalls,
      invalidToolCalls: [{ id: "c2", name: "add", arguments: "{a:", error: "Malformed args." }],
    });
  });

  test("may leave its calls without ids", () => {
    expect(neutral({ tool_calls: [{ name: "add", args: {} }] })).toMatchObject({
      toolCalls: [{ name: "add", arguments: {} }],
    });
  });
});

test("a removal names the message that it removes", () => {
  const removal = { $message: "RemoveMessage", type: "remove", id: "m1", content: "" };
  expect(createContent().message(removal)).toEqual({ role: "remove", content: "", removes: "m1" });
});

describe("a tool's answer", () => {
  const place = { thread: "t", showsLast: false };
  const answer = { $message: "ToolMessage", type: "tool", tool_call_id: "c1", content: "3 rows" };

  test("is taken out of its message, with the artifact that no model is sent", () => {
    const content = createContent();
    expect(content.toolAnswer(answer, place)).toBe("3 rows");
    const withArtifact = { ...answer, artifact: { rows: [1, 2, 3] } };
    expect(content.toolAnswer(withArtifact, place)).toEqual({
      content: "3 rows",
      artifact: { rows: [1, 2, 3] },
    });
    expect(content.message(withArtifact)).not.toHaveProperty("artifact");
  });

  test("that is no message is told as it is", () => {
    const content = createContent();
    expect(content.toolAnswer("plain", place)).toBe("plain");
    expect(content.toolAnswer({ update: { messages: [answer] } }, place)).toEqual({
      update: { messages: [{ role: "tool", content: "3 rows", toolCallId: "c1" }] },
    });
  });
});
