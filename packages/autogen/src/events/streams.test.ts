import { expect, test } from "vitest";
import type { LogLine } from "./native.ts";
import { Streams } from "./streams.ts";

const line = (type: string, agent: string, messages?: string): LogLine => ({
  kind: "event",
  type,
  fields: { agent_id: agent, ...(messages === undefined ? {} : { messages }) },
  writtenAt: undefined,
});
const begin = (agent: string, messages: string): LogLine => line("LLMStreamStart", agent, messages);
const end = (agent: string): LogLine => line("LLMStreamEnd", agent);

const sentIn = (...lines: readonly LogLine[]): readonly unknown[] => {
  const streams = new Streams();
  return lines
    .map((each) => streams.read(each))
    .filter(({ type }) => type === "LLMStreamEnd")
    .map(({ fields }) => fields["messages"]);
};

test("an end tells what was sent where its stream began", () => {
  expect(sentIn(begin("a/1", "one"), end("a/1"), begin("a/1", "two"), end("a/1"))).toEqual([
    "one",
    "two",
  ]);
});

test("agents that stream at once are told apart", () => {
  expect(sentIn(begin("a/1", "one"), begin("b/1", "two"), end("a/1"), end("b/1"))).toEqual([
    "one",
    "two",
  ]);
});

test("of two streams of one agent at once nobody knows which one ended, nor that the other is left", () => {
  const both = [begin("a/1", "one"), begin("a/1", "two"), end("a/1"), end("a/1")];
  expect(sentIn(...both, begin("a/1", "three"), end("a/1"))).toEqual([
    undefined,
    undefined,
    "three",
  ]);
});

test("an end without a beginning says nothing of what was sent", () => {
  expect(sentIn(end("a/1"))).toEqual([undefined]);
});
