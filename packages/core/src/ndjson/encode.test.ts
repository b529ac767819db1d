import { describe, expect, test } from "vitest";
import type { ContentAnswer, ContentReader } from "../journal/content.ts";
import { eventFields } from "../schema/events.ts";
import { parseEventLine } from "../schema/parse.ts";
import * as say from "../testing-kit/drafts.ts";
import type { AgentEvent, EventDraft, Held } from "../vocabulary/event.ts";
import type { JsonObject, JsonValue } from "../vocabulary/json.ts";
import { recorded } from "./conversation.fixture.ts";
import { encode, type Told } from "./encode.ts";

const nothing: Told = new Set<string>();

type Line = JsonObject & { readonly values?: JsonObject; readonly messages?: readonly Held[] };
const parsed = (text: string): readonly Line[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

const valuesOn = ({ values = {} }: Line): readonly JsonValue[] => Object.values(values);

function linesOf(drafts: readonly EventDraft[], told: Told = nothing): readonly Line[] {
  const { events, content } = recorded(drafts);
  return parsed(encode(events, content, told).text);
}

test("a line is the event as it was recorded, and beside it the values behind its references", () => {
  const { events, content } = recorded([say.turn("turn", { input: { question: 1 } })]);
  const { text } = encode(events, content, nothing);
  const [event] = events;
  if (event?.type !== "turn.started") throw new Error("lost");
  expect(text).toBe(
    `${JSON.stringify(event).slice(0, -1)},"values":{"${event.input as string}":{"value":{"question":1}}}}\n`,
  );
  expect(parseEventLine(text)).toMatchObject({ ok: true });
});

test("an event that refers to nothing has nothing beside it", () => {
  const { events, content } = recorded([say.turn("turn")]);
  expect(encode(events, content, nothing).text).toBe(`${JSON.stringify(events[0])}\n`);
});

test("where no content may go, the references stay and the values do not come", () => {
  const context = { messages: ["hello"] };
  const { events } = recorded([
    say.turn("turn", { input: "in" }),
    say.model("m", "turn", { context }),
  ]);
  const { text, tells } = encode(events, null, nothing);
  expect(parsed(text)).toEqual(events);
  expect([...tells]).toEqual([]);
});

test("no event has a field of the names that stand beside it", () => {
  const names = Object.values(eventFields).flatMap((fields) => Object.keys(fields));
  expect(names).toContain("content");
  expect(names).not.toContain("values");
  expect(names).not.toContain("messages");
});

describe("a value", () => {
  const input = "the same";

  test("stands on the first line that refers to it, and on no other", () => {
    const lines = linesOf([
      say.turn("turn", { input }),
      say.ended("turn", "turn", { output: input, detail: input }),
    ]);
    expect(lines.map(valuesOn)).toEqual([[{ value: input }], []]);
  });

  test("that the file has told already does not come again", () => {
    const drafts = [say.turn("turn", { input })];
    const { events, content } = recorded(drafts);
    const { tells } = encode(events, content, nothing);
    expect(linesOf(drafts, tells).map(valuesOn)).toEqual([[]]);
  });

  test("has no separator that some readers take for the end of a line", () => {
    const separators = "a\u0085b\u2028c\u2029d\re\nf";
    const { events, content } = recorded([say.turn("turn", { input: separators })]);
    const { text } = encode(events, content, nothing);
    expect(text.slice(0, -1)).not.toMatch(/[\u0085\u2028\u2029\r\n]/);
    expect(parsed(text).map(valuesOn)).toEqual([[{ value: separators }]]);
  });
});

const lookedUp = (answer: ContentAnswer): { readonly text: string; readonly told: boolean } => {
  const { events } = recorded([say.turn("turn", { input: "x" })]);
  const content: ContentReader = { read: () => answer, sizeOf: () => 0, messages: () => null };
  const { text, tells } = encode(events, content, nothing);
  return { text: JSON.stringify(parsed(text).flatMap(valuesOn)), told: tells.size > 0 };
};

describe("what became of a value is told apart:", () => {
  test.each<[string, ContentAnswer, string]>([
    ["null", { kind: "value", value: null }, '[{"value":null}]'],
    ["cut", { kind: "value", value: "ab", cutFrom: 9 }, '[{"cutFrom":9,"value":"ab"}]'],
    ["withheld", { kind: "withheld", reason: "policy" }, '[{"withheld":"policy"}]'],
    ["erased", { kind: "erased" }, '[{"erased":true}]'],
  ])("%s", (_, answer, expected) => {
    expect(lookedUp(answer)).toEqual({ text: expected, told: true });
  });

  test("missing, which is asked for again the next time, because it may have come", () => {
    expect(lookedUp({ kind: "missing" })).toEqual({ text: '[{"missing":true}]', told: false });
  });

  test("missing twice in one event, which is said once: no name stands twice in an object", () => {
    const { events } = recorded([say.ended("turn", "t", { output: "x", detail: "x" })]);
    const { text } = encode(
      events,
      { read: () => ({ kind: "missing" }), sizeOf: () => 0, messages: () => null },
      nothing,
    );
    expect(text.split('"missing"')).toHaveLength(2);
  });

  test("what a redactor of the route made and JSON cannot say is withheld, and the batch goes out", () => {
    for (const value of [10n, undefined, () => 1] as readonly unknown[]) {
      const made = { kind: "value", value: value as JsonValue } as const;
      expect(lookedUp(made).text).toBe('[{"withheld":"unserialisable"}]');
    }
  });

  test("withheld where it was recorded: the reference itself says it", () => {
    const [line] = linesOf([say.turn("turn", { input: "secret" })]);
    expect(line).toMatchObject({ input: { withheld: "redactor failed" } });
    expect(line).not.toHaveProperty("values");
  });
});

const context = (...messages: readonly JsonValue[]) => ({ context: { messages } });
const eventsOf = (drafts: readonly EventDraft[]): readonly AgentEvent[] => recorded(drafts).events;

describe("a context", () => {
  const calls: readonly EventDraft[] = [
    say.turn("turn"),
    say.model("one", "turn", context("a", "b")),
    say.model("two", "turn", context("a", "b", "c")),
  ];

  test("brings what is new in it, and its instructions and tools", () => {
    const said = { messages: ["a"], instructions: "i", tools: ["t"] };
    const lines = linesOf([say.turn("turn"), say.model("m", "turn", { context: said })]);
    expect(lines.flatMap(valuesOn)).toEqual([{ value: "i" }, { value: ["t"] }, { value: "a" }]);
    expect(linesOf(calls).map(valuesOn)).toEqual([
      [],
      [{ value: "a" }, { value: "b" }],
      [{ value: "c" }],
    ]);
  });

  test("that builds on a call of this file is a difference and no more", () => {
    for (const line of linesOf(calls)) expect(line).not.toHaveProperty("messages");
  });

  test("that builds on a call of another file has the whole list beside it", () => {
    const { events, content } = recorded(calls);
    const [line] = parsed(encode(events.slice(2), content, nothing).text);
    expect(line?.messages).toHaveLength(3);
    expect(line && valuesOn(line)).toEqual([{ value: "a" }, { value: "b" }, { value: "c" }]);
  });

  test("that nobody knows any more stays a difference, and nothing is built on it", () => {
    const three = [...calls, say.model("three", "turn", context("a", "b", "c", "d"))];
    const { content } = recorded(three);
    const forgetful: ContentReader = { ...content, messages: () => null };
    const { text, tells } = encode(eventsOf(three).slice(2), forgetful, nothing);
    for (const line of parsed(text)) expect(line).not.toHaveProperty("messages");
    for (const { id } of eventsOf(three)) expect(tells).not.toContain(id);
  });

  test("of more messages than an entry may list has them all beside it", () => {
    const many = Array.from({ length: 600 }, (_, index) => `message ${index}`);
    const lines = linesOf([say.turn("turn"), say.model("m", "turn", context(...many))]);
    expect(lines[1]).toMatchObject({ context: { add: expect.any(String) } });
    expect(lines[1]?.messages).toHaveLength(600);
    expect(lines.flatMap(valuesOn)).toHaveLength(600);
  });
});
