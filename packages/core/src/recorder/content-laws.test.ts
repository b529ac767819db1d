import * as fc from "fast-check";
import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { contentReader } from "../journal/context-book.ts";
import type { ContentSource } from "../journal/content.ts";
import type { Journal } from "../journal/journal.ts";
import { parseEventLine } from "../schema/parse.ts";
import * as say from "../testing-kit/drafts.ts";
import { journalWith, steadyJournal } from "../testing-kit/journals.ts";
import { eventsIn, record } from "../testing-kit/recording.ts";
import { runs } from "../testing-kit/runs.ts";
import type { AgentEvent, ContentRef, EventOf, FullContext, Held } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";

/** What a value is after it was written as JSON text and read again: minus zero is zero. */
const read = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value));

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
);
/** Lone surrogates and whatever else sixteen bits can be. */
const rawText = fc
  .array(fc.nat({ max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));
const json = fc
  .oneof(rawText, anyText, fc.jsonValue({ stringUnit: "binary" }))
  .map((value) => value as JsonValue);

const redact = (value: JsonValue): JsonValue => ({ redacted: value });

const comesBack = (value: JsonValue): void => {
  const { events, journal } = record(
    [
      say.turn("turn", { input: value, native: [value] }),
      say.ended("turn", "turn", { output: value }),
    ],
    { redact: { profile: "wrap", redact }, maxContentBytes: 1e8 },
  );
  const content = contentReader(journal.reader());
  const [opening, closing] = events;
  if (opening?.type !== "turn.started" || closing?.type !== "turn.ended") throw new Error("lost");
  const original = { kind: "value", value: read(redact(value)) };
  expect(opening.input && content.read(opening.input)).toEqual(original);
  expect(closing.output).toEqual(opening.input);
  expect(opening.native && content.read(opening.native)).toEqual({
    kind: "value",
    value: read(redact([value])),
  });
};

describe("pooled content", () => {
  test("resolves to the redacted original", () => {
    fc.assert(fc.property(json, comesBack), { numRuns: runs(2_000) });
  });

  test.each([
    ["a megabyte", "🦌 né ".repeat(130_000)],
    ["a megabyte of lone surrogates", "\ud83e".repeat(500_000)],
    ["a megabyte of quotes", '"\\\n'.repeat(350_000)],
    ["nothing", null],
    ["an empty text", ""],
    ["a name from the prototype", JSON.parse('{"__proto__":{"constructor":1}}') as JsonValue],
  ])("resolves to the redacted original: %s", (_, value) => {
    comesBack(value);
  });

  test("has one reference under one subject and another under another", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const held = record([
          say.turn("a", { input: one }),
          say.turn("b", { input: other }),
          say.turn("c", { input: one, session: "thread 2" }),
        ]).events.map((event) => event.type === "turn.started" && event.input);
        const areOne = JSON.stringify(one) === JSON.stringify(other);
        expect(held[0] === held[1]).toBe(areOne);
        expect(held[0]).not.toEqual(held[2]);
      }),
      { numRuns: runs(1_000) },
    );
  });
});

/** What an agent does to its context between two calls. */
type Change =
  | { readonly kind: "append"; readonly count: number }
  | { readonly kind: "trim"; readonly after: number; readonly count: number }
  | { readonly kind: "compact"; readonly keep: number }
  | { readonly kind: "edit"; readonly at: number }
  | { readonly kind: "again" | "clear" | "repeat" };

interface Step {
  readonly agent: string | undefined;
  readonly change: Change;
  /** Bytes of other entries in between, for a segment to fill with. */
  readonly noise: number;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("append" as const), count: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("append" as const), count: fc.nat(700) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("trim" as const),
      after: fc.nat(3),
      count: fc.nat(6),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("compact" as const), keep: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit" as const), at: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("again" as const, "clear", "repeat") }),
  },
);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    agent: fc.constantFrom(undefined, "one", "two"),
    change,
    noise: fc.constantFrom(0, 0, 0, 400),
  }),
  { maxLength: 30 },
);

function changed(
  messages: readonly JsonValue[],
  change: Change,
  fresh: () => JsonValue,
): readonly JsonValue[] {
  switch (change.kind) {
    case "append":
      return [...messages, ...Array.from({ length: change.count }, fresh)];
    case "trim":
      return [...messages.slice(0, change.after), ...messages.slice(change.after + change.count)];
    case "compact":
      return [fresh(), ...messages.slice(Math.max(0, messages.length - change.keep))];
    case "edit":
      return messages.map((message, index) => (index === change.at ? fresh() : message));
    case "again":
      return messages;
    case "clear":
      return [];
    case "repeat":
      return [...messages, ...messages.slice(-3)];
    default:
      return change satisfies never;
  }
}

