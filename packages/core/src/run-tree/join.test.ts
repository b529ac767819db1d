import { describe, expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { EventDraft, Key } from "../vocabulary/event.ts";
import { createRunTree } from "./run-tree.ts";
import type { Span } from "./span.ts";
import { unknownUsage } from "../vocabulary/usage.ts";

function spansOf(...drafts: readonly EventDraft[]): Readonly<Record<Key, Span>> {
  const tree = createRunTree();
  for (const event of record(drafts, { recording: true }).events) tree.apply(event);
  return Object.fromEntries(
    (tree.session(say.session)?.spans ?? []).map((span) => [span.key, span]),
  );
}

const opened = (source: "hook" | "stream" | "transcript", agent?: string) =>
  say.work("work", "turn", { source, ...(agent === undefined ? {} : { agent }) });

describe("what several witnesses tell", () => {
  test("fills in, and never overwrites what was recorded first", () => {
    const { tool } = spansOf(
      say.tool("tool", "turn", { name: "search", source: "hook" }),
      say.tool("tool", "elsewhere", { name: "find", toolCallId: "c1", attempt: 2 }),
      say.amended("tool", "1", { name: "look", causedBy: "call", input: "late" }),
      say.ended("tool", "tool", { outcome: { status: "error", errorType: "First" } }),
      say.ended("tool", "tool", { source: "hook", outcome: { status: "ok" }, output: "out" }),
    );
    expect(tool).toMatchObject({
      name: "search",
      parentSpanId: say.spanId("turn"),
      toolCallId: "c1",
      attempt: 2,
      causedBy: say.spanId("call"),
      input: expect.any(String),
      output: expect.any(String),
      status: "error",
      errorType: "First",
    });
  });

  test("says of an error whether it happened here or was passed on from below", () => {
    const failed = { status: "error", errorType: "Overloaded" } as const;
    const { tool, turn } = spansOf(
      say.turn("turn"),
      say.tool("tool", "turn"),
      say.ended("tool", "tool", { outcome: failed }),
      say.ended("turn", "turn", { outcome: { ...failed, passedOn: true } }),
    );
    expect(tool).toMatchObject({ status: "error", errorType: "Overloaded", errorPassedOn: false });
    expect(turn).toMatchObject({ status: "error", errorType: "Overloaded", errorPassedOn: true });
  });

  test("knows when the first piece of an answer arrived, where somebody told", () => {
    const { told, untold } = spansOf(
      say.turn("turn"),
      say.model("told", "turn"),
      {
        session: say.session,
        source: "stream",
        type: "output.began",
        on: "told",
        mark: "first",
        at: { ms: 7 },
      },
      say.model("untold", "turn"),
    );
    expect([told?.firstOutputAt, untold?.firstOutputAt]).toEqual([7, null]);
  });

  test("says what its turn is called: after its agent, else by its name", () => {
    const { call } = spansOf(say.turn("turn", { name: "chat" }), say.model("call", "turn"));
    const { other } = spansOf(
      say.turn("turn", { name: "chat", agent: "planner" }),
      say.model("other", "turn", { agent: "scout" }),
    );
    expect([call?.turnName, other?.turnName]).toEqual(["chat", "planner"]);
  });

  test("knows the managed prompt of a call, and which version of it", () => {
    const { call } = spansOf(
      say.turn("turn"),
      say.model("call", "turn", { promptName: "plan a trip", promptVersion: "3" }),
    );
    expect(call).toMatchObject({ promptName: "plan a trip", promptVersion: "3" });
  });

  test("knows what a model was asked for, where somebody told", () => {
    const { told, untold } = spansOf(
      say.turn("turn"),
      say.model("told", "turn", { operation: "embeddings" }),
      say.model("untold", "turn"),
    );
    expect([told?.operation, untold?.operation]).toEqual(["embeddings", null]);
  });

  test("is whose work it is as soon as one of them says so, and then no other's", () => {
    const told = [opened("hook"), opened("stream", "scout"), opened("transcript", "reviewer")];
    expect(spansOf(say.turn("turn"), ...told)["work"]).toMatchObject({ agent: "scout" });
  });

  test("of times, prefers one that was read off a clock to one that was reasoned earlier", () => {
    const { turn } = spansOf(
      say.turn("turn", { at: { ms: 1, inferred: true } }),
      say.turn("turn", { source: "hook", at: { ms: 5 } }),
      say.ended("turn", "turn", { at: { ms: 9, inferred: true } }),
      say.ended("turn", "turn", { source: "hook", at: { ms: 8 } }),
    );
    expect(turn).toMatchObject({ startedAt: 5, endedAt: 8, inferred: [] });
  });

  test("of times that were all reasoned, takes the first and says so", () => {
    const { turn } = spansOf(
      say.turn("turn", { at: { ms: 3, inferred: true } }),
      say.turn("turn", { source: "hook", at: { ms: 2, inferred: true } }),
      say.ended("turn", "turn", { at: { ms: 9, inferred: true } }),
    );
    expect(turn).toMatchObject({ startedAt: 3, endedAt: 9, inferred: ["startedAt", "endedAt"] });
  });
});

test("marks are told oldest first, and one without a time stays with the one recorded before it", () => {
  const { turn } = spansOf(
    say.turn("turn"),
    say.handoff("turn", "b", { at: { ms: 20 } }),
    say.handoff("turn", "b'"),
    say.handoff("turn", "a", { at: { ms: 10 } }),
    say.handoff("turn", "a'"),
  );
  const told = turn?.marks.map((mark) => ("mark" in mark ? mark.mark : ""));
  expect(told).toEqual(["a", "a'", "b", "b'"]);
});

const marksOf = (...drafts: readonly EventDraft[]): readonly string[] =>
  (spansOf(say.turn("turn"), ...drafts)["turn"]?.marks ?? []).map((mark) =>
    "mark" in mark ? mark.mark : "",
  );

const heardHandoff = (to: string): EventDraft =>
  say.handoff("turn", "event 1", { to, source: "hook", at: { ms: 3 } });

describe("an occurrence", () => {
  test("that two sources call by the same mark is one", () => {
    const seen = say.handoff("turn", "1", { to: "writer" });
    const heard = say.handoff("turn", "1", { to: "Writer", source: "hook" });
    expect(marksOf(seen, heard)).toEqual(["1"]);
  });

  test("that two sources tell alike is one, and one that the same source tells twice is two", () => {
    const first = say.handoff("turn", "line 1", { to: "writer" });
    const second = say.handoff("turn", "line 2", { to: "writer" });
    const other = heardHandoff("writer");
    expect(marksOf(first, other)).toHaveLength(1);
    expect(marksOf(first, second, other)).toEqual(["line 1", "line 2"]);
    expect(marksOf(other, first, second)).toHaveLength(2);
    expect(marksOf(first, heardHandoff("reader"))).toHaveLength(2);
  });
});

const call = (key: Key, parent: Key, input: number, meter?: string): readonly EventDraft[] => [
  say.model(key, parent),
  say.usage(key, "1", say.tokens(input), meter === undefined ? {} : { meter }),
];

const complete = (...drafts: readonly EventDraft[]): boolean | undefined => {
  const tree = createRunTree();
  for (const event of record(drafts).events) tree.apply(event);
  return tree.session(say.session)?.usageComplete;
};

const beyond = (final: boolean) =>
  spansOf(
    say.turn("turn"),
    ...call("a", "turn", 10),
    say.total("turn", "1", { ...say.tokens(4, 3), cacheRead: null }, { final }),
  )["turn"]?.unattributed;

describe("usage", () => {
  test("of a turn covers its own calls, not those of a turn in it", () => {
    const { outer, inner } = spansOf(
      say.turn("outer"),
      ...call("a", "outer", 10),
      say.turn("inner", { parent: "outer" }),
      ...call("b", "inner", 5),
      say.total("outer", "1", say.tokens(12)),
      say.total("inner", "1", say.tokens(4)),
    );
    expect(outer?.unattributed).toMatchObject({ input: 2 });
    expect(inner?.unattributed).toMatchObject({ input: -1 });
  });

  test("of calls stands where a total that is not final falls short of it", () => {
    expect(beyond(true)).toMatchObject({ input: -6, output: 3, cacheRead: null });
    expect(beyond(false)).toMatchObject({ input: 0, output: 3, cacheRead: null });
  });

  test("of a call under two names is covered once", () => {
    const { turn } = spansOf(
      say.turn("turn"),
      say.work("work", "turn"),
      ...call("a", "work", 10, "m"),
      ...call("b", "work", 7, "m"),
      say.amended("a", "2", { alias: "b" }),
      say.total("turn", "1", say.tokens(30), { meter: "m" }),
    );
    expect(turn?.unattributed).toMatchObject({ input: 20 });
  });

  test.each([
    [
      "final beats snapshot",
      [
        [9, false],
        [4, true],
        [12, false],
      ],
      4,
      true,
    ],
    [
      "of finals the first recorded",
      [
        [4, true],
        [6, true],
      ],
      4,
      true,
    ],
    [
      "of snapshots the greater",
      [
        [3, false],
        [8, false],
        [5, false],
      ],
      8,
      false,
    ],
  ] as const)("of a call is the best of what was reported: %s", (_, reports, best, final) => {
    const { a } = spansOf(
      say.model("a", "turn"),
      ...reports.map(([input, isFinal], index) =>
        say.usage("a", `${index}`, say.tokens(input), { final: isFinal }),
      ),
    );
    expect(a).toMatchObject({ usage: { input: best }, usageFinal: final });
  });

  test("of finals is the one that tells the cache from the rest of the prompt, in whatever order they come", () => {
    const whole = { ...unknownUsage, input: 106, output: 9 };
    const split = { ...whole, input: 42, cacheRead: 64 };
    for (const reports of [
      [whole, split],
      [split, whole],
    ]) {
      const { a } = spansOf(
        say.model("a", "turn"),
        ...reports.map((usage, index) => say.usage("a", `${index}`, usage, { final: true })),
      );
      expect(a).toMatchObject({ usage: { input: 42, cacheRead: 64, output: 9 } });
    }
  });

  test("is not complete while a call is neither final nor covered by a counter that was read", () => {
    const open = [say.turn("turn"), say.model("a", "turn")];
    expect(complete(...open)).toBe(false);
    expect(complete(...open, say.usage("a", "1", say.tokens(1), { final: false }))).toBe(false);
    expect(complete(...open, say.usage("a", "1", say.tokens(1)))).toBe(true);
    expect(complete(...open, say.total("turn", "1", say.tokens(1)))).toBe(true);
    expect(complete(...open, say.total("turn", "1", say.tokens(1), { final: false }))).toBe(false);
  });
});
