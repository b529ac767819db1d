import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Journal } from "../journal/journal.ts";
import { createRunTree } from "../run-tree/run-tree.ts";
import type { Span, SpanLink } from "../run-tree/span.ts";
import { arbitrarySession } from "../testing-kit/arbitrary-session.ts";
import * as say from "../testing-kit/drafts.ts";
import { journalWith, steadyJournal } from "../testing-kit/journals.ts";
import { eventsIn, record } from "../testing-kit/recording.ts";
import type { AgentEvent, EventDraft, Key, TraceId } from "../vocabulary/event.ts";
import { spanIdOf, traceIdOf } from "../vocabulary/identity.ts";
import type { RecorderOptions } from "./recorder.ts";

const outside = "4bf92f3577b34da6a3ce929d0e0e4736" as TraceId;
const carrier = { traceparent: `00-${outside}-00f067aa0ba902b7-01` };

const ofTurn = (key: Key, traceId: TraceId = traceIdOf(say.session, key)): object => ({
  traceId,
  spanId: say.spanId(key),
});
const previous = (key: Key, traceId?: TraceId): object => ({
  kind: "previous",
  ...ofTurn(key, traceId),
});
const resume = (key: Key, traceId: TraceId): object => ({
  kind: "resume",
  ...ofTurn(key, traceId),
});

const suspends = (key: Key, wait: string): readonly EventDraft[] => [
  say.interrupt(key, wait),
  say.ended("turn", key, { outcome: { status: "suspended" } }),
];

const importing = (journal: Journal): Partial<RecorderOptions> & { readonly journal: Journal } => {
  const known = new Map(eventsIn(journal).map((event) => [event.id, event]));
  return { journal, clock: () => 5, recording: true, known: (_, id) => known.get(id) ?? null };
};

function linksIn(events: readonly AgentEvent[]): Readonly<Record<Key, readonly SpanLink[]>> {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  const spans = tree.session(say.session)?.spans ?? [];
  return Object.fromEntries(spans.map(({ key, links }) => [key, links]));
}

const linksOf = (drafts: readonly EventDraft[]): ReturnType<typeof linksIn> =>
  linksIn(record(drafts).events);

/** A turn of which two sources tell, each by a name of its own; the line that both know comes last. */
const toldTwice = (prompt: Key, turn: Key): readonly EventDraft[] => [
  say.turn(prompt, { source: "hook" }),
  say.turn(turn),
  say.amended(turn, "line", { alias: `line of ${turn}` }),
  say.amended(prompt, "line", { source: "hook", alias: `line of ${turn}` }),
];

describe("a turn is linked to the turn before", () => {
  test("of its session, in whichever trace that lies", () => {
    const links = linksOf([
      say.turn("one", { parent: carrier }),
      say.turn("elsewhere", { session: "thread 2" }),
      say.tool("tool", "one"),
      say.turn("two"),
      say.turn("three"),
    ]);
    expect(links).toEqual({
      one: [],
      tool: [],
      two: [previous("one", outside)],
      three: [previous("two")],
    });
  });

  test("beside what it says itself that it is linked to", () => {
    const links = linksOf([
      say.turn("one"),
      say.turn("two", { links: [{ kind: "fork", session: "thread 2", key: "far" }] }),
    ]);
    expect(links["two"]).toEqual([
      previous("one"),
      { kind: "fork", traceId: traceIdOf("thread 2", "far"), spanId: spanIdOf("thread 2", "far") },
    ]);
  });

  test("and whoever else tells of it says nothing more", () => {
    const { events } = record([
      say.turn("one"),
      say.turn("two"),
      say.turn("one", { source: "hook" }),
      say.turn("two", { source: "hook" }),
    ]);
    expect(events.map((event) => event.previous)).toEqual([
      undefined,
      ofTurn("one"),
      undefined,
      undefined,
    ]);
    expect(linksIn(events)["two"]).toEqual([previous("one")]);
  });

  test("by the name that was told first, and not to itself, where two sources name turns differently", () => {
    const links = linksOf([...toldTwice("p1", "t1"), ...toldTwice("p2", "t2"), say.turn("t3")]);
    expect(links).toEqual({ p1: [], p2: [previous("p1")], t3: [previous("p2")] });
  });

  test("by the name that was told first, where a source says what the other calls its turn", () => {
    const links = linksOf([
      say.turn("t1"),
      say.turn("p1", { source: "hook" }),
      say.amended("t1", "prompt", { alias: "p1" }),
      say.turn("t2"),
    ]);
    expect(links).toEqual({ t1: [], t2: [previous("t1")] });
  });

  test("and to none where it is told after one that began later", () => {
    const { events } = record([
      say.turn("one", { at: { ms: 1 } }),
      say.turn("three", { at: { ms: 3 } }),
      say.turn("two", { at: { ms: 2 } }),
      say.turn("four", { at: { ms: 4 } }),
    ]);
    expect(linksIn(events)).toEqual({
      one: [],
      two: [],
      three: [previous("one")],
      four: [previous("three")],
    });
  });

  test("and to none in a process that has not seen one", () => {
    const journal = steadyJournal();
    record([say.turn("one")], { journal });
    record([say.turn("two")], { journal });
    expect(linksIn(eventsIn(journal))).toEqual({ one: [], two: [] });
  });

  test("and to none while nobody has told in which trace that one lies", () => {
    const { events } = record([say.turn("one", { resumes: "elsewhere" }), say.turn("two")]);
    expect(events[1]).not.toHaveProperty("previous");
  });
});

