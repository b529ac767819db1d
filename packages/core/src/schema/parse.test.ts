import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../testing-kit/runs.ts";
import { arbitraryCorruption } from "./arbitrary-corruption.ts";
import { arbitraryEvent } from "./arbitrary-event.ts";
import { agentEvent } from "./events.ts";
import { parseEvent, parseEventLine } from "./parse.ts";
import type { Fields } from "./shape.ts";

const hexOf = (digits: number): string => "a1".repeat(digits / 2);
const toolEnded = {
  type: "tool.ended",
  v: 1,
  id: hexOf(32),
  recordedAt: 1_760_000_000_000,
  sequence: 7,
  spanId: hexOf(16),
  session: "thread-1",
  source: "hook",
  key: "toolu_1",
  outcome: { status: "error", errorType: "Timeout" },
};
const failed = (errorType: string): Readonly<Record<string, unknown>> => ({
  outcome: { status: "error", errorType },
});
const call = (messages: number): Readonly<Record<string, unknown>> => {
  const add = Array.from({ length: messages }, () => hexOf(64));
  const context = { from: null, keep: 0, cut: 0, count: messages, add };
  return { type: "model.started", name: "chat", context };
};
const problemWith = (fields: Readonly<Record<string, unknown>>): unknown => {
  const parsed = parseEvent({ ...toolEnded, ...fields });
  return parsed.ok ? null : parsed.problem;
};

test("what version 0 has written is read as it was", () => {
  const written = { ...toolEnded, v: 0 };
  expect(parseEvent(written)).toEqual({ ok: true, event: written });
});

describe("laws", () => {
  test("an event comes back from its JSON text as it was", () => {
    fc.assert(
      fc.property(arbitraryEvent(), (event) => {
        expect(parseEventLine(JSON.stringify(event))).toEqual({ ok: true, event });
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("an event with any one value of the wrong kind is refused, and the problem says where", () => {
    fc.assert(
      fc.property(arbitraryCorruption(), ({ corrupted, path }) => {
        expect(parseEvent(corrupted)).toMatchObject({ ok: false, problem: { path } });
      }),
      { numRuns: runs(2_000) },
    );
  });

  test("an event that lacks any one required field is refused by the name of the field", () => {
    fc.assert(
      fc.property(arbitraryEvent(), fc.nat(), (event, choice) => {
        const names = requiredOf(event.type);
        const name = names[choice % names.length] as keyof typeof event;
        const { [name]: _, ...lacking } = event;
        expect(parseEvent(lacking)).toMatchObject({
          ok: false,
          problem: { path: name, received: "nothing" },
        });
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("no JSON value and no line of text throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, line) => {
        expect(parseEvent(value).ok).toBe(false);
        expect(parseEventLine(line).ok).toBe(false);
      }),
      { numRuns: runs(1_000) },
    );
  });
});

describe("examples", () => {
  test("fields that this version does not know are kept, at every depth", () => {
    const event = { ...toolEnded, later: { wiser: [1] }, outcome: { status: "ok", because: "x" } };
    expect(parseEvent(event)).toEqual({ ok: true, event });
  });

  test("a problem inside a field is named by the whole path", () => {
    expect(problemWith({ outcome: { status: "error", errorType: 5 } })).toEqual({
      path: "outcome.errorType",
      expected: "text of at most 200 characters",
      received: "5",
    });
    expect(problemWith({ outcome: { status: "error" } })).toMatchObject({
      path: "outcome.errorType",
      received: "nothing",
    });
    expect(problemWith({ outcome: { status: "fine" } })).toMatchObject({ path: "outcome.status" });
  });

  test.each([
    ["an id in upper case", { id: hexOf(32).toUpperCase() }, "id"],
    ["an id that is too long", { id: `${hexOf(32)}0` }, "id"],
    ["an id with a line break behind it", { id: `${hexOf(32)}\n` }, "id"],
    ["a time that is not finite", { recordedAt: Infinity }, "recordedAt"],
    ["a negative position", { sequence: -1 }, "sequence"],
    ["a position between two", { sequence: 1.5 }, "sequence"],
    ["a name of 201 characters", failed("x".repeat(201)), "outcome.errorType"],
    ["a key of 4097 characters", { key: "x".repeat(4097) }, "key"],
    ["content where a reference belongs", { output: "the answer" }, "output"],
    [
      "a reason for withholding that nobody gives",
      { output: { withheld: "why" } },
      "output.withheld",
    ],
    ["a type that nobody knows", { type: "tool.melted" }, "type"],
    ["a type that every object knows", { type: "constructor" }, "type"],
    ["another version", { v: 2 }, "v"],
    ["null for an absent field", { native: null }, "native"],
  ])("%s is refused", (_, fields, path) => {
    expect(problemWith(fields)).toMatchObject({ path });
  });

  test("length is counted in code points, so a name in emoji is as long as it looks", () => {
    expect(problemWith(failed("🦌".repeat(200)))).toBeNull();
    expect(problemWith(failed("🦌".repeat(201)))).toMatchObject({ path: "outcome.errorType" });
  });

  test("a context lists 512 messages and no more", () => {
    expect(problemWith(call(512))).toBeNull();
    expect(problemWith(call(513))).toMatchObject({
      path: "context.add",
      received: "a list of 513",
    });
  });

  test("what was received is cut to 80 characters", () => {
    const line = `{"session": "${"x".repeat(1_000)}"`;
    const parsed = parseEventLine(line);
    expect(parsed).toMatchObject({ ok: false, problem: { path: "", expected: "JSON text" } });
    expect(!parsed.ok && parsed.problem.received.length).toBe(80);
  });
});

const fieldsOf = (type: string): Fields =>
  (agentEvent.kind === "tagged" && agentEvent.cases[type]) || {};
const requiredOf = (type: string): readonly string[] => [
  "type",
  ...Object.entries(fieldsOf(type)).flatMap(([name, field]) => ("optional" in field ? [] : [name])),
];
