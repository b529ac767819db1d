import type { DraftOf, EventDraft, EventType } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { autogen } from "../adapter.ts";

let count = 0;
const item = (type: string, source: string, rest: object): object => ({
  id: `m${(count += 1)}`,
  source,
  models_usage: null,
  created_at: "2026-01-01T10:00:00.000000Z",
  type,
  ...rest,
});
const used = { models_usage: { prompt_tokens: 5, completion_tokens: 2 } };

function drafts(...lines: readonly object[]): readonly EventDraft[] {
  const translator = autogen.createTranslator();
  return lines.flatMap((line) => {
    const native = autogen.parse(JSON.stringify(line));
    return native === null ? [] : [...translator.translate(native)];
  });
}

const ofType = <Type extends EventType>(said: readonly EventDraft[], type: Type) =>
  said.filter((draft): draft is DraftOf<Type> => draft.type === type);

const task = item("TextMessage", "user", { content: "add" });
const answer = item("TextMessage", "writer", { content: "done", ...used });
const result = { messages: [task, answer], stop_reason: "enough" };

const asking = (id: string): object =>
  item("ToolCallRequestEvent", "writer", {
    content: ["1", "2"].map((given) => ({ id, name: "add", arguments: `{"a":${given}}` })),
    ...used,
  });
const answering = (id: string): object =>
  item("ToolCallExecutionEvent", "writer", {
    content: [
      { content: "one", name: "add", call_id: id, is_error: false },
      { content: "no", name: "add", call_id: id, is_error: true },
    ],
  });

describe("a run", () => {
  test("says the same by its result alone as by its stream and its result", () => {
    expect(drafts(result)).toEqual(drafts(task, answer, result));
  });

  test("is a session that its first message names, and ends with why it stopped", () => {
    const said = drafts(task, answer, result);
    expect(new Set(said.map(({ session }) => session))).toEqual(new Set([Reflect.get(task, "id")]));
    expect(ofType(said, "decision.made")).toMatchObject([
      { kind: "termination", choice: "enough" },
    ]);
    expect(ofType(said, "turn.ended")).toMatchObject([{ outcome: { status: "ok" } }]);
  });

  test("that follows another one in the same recording is told apart from it", () => {
    const next = item("TextMessage", "user", { content: "add" });
    const said = drafts(task, answer, result, next);
    expect(ofType(said, "turn.started")).toHaveLength(2);
    expect(said.at(-1)?.session).toBe(Reflect.get(next, "id"));
  });

  test.each([
    ["RuntimeError", { status: "error", errorType: "RuntimeError" }],
    ["CancelledError", { status: "cancelled" }],
  ])("that threw a %s is not open, where whoever recorded it says so", (type, outcome) => {
    const said = drafts(task, { "#thrown": { type, message: "no" } }, task);
    expect(ofType(said, "turn.ended")).toMatchObject([{ outcome, detail: "no" }]);
    expect(ofType(said, "turn.started")).toHaveLength(2);
  });

  test("is over, though nobody saw its end, where another one is said to begin", () => {
    const said = drafts(task, { "#run": { n: 2 } }, answer, result);
    expect(ofType(said, "turn.started")).toHaveLength(2);
    expect(ofType(said, "turn.ended").map(({ session }) => session)).toEqual([
      Reflect.get(answer, "id"),
    ]);
  });

  test("goes on while no result has come", () => {
    expect(ofType(drafts(task, answer), "turn.ended")).toEqual([]);
  });
});

describe("tool calls", () => {
  test.each([
    ["without ids", ""],
    ["with equal ids", "0"],
  ])("%s are answered in the order in which they were asked for", (_, id) => {
    const said = drafts(task, asking(id), answering(id));
    const started = ofType(said, "tool.started");
    expect(started.map(({ input }) => input)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(new Set(started.map(({ key }) => key)).size).toBe(2);
    expect(ofType(said, "tool.ended")).toMatchObject([
      { key: started[0]?.key, outcome: { status: "ok" }, output: "one" },
      { key: started[1]?.key, outcome: { status: "error" }, detail: "no" },
    ]);
  });

  test("name the model call that asked for them, and lie in their agent beside it", () => {
    const said = drafts(task, asking("call_1"));
    const [call] = ofType(said, "model.started");
    expect(ofType(said, "tool.started")).toMatchObject([
      { causedBy: call?.key, parent: call?.parent, toolCallId: "call_1" },
      { causedBy: call?.key, parent: call?.parent, toolCallId: "call_1" },
    ]);
  });

  test("that an agent stands for hold its work, and the task that it was given", () => {
    const request = item("ToolCallRequestEvent", "writer", {
      content: [{ id: "c", name: "poet", arguments: "{}" }],
    });
    const inner = item("TextMessage", "user", { content: "a line" });
    const poem = item("TextMessage", "poet", { content: "rain", ...used });
    const said = drafts(task, request, inner, poem);
    const [tool] = ofType(said, "tool.started");
    expect(ofType(said, "turn.started")).toHaveLength(1);
    expect(ofType(said, "message.received").at(-1)).toMatchObject({ on: tool?.key });
    expect(ofType(said, "work.started").at(-1)).toMatchObject({ agent: "poet", parent: tool?.key });
  });
});

test("of tools that are teams, the one whose argument the task is holds the work", () => {
  const request = item("ToolCallRequestEvent", "editor", {
    content: ["north", "south"].map((desk) => ({
      id: desk,
      name: `${desk}_desk`,
      arguments: JSON.stringify({ task: `the ${desk}` }),
    })),
    ...used,
  });
  const inner = item("TextMessage", "user", { content: "the south" });
  const said = drafts(task, request, inner, item("TextMessage", "reporter", { content: "rain" }));
  const [, south] = ofType(said, "tool.started");
  expect(ofType(said, "message.received").at(-1)).toMatchObject({ on: south?.key });
  expect(ofType(said, "work.started").at(-1)).toMatchObject({
    agent: "reporter",
    parent: south?.key,
  });
});

test("a model that reads what a tool answered is called because of that", () => {
  const reading = item("TextMessage", "writer", { content: "done", ...used });
  const said = drafts(task, asking("call_1"), answering("call_1"), reading);
  const [tool] = ofType(said, "tool.started");
  expect(ofType(said, "model.started").map(({ causedBy }) => causedBy)).toEqual([
    undefined,
    tool?.key,
  ]);
});

describe("tokens", () => {
  test("of a message are never its call's last word", () => {
    expect(ofType(drafts(task, answer), "usage.reported")).toMatchObject([
      { usage: { input: 5, output: 2 }, final: false },
    ]);
  });

  test("are unknown where a stream says 0/0, though a model was called", () => {
    const none = { models_usage: { prompt_tokens: 0, completion_tokens: 0 } };
    const said = drafts(task, item("TextMessage", "writer", { content: "done", ...none }));
    expect(ofType(said, "model.started")).toHaveLength(1);
    expect(ofType(said, "usage.reported")).toEqual([]);
  });
});

test("a handoff names who goes on", () => {
  const handoff = item("HandoffMessage", "triage", { content: "yours", target: "refunds" });
  expect(ofType(drafts(task, handoff), "handoff.made")).toMatchObject([{ to: "refunds" }]);
});

test("pieces of an answer that comes whole later say nothing", () => {
  const piece = item("ModelClientStreamingChunkEvent", "writer", { content: "do" });
  expect(drafts(task, piece, answer)).toEqual(drafts(task, answer));
});
