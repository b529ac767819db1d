import { describe, expect, test } from "vitest";
import { createContent } from "./content.ts";
import { draftsOf, only } from "../fixtures.ts";

class LiveMessage {
  name?: string;
  readonly content: unknown;
  readonly tool_calls?: readonly unknown[];
  readonly #type: string;
  constructor(type: string, content: unknown, calls?: readonly unknown[]) {
    this.#type = type;
    this.content = content;
    if (calls !== undefined) this.tool_calls = calls;
  }
  getType(): string {
    return this.#type;
  }
}

describe("a message", () => {
  test("reads alike, live or recorded", () => {
    const content = createContent();
    const calls = [{ id: "c1", name: "add", args: { a: 1 }, type: "tool_call" }];
    const live = content.message(new LiveMessage("ai", "hi", calls));
    const recorded = content.message({
      $message: "AIMessage",
      type: "ai",
      content: "hi",
      tool_calls: calls,
    });
    expect(live).toEqual({
      role: "assistant",
      content: "hi",
      toolCalls: [{ id: "c1", name: "add", arguments: { a: 1 } }],
    });
    expect(recorded).toEqual(live);
  });

  test("that is the same object gives the same object, until it says something else", () => {
    const content = createContent();
    const message = new LiveMessage("ai", "hi");
    const first = content.message(message);
    expect(content.message(message)).toBe(first);
    expect(content.json({ messages: [message] })).toEqual({ messages: [first] });
    message.name = "planner";
    expect(content.message(message)).toEqual({ role: "assistant", content: "hi", name: "planner" });
  });

  test("that asks for tools gives the same object, until what it asks for is changed in place", () => {
    const content = createContent();
    const args: Record<string, unknown> = { city: "Oslo", days: [1, 2] };
    const calls = [{ id: "c1", name: "weather", args }];
    const message = new LiveMessage("ai", "", calls);
    const first = content.message(message);
    expect(content.message(message)).toBe(first);
    args["days"] = [1, 3];
    const asksOtherwise = [
      { id: "c1", name: "weather", arguments: { city: "Oslo", days: [1, 3] } },
    ];
    expect(content.message(message)).toMatchObject({ toolCalls: asksOtherwise });
    expect(first).toMatchObject({ toolCalls: [{ arguments: { days: [1, 2] } }] });
    args["days"] = null;
    expect(content.message(message)).toMatchObject({ toolCalls: [{ arguments: { days: null } }] });
    args["days"] = undefined;
    expect(content.message(message)).not.toHaveProperty("toolCalls.0.arguments.days");
    calls.push({ id: "c2", name: "weather", args: {} });
    expect(content.message(message)).toMatchObject({ toolCalls: [{ id: "c1" }, { id: "c2" }] });
    calls.length = 0;
    expect(content.message(message)).toEqual({ role: "assistant", content: "" });
  });

  test("whose arguments cannot be looked at any more is read anew", () => {
    const content = createContent();
    const args = { city: "Oslo" };
    const message = new LiveMessage("ai", "", [{ id: "c1", name: "weather", args }]);
    content.message(message);
    Object.defineProperty(args, "city", {
      enumerable: true,
      get: () => {
        throw new Error("gone");
      },
    });
    expect(content.message(message)).toMatchObject({
      toolCalls: [{ arguments: { city: "[getter threw]" } }],
    });
  });

  test("of a tool keeps which call it answers, and that it failed", () => {
    const failed = {
      $message: "ToolMessage",
      type: "tool",
      content: "no",
      tool_call_id: "c1",
      status: "error",
    };
    expect(createContent().message(failed)).toEqual({
      role: "tool",
      content: "no",
      toolCallId: "c1",
      status: "error",
    });
  });

  test.each([
    [new LiveMessage("human", "x"), "user"],
    [new LiveMessage("system", "x"), "system"],
    [{ $message: "ChatMessage", type: "generic", role: "human", content: "x" }, "user"],
    [{ $message: "RemoveMessage", type: "remove", content: "" }, "remove"],
  ])("speaks in the role that all frameworks share (%#)", (message, role) => {
    expect(createContent().message(message)).toMatchObject({ role });
  });
});

test("the same tools give the same object in whatever array they come", () => {
  const content = createContent();
  const [add, subtract] = [{ name: "add" }, { name: "subtract" }];
  const first = content.tools([add, subtract]);
  expect(content.tools([add, subtract])).toBe(first);
  expect(content.tools(structuredClone([add, subtract]))).toBe(first);
  expect(content.tools([add])).toEqual([{ name: "add" }]);
  expect(content.tools([])).toBeUndefined();
});

const json = (value: unknown) => createContent().json(value);

