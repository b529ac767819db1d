import { describe, expect, test } from "vitest";
import { type Conversation, conversationOf } from "./conversation.ts";

const fromUser = (...contents: readonly string[]): Conversation => ({
  messages: [{ role: "user", parts: contents.map((content) => ({ type: "text", content })) }],
  earlier: 0,
});

describe("what went into a graph", () => {
  const messages = ["[2 earlier messages]", { role: "user", content: "hi" }];
  const spoken = [{ role: "user", parts: [{ type: "text", content: "hi" }] }];

  test("is the messages of its state, and how many earlier ones its words stand for", () => {
    const conversation = { messages: spoken, earlier: 2 };
    expect(conversationOf({ messages }, "user")).toEqual(conversation);
    expect(conversationOf(messages, "user")).toEqual(conversation);
  });

  test("is what else is in its state as well", () => {
    const beside = { role: "user", parts: [{ type: "text", content: '{"city":"Rome"}' }] };
    expect(conversationOf({ messages, city: "Rome" }, "user")).toEqual({
      messages: [beside, ...spoken],
      earlier: 2,
    });
  });

  test("is no message where all of them were told before", () => {
    const told = { messages: [], earlier: 2 };
    expect(conversationOf({ messages: ["[2 earlier messages]"] }, "user")).toEqual(told);
    expect(conversationOf(["[2 earlier messages]"], "user")).toEqual(told);
  });

  test("is whatever else a text among its messages says, by nobody knows whom", () => {
    expect(conversationOf(["so", { role: "user", content: "hi" }], "user")).toEqual({
      messages: [{ role: "unknown", parts: [{ type: "text", content: "so" }] }, ...spoken],
      earlier: 0,
    });
  });

  test("is one message where it is none", () => {
    expect(conversationOf({ city: "Rome" }, "user")).toEqual(fromUser('{"city":"Rome"}'));
    expect(conversationOf(["a", "b"], "user")).toEqual(fromUser("a", "b"));
  });
});
