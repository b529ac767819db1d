import { expect, test } from "vitest";
import type { JsonValue } from "../../vocabulary/json.ts";
import { gistOf } from "./gist.ts";

const asked = { role: "user", content: "How warm is it?" };
const answered = { role: "assistant", content: "22 °C", name: "weather" };
const calling = { role: "assistant", content: "", toolCalls: [{ name: "thermometer" }] };
const blocks = [
  { type: "text", text: "Look:" },
  { type: "text", text: "22 °C" },
];

test.each<readonly [string, JsonValue, string]>([
  ["a text is that text", "22 °C", "22 °C"],
  ["a message is what it says", answered, "22 °C"],
  ["a message that says nothing is what it carries", calling, 'toolCalls [{"name":"thermometer"}]'],
  ["a conversation is what was said last", [asked, answered], "22 °C"],
  ["the messages of a state are what was said last", { messages: [asked, answered] }, "22 °C"],
  [
    "messages that went before are left out",
    { messages: ["[3 earlier messages]", answered], next: "" },
    "22 °C",
  ],
  ["or are all there is", { messages: ["[3 earlier messages]"] }, "[3 earlier messages]"],
  ["blocks are their words", blocks, "Look:\n22 °C"],
  ["a block of text is its text", { type: "text", text: "22 °C" }, "22 °C"],
  ["one field alone is its text", { command: "npm test" }, "npm test"],
  ["plain fields stand behind their names", { amount: 50, to: "Grace" }, "amount 50, to Grace"],
  ["plain items stand side by side", ["tools", "end"], "tools, end"],
  ["anything else is JSON", { at: { x: 1 } }, '{"at":{"x":1}}'],
  ["and stays on one line", { at: { x: "x".repeat(90) } }, `{"at":{"x":"${"x".repeat(90)}"}}`],
  ["nothing in braces is braces", {}, "{}"],
  ["nothing in brackets is brackets", [], "[]"],
])("%s", (_, value, gist) => {
  expect(gistOf(value)).toBe(gist);
});