interface Said {
  readonly key: string;
  readonly messages: readonly JsonValue[];
}

/** Runs the steps; gives what each call was sent. */
function converse(journal: Journal, all: readonly Step[]): readonly Said[] {
  const lists = new Map<string | undefined, readonly JsonValue[]>();
  let counter = 0;
  const fresh = (): JsonValue => ({ role: "user", content: `message ${(counter += 1)}` });
  const said: Said[] = [];
  record(
    all.flatMap(({ agent, change, noise }, index) => {
      const messages = changed(lists.get(agent) ?? [], change, fresh);
      lists.set(agent, messages);
      const key = `call ${index}`;
      said.push({ key, messages });
      const context: FullContext = { instructions: `You are ${agent ?? "nobody"}`, messages };
      return [
        say.model(key, "turn", { context, ...(agent === undefined ? {} : { agent }) }),
        ...(noise > 0 ? [say.handoff("turn", `noise ${index}`.repeat(noise / 10))] : []),
      ];
    }),
    { journal },
  );
  return said;
}

const isModel = (event: AgentEvent): event is EventOf<"model.started"> =>
  event.type === "model.started";

interface Segment {
  readonly events: string[];
  readonly content: ContentSource;
}

interface WrittenSegment extends Segment {
  readonly values: Map<ContentRef, JsonValue>;
}

/** A journal, and what lies in each segment of it. */
function segmentedJournal(segmentBytes: number): {
  readonly journal: Journal;
  readonly segments: ReadonlyMap<number, Segment>;
} {
  const inner = steadyJournal({ segmentBytes, maxBytes: 1e9 });
  const segments = new Map<number, WrittenSegment>();
  let current = 0;
  const here = (): WrittenSegment => {
    const values = new Map<ContentRef, JsonValue>();
    const find = (ref: ContentRef) => ({ ref, value: values.get(ref) ?? "not in this segment" });
    const found: WrittenSegment = segments.get(current) ?? {
      events: [],
      values,
      content: { find, sizeOf: () => null },
    };
    segments.set(current, found);
    return found;
  };
  const journal = journalWith(inner, {
    segment: () => (current = inner.segment()),
    store(subject, ref, value) {
      here().values.set(ref, JSON.parse(value));
      return inner.store(subject, ref, value);
    },
    append(entry, tail) {
      here().events.push(entry);
      return inner.append(entry, tail);
    },
  });
  return { journal, segments };
}

function parsed(line: string): AgentEvent {
  const found = parseEventLine(line);
  if (!found.ok) throw new Error(line);
  return found.event;
}

const text = (value: unknown): string => JSON.stringify(value) ?? "undefined";

function rebuild(
  source: ContentSource,
  events: readonly AgentEvent[],
): ReadonlyMap<string, readonly JsonValue[] | null> {
  const content = contentReader(source);
  const calls = events.filter(isModel);
  for (const call of calls) content.apply(call);
  const valueOf = (held: Held): JsonValue => {
    const answer = content.read(held);
    if (answer.kind !== "value") throw new Error(answer.kind);
    return answer.value;
  };
  return new Map(
    calls.map((call) => {
      const messages = call.context ? content.messages(call.context) : null;
      return [call.key, messages && messages.map(valueOf)];
    }),
  );
}