describe("a live value", () => {
  test("keeps its data, and nothing that has none", () => {
    const value = {
      signal: new AbortController().signal,
      write: () => 1,
      when: new Date(0),
      ids: new Set([1, 2]),
      big: 12n,
      nothing: undefined,
      error: new RangeError("far"),
      bytes: new Uint8Array(3),
    };
    expect(json(value)).toEqual({
      when: "1970-01-01T00:00:00.000Z",
      ids: [1, 2],
      big: "12",
      error: { name: "RangeError", message: "far" },
      bytes: "[3 bytes]",
    });
  });

  test("says where it was cut: in itself, too deep, too large", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(json(circle)).toEqual({ self: "[cut: stands in itself]" });
    const deep = Array.from({ length: 10_000 }).reduce<unknown>((inner) => [inner], 1);
    expect(JSON.stringify(json(deep))).toContain("[cut: too deep]");
    const wide = Array.from({ length: 100_001 }, () => ({}));
    expect(JSON.stringify(json(wide))).toContain("[cut: too large]");
  });

  test.each([
    ["of values that are no objects", Array.from({ length: 200_000 }, () => "x")],
    ["in a list that goes on", Array.from({ length: 200_000 }, () => ({}))],
    [
      "in many lists",
      Array.from({ length: 1_000 }, () => Array.from({ length: 1_000 }, () => "x")),
    ],
  ])("that is too large ends there: %s", (_which, large) => {
    const form = JSON.stringify(json({ large, later: 1 }));
    expect(form.length).toBeLessThan(1_100_000);
    expect(form).toContain('"[cut: too large]"');
  });

  test("tells embeddings by their length, and other numbers as they are", () => {
    const vector = Array.from({ length: 1_536 }, (_, index) => index / 2);
    const chart = vector.slice(0, 255);
    expect(json({ vector, chart, mixed: [...vector, "x"] })).toEqual({
      vector: "[1536 numbers]",
      chart,
      mixed: [...vector, "x"],
    });
  });

  test("says what of it cannot be read, and tells the rest", () => {
    const hostile = Object.defineProperty({ open: 1 }, "secret", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(json({ hostile, proxy, kept: 1 })).toEqual({
      hostile: { open: 1, secret: "[getter threw]" },
      proxy: "[unreadable]",
      kept: 1,
    });
  });

  test("that throws for every name it does not know is told by those it has", () => {
    const strict = new Proxy<Record<string, unknown>>(
      { a: 1 },
      {
        get: (target, name) => {
          if (typeof name === "string" && !(name in target)) throw new Error(`no ${name}`);
          return Reflect.get(target, name);
        },
      },
    );
    expect(json({ strict })).toEqual({ strict: { a: 1 } });
  });

  test("of LangGraph is told by what it says, live or recorded", () => {
    const send = { lg_name: "Send", node: "worker", args: { item: 1 } };
    expect(json(send)).toEqual({ send: "worker", args: { item: 1 } });
    expect(json({ $send: "worker", args: { item: 1 } })).toEqual(json(send));
    expect(json({ $command: true, goto: [send] })).toEqual({ goto: [json(send)] });
  });
});

test("a model call is told with all that it was sent and none of the machinery around it", () => {
  const [call] = only(draftsOf("01-react-agent-invoke"), "model.started");
  expect(call).toMatchObject({
    provider: "scripted",
    requestModel: "scripted-1",
    parameters: { temperature: 0.2, max_tokens: 256 },
    context: {
      tools: [{ function: { name: "get_weather" } }, { function: { name: "add" } }],
      messages: [
        { role: "system", content: "You are helpful" },
        { role: "user", content: "hi" },
      ],
    },
  });
  expect(JSON.stringify(call)).not.toMatch(/writer|RunControl|AbortSignal/);
});

test("a model's end is told with its answer, and its usage just before", () => {
  const drafts = draftsOf("01-react-agent-invoke");
  const at = drafts.findIndex(({ type }) => type === "model.ended");
  expect(drafts[at - 1]).toMatchObject({
    type: "usage.reported",
    basis: "call",
    final: true,
    mark: "usage",
  });
  expect(drafts[at]).toMatchObject({
    model: "scripted-1-2026-11-01",
    finishReason: "tool_calls",
    responseId: "resp_1",
    output: { role: "assistant", toolCalls: [{ id: "call_1", name: "get_weather" }] },
  });
});

test("a tool's arguments are read from their JSON, and its answer is taken out of the message", () => {
  const drafts = draftsOf("01-react-agent-invoke");
  expect(only(drafts, "tool.started")[0]?.input).toEqual({ city: "Paris" });
  expect(only(drafts, "tool.ended")[0]?.output).toBe("Sunny in Paris");
});
