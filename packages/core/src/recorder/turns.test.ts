import { describe, expect, test } from "vitest";
import type { Journal } from "../journal/journal.ts";
import { createRunTree } from "../run-tree/run-tree.ts";
import type { Span } from "../run-tree/span.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { record, type Recording } from "../testing-kit/recording.ts";
import type { Carrier } from "../vocabulary/carrier.ts";
import type { AgentEvent, EventDraft, Key } from "../vocabulary/event.ts";
import { traceIdOf } from "../vocabulary/identity.ts";

const outside = "4bf92f3577b34da6a3ce929d0e0e4736";
const outsideSpan = "00f067aa0ba902b7";
const carrier: Carrier = { traceparent: `00-${outside}-${outsideSpan}-01` };
const another: Carrier = { traceparent: `00-${"b".repeat(32)}-${"c".repeat(16)}-01` };
const derived = (key: Key): string => traceIdOf(say.session, key);

const tracesIn = ({ contexts }: Recording): readonly (string | null)[] =>
  contexts.map((context) => context?.traceId ?? null);

function spansIn(events: readonly AgentEvent[]): Readonly<Record<Key, Span>> {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  return Object.fromEntries(
    (tree.session(say.session)?.spans ?? []).map((span) => [span.key, span]),
  );
}

describe("the trace of a turn", () => {
  test("is derived from its key where nobody gave one", () => {
    const recording = record([say.turn("turn"), say.tool("tool", "turn")]);
    expect(recording.contexts).toEqual([
      { traceId: derived("turn"), spanId: say.spanId("turn") },
      { traceId: derived("turn"), spanId: say.spanId("tool") },
    ]);
    expect(recording.events.map(({ traceId }) => traceId)).toEqual(tracesIn(recording));
  });

  test("is the active span's where there is one, which is asked once a turn and becomes its parent", () => {
    let asked = 0;
    const activeSpan = (): Carrier => {
      asked += 1;
      return carrier;
    };
    const drafts = [
      say.turn("turn"),
      say.tool("tool", "turn"),
      say.turn("turn", { source: "hook" }),
      say.ended("turn", "turn"),
    ];
    const recording = record(drafts, { activeSpan });
    expect(asked).toBe(1);
    expect(tracesIn(recording)).toEqual([outside, outside, outside, null]);
    expect(spansIn(recording.events)).toMatchObject({
      turn: { traceId: outside, parentSpanId: outsideSpan },
      tool: { traceId: outside, parentSpanId: say.spanId("turn") },
    });
  });

  test("is the carrier's that came with it, and nobody is asked", () => {
    const recording = record([say.turn("turn", { parent: carrier }), say.tool("tool", "turn")], {
      activeSpan: () => another,
    });
    expect(tracesIn(recording)).toEqual([outside, outside]);
    expect(spansIn(recording.events)["turn"]).toMatchObject({ parentSpanId: outsideSpan });
  });

  test.each([
    ["an empty one", ""],
    ["one of zeros", `00-${"0".repeat(32)}-${"0".repeat(16)}-01`],
    ["version ff", `ff-${outside}-${outsideSpan}-01`],
    ["capitals", `00-${outside.toUpperCase()}-${outsideSpan}-01`],
  ])("is derived where the carrier cannot be read: %s", (_, traceparent) => {
    const recording = record([say.turn("turn", { parent: { traceparent } })], {
      activeSpan: () => ({ traceparent }),
    });
    expect(tracesIn(recording)).toEqual([derived("turn")]);
    expect(spansIn(recording.events)["turn"]).toMatchObject({ parentSpanId: null });
  });

  test("is one, whichever witness tells of the turn", () => {
    const recording = record([
      say.turn("turn", { parent: carrier }),
      say.turn("turn", { source: "hook" }),
      say.turn("turn", { source: "transcript", parent: another }),
      say.tool("tool", "turn"),
    ]);
    expect(tracesIn(recording)).toEqual([outside, outside, outside, outside]);
  });

  test("is its own where a turn lies in another turn", () => {
    const recording = record([
      say.turn("outer"),
      say.turn("inner", { parent: "outer" }),
      say.tool("tool", "inner"),
    ]);
    expect(tracesIn(recording)).toEqual([derived("outer"), derived("inner"), derived("inner")]);
    expect(spansIn(recording.events)).toMatchObject({
      inner: { parentSpanId: say.spanId("outer"), turnSpanId: say.spanId("inner") },
      tool: { traceId: derived("inner"), turnSpanId: say.spanId("inner") },
    });
  });
});

