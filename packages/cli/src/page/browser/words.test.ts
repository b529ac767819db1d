import { expect, test } from "vitest";
import type { JsonValue } from "../page-data.ts";
import { blocksOf, excerptOf } from "./words.ts";

const textOf = (value: JsonValue) => ({ text: JSON.stringify(value), json: true as const });

test("of a message and its blocks stands there what they say, and what else they are", () => {
  const message = {
    role: "assistant",
    content: [
      { type: "text", text: "Let me look." },
      { type: "tool_use", name: "Read", input: { path: "a.ts" } },
      { type: "tool_result", content: "gone", is_error: true },
    ],
  };
  expect(blocksOf(textOf(message))).toEqual([
    { label: null, text: "Let me look." },
    { label: "calls Read", text: '{"path":"a.ts"}' },
    { label: "tool result, an error", text: "gone" },
  ]);
});

test("a text stands as it is, a value as its JSON, and JSON that was cut as what is left of it", () => {
  expect(blocksOf({ text: '{"a"' })).toEqual([{ label: null, text: '{"a"' }]);
  expect(blocksOf(textOf([1, 2]))).toEqual([{ label: null, text: "[1,2]" }]);
  expect(blocksOf({ text: '{"a": "bro', json: true })).toEqual([
    { label: null, text: '{"a": "bro' },
  ]);
});

test("on one line, an object of scalars reads without its braces", () => {
  expect(excerptOf(textOf({ path: "a.ts" }))).toBe("a.ts");
  expect(excerptOf(textOf({ path: "a.ts", limit: 20 }))).toBe("path a.ts, limit 20");
  expect(excerptOf(null)).toBe("");
});
