import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySession } from "../testing-kit/arbitrary-session.ts";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { EventDraft, Key } from "../vocabulary/event.ts";
import { createRunTree, type RunTree } from "./run-tree.ts";
import type { Span } from "./span.ts";

/** As an import reads it: what says no time has none. */
function read(drafts: readonly EventDraft[]): RunTree {
  const tree = createRunTree();
  for (const event of record(drafts, { recording: true, clock: () => 9_000 }).events)
    tree.apply(event);
  return tree;
}

const leftOf = (drafts: readonly EventDraft[]): readonly Span[] => [
  ...read(drafts).settled(Number.POSITIVE_INFINITY),
];

const at = (ms: number): { readonly at: { readonly ms: number } } => ({ at: { ms } });

function timesIn(drafts: readonly EventDraft[]): Readonly<Record<Key, Partial<Span>>> {
  return Object.fromEntries(
    leftOf(drafts).map(({ key, startedAt, endedAt, inferred, recordedAt }) => [
      key,
      { startedAt, endedAt, inferred, ...(recordedAt === undefined ? {} : { recordedAt }) },
    ]),
  );
}

describe("a span that leaves, and of which no time is said,", () => {
  test("began, inferred, when the nearest span above it began that has a time", () => {
    const times = timesIn([
      say.turn("turn", at(5)),
      say.work("agent", "turn"),
      say.tool("tool", "agent"),
      say.ended("tool", "tool"),
      say.ended("work", "agent"),
      say.ended("turn", "turn", at(6)),
    ]);
    const inferred = { startedAt: 5, endedAt: null, inferred: ["startedAt"] };
    expect(times).toEqual({
      turn: { startedAt: 5, endedAt: 6, inferred: [] },
      agent: inferred,
      tool: inferred,
    });
  });

  test("began with what lies under it, before what it lies in is asked", () => {
    const times = timesIn([
      say.turn("turn", at(5)),
      say.work("agent", "turn"),
      say.tool("tool", "agent", at(7)),
      say.ended("work", "agent"),
    ]);
    expect(times["agent"]).toMatchObject({ startedAt: 7, inferred: ["startedAt"] });
  });

  test("has none where no time is known above it either, and says by when it had begun", () => {
    const unknown = { startedAt: null, endedAt: null, inferred: [], recordedAt: 9_000 };
    const drafts = [
      say.turn("turn"),
      say.tool("tool", "turn"),
      say.ended("tool", "tool"),
      say.ended("turn", "turn"),
    ];
    expect(timesIn(drafts)).toEqual({ turn: unknown, tool: unknown });
  });

  test("keeps the one that it has, where only its end is known", () => {
    const drafts = [say.turn("turn", at(5)), say.tool("tool", "turn")];
    expect(timesIn([...drafts, say.ended("tool", "tool", at(8))])["tool"]).toEqual({
      startedAt: 8,
      endedAt: 8,
      inferred: ["startedAt"],
    });
  });
});

test("a call that nobody saw begin stands before what it caused, and one that was seen where it was seen", () => {
  const keysOf = (started: Parameters<typeof say.model>[2]): readonly Key[] =>
    (
      read([
        say.turn("turn", at(1)),
        say.tool("tool", "turn", { causedBy: "call", ...at(5) }),
        say.model("call", "turn", started),
        say.ended("model", "call", at(7)),
        say.tool("later", "turn", at(9)),
      ]).session(say.session)?.spans ?? []
    ).map(({ key }) => key);
  expect(keysOf({})).toEqual(["turn", "call", "tool", "later"]);
  expect(keysOf(at(6))).toEqual(["turn", "tool", "call", "later"]);
});

test("while a session is read as a whole, what has no time has none, and stands where it was recorded", () => {
  const spans =
    read([
      say.turn("turn", at(5)),
      say.tool("first", "turn", at(6)),
      say.work("compaction", "turn"),
      say.tool("last", "turn", at(8)),
    ]).session(say.session)?.spans ?? [];
  expect(spans.map(({ key, startedAt }) => [key, startedAt])).toEqual([
    ["turn", 5],
    ["first", 6],
    ["compaction", null],
    ["last", 8],
  ]);
});

test("whatever leaves has a time, or says by when it had begun", () => {
  fc.assert(
    fc.property(arbitrarySession(), ({ drafts }) => {
      const without = leftOf(drafts).filter(
        ({ startedAt, endedAt, recordedAt }) =>
          startedAt === null && endedAt === null && recordedAt === undefined,
      );
      expect(without).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