describe("children", () => {
  test("that come before their turn have no context, and those that come after it have one", () => {
    const recording = record([
      say.tool("early", "work"),
      say.work("work", "turn"),
      say.turn("turn"),
      say.tool("late", "work"),
    ]);
    expect(tracesIn(recording)).toEqual([null, null, derived("turn"), derived("turn")]);
    const spans = spansIn(recording.events);
    for (const key of ["early", "work", "turn", "late"])
      expect(spans[key]).toMatchObject({
        traceId: derived("turn"),
        turnSpanId: say.spanId("turn"),
      });
  });

  test("of a parent that nobody ever opens are recorded without a trace, and hang together", () => {
    const recording = record([say.tool("a", "unseen"), say.tool("b", "unseen")]);
    expect(tracesIn(recording)).toEqual([null, null]);
    const { a, b } = spansIn(recording.events);
    expect(a).toMatchObject({ parentSpanId: say.spanId("unseen"), turnSpanId: null });
    expect(a?.traceId).toBe(b?.traceId);
  });

  test("of work that came with a carrier are in its trace", () => {
    const recording = record([
      { ...say.work("actor", "-"), parent: carrier } as EventDraft,
      say.tool("tool", "actor"),
    ]);
    expect(tracesIn(recording)).toEqual([outside, outside]);
    expect(spansIn(recording.events)).toMatchObject({
      actor: { traceId: outside, parentSpanId: outsideSpan },
      tool: { traceId: outside, parentSpanId: say.spanId("actor") },
    });
  });

  test("that name each other as parents do no harm", () => {
    const { recorder, contexts } = record([
      say.work("a", "b"),
      say.work("b", "a"),
      say.work("c", "c"),
      say.tool("t", "a"),
    ]);
    expect(recorder.health().recorded).toBe(4);
    expect(contexts).toEqual([null, null, null, null]);
  });
});

const suspended = (journal: Journal, wait = "approval", key = "turn"): Recording =>
  record(
    [
      say.turn(key, { parent: carrier }),
      say.interrupt(key, wait),
      say.ended("turn", key, { outcome: { status: "suspended" } }),
    ],
    { journal },
  );

const resuming = (key: Key): readonly EventDraft[] => [
  say.turn(key, { resumes: "approval" }),
  say.tool(`tool of ${key}`, key),
];

describe("suspension and resumption", () => {
  test.each([
    ["by its name", "approval"],
    ["as the latest", true],
  ] as const)(
    "a resume %s, in another process, goes on in the same turn and trace",
    (_, resumes) => {
      const journal = steadyJournal();
      const before = suspended(journal);
      const after = record([say.turn("again", { resumes }), say.tool("tool", "again")], {
        journal,
      });
      expect(after.events[0]).toMatchObject({ turnSpanId: say.spanId("turn"), traceId: outside });
      expect(tracesIn(after)).toEqual([outside, outside]);
      expect(spansIn([...before.events, ...after.events])).toMatchObject({
        turn: { status: "suspended" },
        again: {
          status: "open",
          continuation: null,
          parentSpanId: say.spanId("turn"),
          turnSpanId: say.spanId("turn"),
        },
        tool: { turnSpanId: say.spanId("turn"), parentSpanId: say.spanId("again") },
      });
    },
  );

  test("the latest is the one that was left last", () => {
    const journal = steadyJournal();
    suspended(journal, "first", "turn 1");
    suspended(journal, "second", "turn 2");
    const [latest, before, none] = record(
      [
        say.turn("a", { resumes: true }),
        say.turn("b", { resumes: true }),
        say.turn("c", { resumes: true }),
      ],
      { journal },
    ).events;
    expect(latest?.turnSpanId).toBe(say.spanId("turn 2"));
    expect(before?.turnSpanId).toBe(say.spanId("turn 1"));
    expect(none?.turnSpanId).toBeNull();
  });

  test("of two resumes of one wait, one goes on and the other is a new trace of unknown continuation", () => {
    const journal = steadyJournal();
    const before = suspended(journal);
    const first = record(resuming("first"), { journal });
    const second = record(resuming("second"), { journal });
    expect(tracesIn(first)).toEqual([outside, outside]);
    expect(tracesIn(second)).toEqual([null, derived("second")]);
    expect(spansIn([...before.events, ...first.events, ...second.events])).toMatchObject({
      first: { continuation: null },
      second: {
        continuation: "unknown",
        traceId: derived("second"),
        turnSpanId: say.spanId("second"),
        parentSpanId: null,
      },
      "tool of second": { traceId: derived("second") },
    });
  });

  test("a turn that was resumed can be suspended and resumed again, and stays one turn", () => {
    const journal = steadyJournal();
    suspended(journal);
    record([say.turn("again", { resumes: true }), say.interrupt("again", "more")], { journal });
    const { events } = record([say.turn("at last", { resumes: "more" })], { journal });
    expect(events).toMatchObject([{ turnSpanId: say.spanId("turn"), traceId: outside }]);
  });

  test("an interrupt deep in a turn is resumed as that turn", () => {
    const journal = steadyJournal();
    record(
      [
        say.turn("turn"),
        say.work("agent", "turn"),
        say.tool("tool", "agent"),
        say.interrupt("tool", "w"),
      ],
      { journal },
    );
    const { events } = record([say.turn("again", { resumes: "w" })], { journal });
    expect(events).toMatchObject([{ turnSpanId: say.spanId("turn"), traceId: derived("turn") }]);
  });

  test("an interrupt without a name waits under its mark", () => {
    const journal = steadyJournal();
    const unnamed: EventDraft = {
      type: "interrupt.raised",
      session: say.session,
      source: "stream",
      on: "turn",
      mark: "interrupt 7",
    };
    record([say.turn("turn"), unnamed], { journal });
    const { events } = record([say.turn("again", { resumes: "interrupt 7" })], { journal });
    expect(events).toMatchObject([{ turnSpanId: say.spanId("turn") }]);
  });

  test("what was resolved is not waiting any more", () => {
    const journal = steadyJournal();
    suspended(journal);
    const resolved: EventDraft = {
      type: "interrupt.resolved",
      session: say.session,
      source: "stream",
      on: "turn",
      mark: "1",
      wait: "approval",
    };
    const { events } = record([resolved, say.turn("again", { resumes: true })], { journal });
    expect(events[1]?.turnSpanId).toBeNull();
  });

  test("a resume is linked to the span that is active where it happens, beside what was suspended", () => {
    const journal = steadyJournal();
    suspended(journal);
    const { events } = record([say.turn("again", { resumes: true })], {
      journal,
      activeSpan: () => another,
    });
    expect(spansIn(events)["again"]).toMatchObject({
      traceId: outside,
      links: [
        { kind: "resume", traceId: outside, spanId: say.spanId("turn") },
        { kind: "cause", traceId: "b".repeat(32), spanId: "c".repeat(16) },
      ],
    });
  });

  test("several witnesses of one resume claim the wait once and agree", () => {
    const journal = steadyJournal();
    suspended(journal);
    suspended(journal, "another", "turn 2");
    const recording = record(
      [
        say.turn("again", { resumes: true }),
        say.turn("again", { resumes: true, source: "hook" }),
        say.turn("again", { source: "transcript" }),
      ],
      { journal },
    );
    expect(tracesIn(recording)).toEqual([outside, outside, outside]);
    expect(recording.events.map(({ turnSpanId }) => turnSpanId)).toEqual([
      say.spanId("turn 2"),
      say.spanId("turn 2"),
      undefined,
    ]);
    expect(journal.waits.claim(say.session, "approval")).not.toBeNull();
  });
});

