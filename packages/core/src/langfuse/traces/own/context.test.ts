import { expect, test } from "vitest";
import type { FullContext } from "../../../vocabulary/event.ts";
import type { JsonValue } from "../../../vocabulary/json.ts";
import { type Reading, startReading } from "../reading.ts";
import { contextOf } from "./context.ts";

const agent = { session: "chat", agent: "guide" };
const message = (content: string): JsonValue => ({ role: "user", content });
const earlier = (count: number): JsonValue => ({
  role: "unknown",
  content: `[${count} earlier messages]`,
});
const toldFirst = (reading: Reading): FullContext =>
  contextOf(reading, agent, ["a", "b", "c"].map(message), { count: 3 });

test("what a call was sent besides is taken from the call before it", () => {
  const reading = startReading();
  toldFirst(reading);
  const since = { keep: 3, cut: 0, added: 1 };
  expect(contextOf(reading, agent, [earlier(3), message("d")], { count: 4, since })).toEqual({
    messages: ["a", "b", "c", "d"].map(message),
  });
});

test("what was cut of it is not taken over", () => {
  const reading = startReading();
  toldFirst(reading);
  const since = { keep: 1, cut: 1, added: 1 };
  expect(contextOf(reading, agent, [earlier(2), message("d")], { count: 3, since })).toEqual({
    messages: ["a", "c", "d"].map(message),
  });
});

test.each([
  ["of another agent", { ...agent, agent: "other" }, { keep: 3, cut: 0, added: 1 }],
  ["that was sent another number of messages", agent, { keep: 5, cut: 0, added: 1 }],
])("nothing is taken from a call %s: words say how much is missing", (_, call, since) => {
  const reading = startReading();
  toldFirst(reading);
  const { keep } = since;
  expect(
    contextOf(reading, call, [earlier(keep), message("d")], { count: keep + 1, since }).messages,
  ).toEqual([`[${keep} earlier messages]`, message("d")]);
});

test("of a message that stands as several, only a context of which nothing was cut is taken over", () => {
  const reading = startReading();
  contextOf(reading, agent, ["a", "b", "c"].map(message), { count: 2 });
  const cut = { count: 2, since: { keep: 0, cut: 1, added: 1 } };
  expect(contextOf(reading, agent, [earlier(1), message("d")], cut).messages).toEqual([
    "[1 earlier messages]",
    message("d"),
  ]);
});

test("what a call was instructed stands before its messages, and a system message of its own among them", () => {
  const system = { role: "system", content: "be brief" };
  const sent = { messages: [system, message("a")], tools: [{ name: "search" }] };
  expect(contextOf(startReading(), agent, sent, { count: 1 })).toEqual({
    instructions: "be brief",
    tools: [{ name: "search" }],
    messages: [message("a")],
  });
  expect(contextOf(startReading(), agent, [system, message("a")], { count: 2 })).toEqual({
    messages: [system, message("a")],
  });
});

test("tools of which only the names are told again are those of the call before", () => {
  const reading = startReading();
  const tools = [{ type: "function", function: { name: "search", description: "finds" } }];
  contextOf(reading, agent, { messages: [message("a")], tools }, { count: 1 });
  const named = [{ type: "function", function: { name: "search" } }];
  const since = { keep: 1, cut: 0, added: 1 };
  const words = { role: "unknown", content: "[1 earlier message]" };
  const sent = { messages: [words, message("b")], tools: named };
  expect(contextOf(reading, agent, sent, { count: 2, since })).toEqual({
    tools,
    messages: [message("a"), message("b")],
  });
});

test("what the model thought is part of what it said again", () => {
  const thinking = [{ type: "thinking", content: "hm" }];
  const answer = { role: "assistant", content: "yes", thinking };
  expect(contextOf(startReading(), agent, [answer], { count: 1 }).messages).toEqual([
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "hm" },
        { type: "text", text: "yes" },
      ],
    },
  ]);
});