describe("contexts", () => {
  test("rebuilt from differences are the contexts that were said", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const journal = steadyJournal();
        const said = converse(journal, all);
        const rebuilt = rebuild(journal.reader(), eventsIn(journal));
        expect(said.map(({ key }) => text(rebuilt.get(key)))).toEqual(
          said.map(({ messages }) => text(messages)),
        );
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("of a segment are rebuilt from its own events and content", () => {
    let rotations = 0;
    fc.assert(
      fc.property(steps, fc.integer({ min: 500, max: 20_000 }), (all, segmentBytes) => {
        const { journal, segments } = segmentedJournal(segmentBytes);
        const said = new Map(converse(journal, all).map(({ key, messages }) => [key, messages]));
        rotations += segments.size - 1;
        for (const { events, content } of segments.values())
          for (const [key, messages] of rebuild(content, events.map(parsed)))
            expect(text(messages)).toBe(text(said.get(key)));
      }),
      { numRuns: runs(1_000) },
    );
    expect(rotations).toBeGreaterThan(30);
  });

  test("are the same in whatever order they are asked for, by however many agents they were sent", () => {
    const agents = 40;
    const { events, journal } = record(
      Array.from({ length: 4 * agents }, (_, index) => {
        const said = Array.from(
          { length: 1 + index / agents },
          (_word, nth) => `${index % agents} ${nth}`,
        );
        return say.model(`call ${index}`, "turn", {
          agent: `agent ${index % agents}`,
          context: { messages: said },
        });
      }),
    );
    const calls = events.filter(isModel);
    const content = contentReader(journal.reader());
    for (const call of calls) content.apply(call);
    const messagesOf = ({ context }: (typeof calls)[number]): unknown =>
      context && content.messages(context)?.map((held) => content.read(held));
    const inOrder = calls.map(messagesOf);
    expect(inOrder).not.toContain(undefined);
    fc.assert(
      fc.property(fc.shuffledSubarray(calls), (asked) => {
        for (const call of asked) expect(messagesOf(call)).toEqual(inOrder[calls.indexOf(call)]);
      }),
      { numRuns: 20 },
    );
  });

  test("of one call that two witnesses tell of are both rebuilt", () => {
    const { events, journal } = record([
      say.model("a", "turn", { context: { messages: ["1"] } }),
      say.model("b", "turn", { context: { messages: ["1", "2"] } }),
      say.model("b", "turn", { source: "transcript", context: { messages: ["1", "2", "3"] } }),
      say.model("c", "turn", { context: { messages: ["1", "2", "3", "4"] } }),
    ]);
    const content = contentReader(journal.reader());
    const counts = events.filter(isModel).map((event) => {
      content.apply(event);
      return event.context && content.messages(event.context)?.length;
    });
    expect(counts).toEqual([1, 2, 3, 4]);
  });

  test("that build on a call that is gone are said to be gone", () => {
    const { events, journal } = record([
      say.model("a", "turn", { context: { messages: ["1", "2", "3"] } }),
      say.model("b", "turn", { context: { messages: ["1", "2", "3", "4"] } }),
    ]);
    const [first, call] = events.filter(isModel);
    expect(call?.context?.from).toBe(first?.id);
    expect(call?.context && contentReader(journal.reader()).messages(call.context)).toBeNull();
  });
});

const message = (index: number): JsonValue => ({
  role: "user",
  content: `${index} `.repeat(100),
});

function bytesOf(
  turns: number,
  shrinks: boolean,
): { entries: number; longest: number; all: number } {
  const journal = steadyJournal({ maxBytes: 1e9 });
  const messages: JsonValue[] = [];
  const drafts = Array.from({ length: turns }, (_, index) => {
    messages.push(message(2 * index), message(2 * index + 1));
    if (shrinks && index % 50 === 49) messages.splice(1, messages.length - 5, message(-index));
    return say.model(`call ${index}`, "turn", { context: { messages: [...messages] } });
  });
  record(drafts, { journal });
  const lines = Array.from(journal.reader().entries(), ({ line }) => Buffer.byteLength(line));
  return {
    entries: lines.reduce((sum, bytes) => sum + bytes, 0),
    longest: Math.max(...lines),
    all: journal.health().bytes,
  };
}

describe("a long session, its whole context sent with every call", () => {
  test.each([
    ["grows only", false],
    ["is compacted now and then", true],
  ])("keeps entries small and the journal linear in turns where it %s", (_, shrinks) => {
    const short = bytesOf(250, shrinks);
    const long = bytesOf(2_000, shrinks);
    expect(long.longest).toBeLessThanOrEqual(64 * 1024);
    expect(long.entries / short.entries).toBeLessThan(8 * 1.25);
    expect(long.all / short.all).toBeLessThan(8 * 1.25);
    expect(long.entries / 2_000).toBeLessThan(1_000);
  });

  test("a context of ten thousand new messages is one small entry", () => {
    const messages = Array.from({ length: 10_000 }, (_, index) => `message ${index}`);
    const { journal } = record([say.model("call", "turn", { context: { messages } })]);
    const [entry] = Array.from(journal.reader().entries(), ({ line }) => line);
    expect(entry?.length).toBeLessThan(1_000);
    expect(rebuild(journal.reader(), eventsIn(journal)).get("call")).toEqual(messages);
  });
});
