import { describe, expect, test } from "vitest";
import { autogen, autogenLine } from "../adapter.ts";

const event = {
  type: "LLMCall",
  messages: [{ role: "user", content: "a\nb {c}" }],
  response: {
    id: "chatcmpl-1",
    model: "gpt-4o-2024-08-06",
    choices: [{ finish_reason: "stop", message: { role: "assistant", content: "yes" } }],
    usage: { prompt_tokens: 9, completion_tokens: 1 },
  },
  prompt_tokens: 9,
  completion_tokens: 1,
  agent_id: null,
};
const bare = JSON.stringify(event);

const wrappers: Readonly<Record<string, string>> = {
  bare,
  "in the form of Python's root handler": `INFO:autogen_core.events:${bare}`,
  "in the text of a handler with a time": `2026-11-21 09:10:40,519 INFO autogen_core.events: ${bare}`,
  "as text in a JSON line": JSON.stringify({
    asctime: "2026-11-21 09:11:50,752",
    name: "autogen_core.events",
    message: bare,
  }),
  "as an object in a JSON line": JSON.stringify({ logger: "autogen_core.events", event }),
  "as text within an object": JSON.stringify({ record: { msg: bare } }),
};

const drafts = (line: string) => {
  const native = autogen.parse(line);
  return native === null ? null : [...autogen.createTranslator().translate(native)];
};

const ended = (timestamp: string) =>
  drafts(JSON.stringify({ timestamp, event }))?.find(({ type }) => type === "model.ended")?.at;

const usageIn = (change: object) => {
  const reported = drafts(JSON.stringify({ ...event, ...change }))?.find(
    ({ type }) => type === "usage.reported",
  );
  return reported?.type === "usage.reported" ? reported.usage : null;
};

describe("a line of the log", () => {
  test.each(Object.entries(wrappers))("%s says the same", (_, line) => {
    const said = drafts(line)?.map(({ at: _at, ...draft }) => draft);
    expect(said).toEqual(drafts(bare));
    expect(said?.map(({ type }) => type)).toContain("usage.reported");
  });

  test("has the time of its wrapper, where that says its zone", () => {
    expect(ended("2026-11-21T09:11:50.752Z")).toEqual({
      ms: Date.UTC(2026, 10, 21, 9, 11, 50, 752),
    });
    expect(ended("2026-11-21 09:11:50,752")).toBeUndefined();
  });

  test.each([
    "2026-11-21 09:10:40,519 INFO autogen_core: Sending message of type Ticket to triage: {'id': 'T-1'}",
    "Traceback (most recent call last):",
    `INFO:httpx:${bare}`,
  ])("is not %s, which says nothing", (line) => {
    expect(autogenLine(line)).toMatchObject({ kind: "text" });
    expect(drafts(line)).toEqual([]);
  });

  test.each([
    `INFO:autogen_core.events:${bare.slice(0, 40)}`,
    JSON.stringify({ message: "{torn" }),
  ])("is not %s, which is no line at all", (line) => {
    expect(autogenLine(line)).toBeNull();
  });

  test("of a type that nobody knows here is noted, and counted as unknown", () => {
    const line = autogenLine('{"type":"Prediction","agent_id":"a/b","value":1}');
    expect(line && autogen.knows(line)).toBe(false);
    expect(drafts('{"type":"Prediction","agent_id":"a/b","value":1}')?.at(-1)).toMatchObject({
      type: "native.noted",
      name: "Prediction",
    });
  });
});

describe("tokens of a logged call", () => {
  test("of OpenAI's kind have the cached ones within the prompt", () => {
    const usage = { prompt_tokens_details: { cached_tokens: 4 } };
    expect(usageIn({ response: { ...event.response, usage } })).toMatchObject({
      input: 5,
      cacheRead: 4,
      output: 1,
    });
  });

  test("of Anthropic's kind have them beside it", () => {
    const usage = {
      input_tokens: 9,
      cache_read_input_tokens: 1024,
      cache_creation_input_tokens: 7,
      output_tokens: 1,
    };
    expect(usageIn({ response: { id: "msg_1", usage } })).toMatchObject({
      input: 9,
      cacheRead: 1024,
      cacheWrite: 7,
      output: 1,
    });
  });

  test("are unknown where a stream says 0/0", () => {
    expect(usageIn({ type: "LLMStreamEnd", prompt_tokens: 0, completion_tokens: 0 })).toBeNull();
  });
});