describe("a resume whose wait is not in this journal", () => {
  test("is stamped without a trace, and joins the one that a carrier brings before any child opens", () => {
    const recording = record([
      say.turn("turn", { resumes: "elsewhere" }),
      say.amended("turn", "1", { parent: carrier }),
      say.tool("tool", "turn"),
    ]);
    expect(recording.events[0]).toMatchObject({ turnSpanId: null });
    expect(recording.events[0]).not.toHaveProperty("traceId");
    expect(tracesIn(recording)).toEqual([null, null, outside]);
    expect(spansIn(recording.events)).toMatchObject({
      turn: { traceId: outside, parentSpanId: outsideSpan, continuation: null },
      tool: { traceId: outside },
    });
  });

  test("is the same turn where what the carrier names lies in what another process recorded", () => {
    const began = record([say.turn("first"), say.interrupt("first", "approval")]);
    const traceparent = `00-${derived("first")}-${say.spanId("first")}-01`;
    const wentOn = record([
      say.turn("second", { resumes: true }),
      say.amended("second", "1", { parent: { traceparent } }),
      say.tool("tool", "second"),
    ]);
    const turn = { traceId: derived("first"), turnSpanId: say.spanId("first") };
    expect(spansIn([...began.events, ...wentOn.events])).toMatchObject({
      first: turn,
      second: { ...turn, parentSpanId: say.spanId("first"), continuation: null },
      tool: turn,
    });
    expect(spansIn(wentOn.events)).toMatchObject({
      second: { traceId: derived("first"), turnSpanId: say.spanId("second") },
    });
  });

  test("joins the trace of the carrier that came with it", () => {
    const recording = record([
      say.turn("turn", { resumes: "elsewhere", parent: carrier }),
      say.tool("tool", "turn"),
    ]);
    expect(tracesIn(recording)).toEqual([outside, outside]);
    expect(spansIn(recording.events)["turn"]).toMatchObject({
      traceId: outside,
      parentSpanId: outsideSpan,
      continuation: null,
    });
  });

  test("is a new trace where no carrier comes, the same for the turn and what is in it", () => {
    const recording = record([say.turn("turn", { resumes: true }), say.tool("tool", "turn")]);
    expect(tracesIn(recording)).toEqual([null, derived("turn")]);
    expect(spansIn(recording.events)).toMatchObject({
      turn: { traceId: derived("turn"), continuation: "unknown" },
      tool: { traceId: derived("turn") },
    });
  });
});

test("a carrier that is told late does not tear a turn from the trace that its children have", () => {
  const recording = record([
    say.turn("turn"),
    say.tool("before", "turn"),
    say.amended("turn", "1", { parent: carrier }),
    say.tool("after", "turn"),
  ]);
  expect(tracesIn(recording)).toEqual([derived("turn"), derived("turn"), null, derived("turn")]);
  expect(spansIn(recording.events)["turn"]).toMatchObject({
    traceId: derived("turn"),
    parentSpanId: null,
  });
});
