import { describe, expect, test } from "vitest";
import { contentReader } from "../journal/context-book.ts";
import type { ContentAnswer, ContentReader } from "../journal/content.ts";
import * as say from "../testing-kit/drafts.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import { allOf, type Conversation, readBack, recorded } from "./conversation.fixture.ts";
import { encode } from "./encode.ts";
import { readNdjson } from "./read.ts";

const textOf = ({ events, content }: Conversation): string =>
  encode(events, content, new Set<string>()).text;

const drafts: readonly EventDraft[] = [
  say.turn("turn", { input: "question" }),
  say.model("one", "turn", { context: { messages: ["a", "b"] } }),
  say.model("two", "turn", { context: { messages: ["a", "b", "c"] } }),
  say.ended("turn", "turn", { output: "answer" }),
];
const inputOf = (events: readonly AgentEvent[]): unknown =>
  events.map((event) => ("input" in event ? event.input : undefined)).find(Boolean);

test("what was written comes back as it was recorded, and so do its values", async () => {
  const conversation = recorded(drafts);
  const { events, record } = await readBack([textOf(conversation)]);
  expect(events).toEqual(conversation.events);
  expect(record.reading()).toEqual({
    lines: 4,
    events: 4,
    repeated: 0,
    malformed: 0,
    otherVersions: 0,
    skipped: [],
  });
  const [turn, , two] = events;
  if (turn?.type !== "turn.started" || !turn.input) throw new Error("lost");
  if (two?.type !== "model.started" || !two.context) throw new Error("lost");
  expect(record.content.read(turn.input)).toEqual({ kind: "value", value: "question" });
  const messages = record.content.messages(two.context)?.map((held) => record.content.read(held));
  expect(messages).toEqual(["a", "b", "c"].map((value) => ({ kind: "value", value })));
});

describe("an event comes once", () => {
  test("where a batch was written again", async () => {
    const text = textOf(recorded(drafts));
    const { events, record } = await readBack([text + text]);
    expect(events).toHaveLength(4);
    expect(record.reading()).toMatchObject({ lines: 8, events: 4, repeated: 4 });
  });

  test("where a file is given twice", async () => {
    const text = textOf(recorded(drafts));
    const [once, twice] = [await readBack([text]), await readBack([text, text])];
    expect(twice.events).toEqual(once.events);
  });
});

describe("a line that cannot be read costs nobody the others, and is named:", () => {
  const skippedIn = async (text: string): Promise<unknown> => {
    const good = textOf(recorded([say.turn("good")]));
    const { events, record } = await readBack([`\n${text}\n${good}`]);
    expect(events).toHaveLength(1);
    return record.reading();
  };
  const line = textOf(recorded([say.turn("turn")])).trimEnd();

  test("half a line", async () => {
    expect(await skippedIn(line.slice(0, 90))).toMatchObject({
      lines: 2,
      malformed: 1,
      skipped: [{ line: 2, reason: "expected JSON text, received other text" }],
    });
  });

  test("JSON that is no event", async () => {
    expect(await skippedIn('["no event"]')).toMatchObject({
      malformed: 1,
      skipped: [{ line: 2, reason: expect.stringContaining("received") }],
    });
  });

  test("an event that lacks something", async () => {
    expect(await skippedIn(line.replace('"key":"turn"', '"key":7'))).toMatchObject({
      malformed: 1,
      skipped: [{ line: 2, reason: expect.stringMatching(/at key, received 7$/) }],
    });
  });

  test("a version of another day", async () => {
    expect(await skippedIn(line.replace('"v":1', '"v":2'))).toMatchObject({
      malformed: 0,
      otherVersions: 1,
      skipped: [{ line: 2, reason: "is of a version that is not known here" }],
    });
  });

  test("the first hundred; the rest is counted", async () => {
    const { record } = await readBack(["torn\n".repeat(1_000)]);
    const { malformed, skipped } = record.reading();
    expect({ malformed, named: skipped.length }).toEqual({ malformed: 1_000, named: 100 });
  });
});

test("what stands beside an event and makes no sense costs its values, not the event", async () => {
  const [event] = recorded([say.turn("turn", { input: "x" })]).events;
  const ref = inputOf(event ? [event] : []);
  for (const values of [7, [], null, { [String(ref)]: 7 }, { [String(ref)]: {} }]) {
    const line = JSON.stringify({ ...event, values, messages: [7] });
    const { events, record } = await readBack([line]);
    expect(events).toEqual([event]);
    expect(record.content.read(ref as never)).toEqual({ kind: "missing" });
  }
});