describe("an activation that resumes is linked to the one that was suspended", () => {
  test("each time anew, in whatever process, and not to the turn before", () => {
    const journal = steadyJournal();
    record([say.turn("before"), say.turn("a", { parent: carrier }), ...suspends("a", "first")], {
      journal,
    });
    record([say.turn("b", { resumes: "first" }), ...suspends("b", "second")], { journal });
    record([say.turn("c", { resumes: true }), say.turn("after")], { journal });
    expect(linksIn(eventsIn(journal))).toEqual({
      before: [],
      a: [previous("before")],
      b: [resume("a", outside)],
      c: [resume("b", outside)],
      after: [previous("a", outside)],
    });
  });

  test("and the turn after that to the turn that began before it, not to the one that went on", () => {
    const links = linksOf([
      say.turn("a"),
      ...suspends("a", "approval"),
      say.turn("b"),
      say.turn("again", { resumes: "approval" }),
      say.turn("c"),
    ]);
    expect(links).toMatchObject({
      b: [previous("a")],
      again: [resume("a", traceIdOf(say.session, "a"))],
      c: [previous("b")],
    });
  });

  test("or to its turn, where what was left behind tells no more", () => {
    const journal = steadyJournal();
    record([say.turn("a"), ...suspends("a", "approval")], { journal });
    const { waits } = journal;
    const older = journalWith(journal, {
      waits: {
        leave: (wait) => waits.leave(wait),
        claim: (session, name) => {
          const wait = waits.claim(session, name);
          if (!wait) return null;
          const { suspendedSpanId: _, ...before } = wait;
          return before;
        },
      },
    });
    const { events } = record([say.turn("b", { resumes: true })], { journal: older });
    expect(linksIn(events)).toEqual({ b: [resume("a", traceIdOf(say.session, "a"))] });
  });

  test("and to none where the suspension is not in this journal", () => {
    expect(linksOf([say.turn("one"), say.turn("two", { resumes: "elsewhere" })])["two"]).toEqual(
      [],
    );
  });
});

test("a first part of a recording and then all of it give exactly the events of all of it", () => {
  fc.assert(
    fc.property(arbitrarySession(), fc.nat(), ({ drafts }, at) => {
      const whole = record(drafts, importing(steadyJournal()));
      const { journal } = record(
        drafts.slice(0, at % (drafts.length + 1)),
        importing(steadyJournal()),
      );
      record(drafts, importing(journal));
      expect(eventsIn(journal)).toEqual(eventsIn(whole.journal));
    }),
    { numRuns: 300 },
  );
});

test("a turn that is sent again, when those before it are forgotten, has the same links", () => {
  fc.assert(
    fc.property(arbitrarySession(), ({ drafts }) => {
      const { events } = record(drafts);
      const whole = linksIn(events);
      const tree = createRunTree({ settleMs: 0 });
      const left: Span[] = [];
      for (const event of events) {
        tree.apply(event);
        for (const span of tree.settled(event.recordedAt)) {
          left.push(span);
          if (span.kind === "turn") tree.release(span.session, span.spanId);
        }
      }
      for (const { key, links } of left.filter(({ kind }) => kind === "turn"))
        expect(links).toEqual(whole[key] ?? links);
    }),
    { numRuns: 300 },
  );
});