test("a mark at the beginning of the file and a return at the end of a line are no part of the text", async () => {
  const text = textOf(recorded(drafts));
  const { events } = await readBack([`\uFEFF${text.replaceAll("\n", "\r\n")}`]);
  expect(events).toHaveLength(4);
});

const rank = ({ kind }: ContentAnswer): number =>
  ["missing", "removed", "withheld", "value", "erased"].indexOf(kind);

describe("what became of a value survives the way:", () => {
  const conversation = recorded([say.turn("turn", { input: "x" })]);
  const ref = inputOf(conversation.events) as never;
  const written = (answer: ContentAnswer): string => {
    const content: ContentReader = { read: () => answer, sizeOf: () => 0, messages: () => null };
    return textOf({ ...conversation, content });
  };
  const answers: readonly ContentAnswer[] = [
    { kind: "missing" },
    { kind: "withheld", reason: "policy" },
    { kind: "value", value: null },
    { kind: "value", value: "head and tail", cutFrom: 2_000_000 },
    { kind: "erased" },
    { kind: "removed" },
  ];

  test.each(answers)("%o", async (answer) => {
    const { record } = await readBack([written(answer)]);
    expect(record.content.read(ref)).toEqual(answer);
  });

  test("and of two answers the one that counts does not depend on which file is read first", async () => {
    for (const one of answers)
      for (const other of answers) {
        if (rank(one) >= rank(other)) continue;
        for (const texts of [
          [written(one), written(other)],
          [written(other), written(one)],
        ])
          expect((await readBack(texts)).record.content.read(ref)).toEqual(other);
      }
  });
});

const contextOfTwo = async (lines: string): Promise<unknown> => {
  const { events, record } = await readBack([lines]);
  const two = events.find((event) => "key" in event && event.key === "two");
  if (two?.type !== "model.started" || !two.context) throw new Error("lost");
  return record.content.messages(two.context)?.map((held) => record.content.read(held));
};

describe("a context", () => {
  const conversation = recorded(drafts);
  const all = ["a", "b", "c"].map((value) => ({ kind: "value", value }));

  test("whose beginning lies in a file that was not read is whole all the same", async () => {
    const rest = { ...conversation, events: conversation.events.slice(2) };
    expect(await contextOfTwo(textOf(rest))).toEqual(all);
  });

  test("is not known, and not half known, where neither was read", async () => {
    const lines = textOf(conversation).split(/(?<=\n)/);
    expect(await contextOfTwo(lines.slice(2).join(""))).toBeUndefined();
  });

  test("of which a list of the wrong length stands beside the event is not taken for known", async () => {
    const rest = { ...conversation, events: conversation.events.slice(2) };
    const shorter = textOf(rest).replace(/("messages":\[)"[^"]+",/, "$1");
    expect(shorter).not.toBe(textOf(rest));
    expect(await contextOfTwo(shorter)).toBeUndefined();
    expect((await readBack([shorter])).events).toEqual(rest.events);
  });

  test("is as it was recorded where what it builds on was read", async () => {
    const second = textOf({ ...conversation, events: conversation.events.slice(2) });
    const { events } = await readBack([textOf(conversation), second]);
    expect(events).toEqual(conversation.events);
    const rotated = textOf({ ...conversation, events: conversation.events.slice(0, 2) });
    expect((await readBack([rotated, second])).events).toEqual(conversation.events);
  });
});

test("only the values that are asked for are kept", async () => {
  const { events, content } = recorded(drafts);
  const wanted = inputOf(events);
  const record = readNdjson(textOf({ events, content }).split("\n"), {
    keep: (ref) => ref === wanted,
  });
  await allOf(record);
  const kept = events.flatMap((event) => {
    const held = Object.values(event).filter((value) => /^[0-9a-f]{64}$/.test(String(value)));
    return held.filter((ref) => record.content.read(ref).kind === "value");
  });
  expect(kept).toEqual([wanted]);
});

test("lines may come from somewhere slow, and what they throw goes on", async () => {
  const text = textOf(recorded(drafts));
  const lines = async function* (): AsyncGenerator<string> {
    yield* text.split("\n").slice(0, 2);
    throw new Error("EIO");
  };
  const record = readNdjson(lines());
  await expect(allOf(record)).rejects.toThrow("EIO");
  expect(record.reading().events).toBe(2);
});

test("it gives content as a reader over a journal does", async () => {
  const { events, content } = recorded(drafts);
  const { record } = await readBack([textOf({ events, content })]);
  const nowhere = contentReader({ find: () => null, sizeOf: () => null });
  for (const held of [{ withheld: "policy" } as const, "f".repeat(64) as never])
    expect(record.content.read(held)).toEqual(nowhere.read(held));
});
