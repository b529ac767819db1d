import type { AgentEvent, EventDraft } from "@spoor/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldOf, problemsOf, recordAll } from "../adapter/recorded.ts";
import { arbitrarySession, cut, shuffled } from "./arbitrary-session.ts";
import { interleaved } from "./interleaved.ts";

const recorded = (drafts: readonly EventDraft[]): readonly AgentEvent[] => recordAll(drafts).events;

function viewOf(events: readonly AgentEvent[]): readonly unknown[] {
  const tree = foldOf(events);
  return tree.sessions().map((id) => tree.session(id));
}

describe("an arbitrary session", () => {
  test("is grammatical, is accepted in full, and says nothing twice", () => {
    fc.assert(
      fc.property(arbitrarySession(), (drafts) => {
        const { events, recorder } = recordAll(drafts);
        expect(problemsOf(events)).toEqual([]);
        expect(recorder.health()).toMatchObject({ recorded: drafts.length, known: 0, refused: 0 });
      }),
    );
  });

  test("opens a span before it says anything else of it", () => {
    fc.assert(
      fc.property(arbitrarySession(), (drafts) => {
        const opened = new Set<string>();
        for (const draft of drafts) {
          const key = "key" in draft ? draft.key : draft.on;
          if ("key" in draft && !("outcome" in draft)) opened.add(draft.key);
          expect(key === null || opened.has(key)).toBe(true);
          if ("parent" in draft && typeof draft.parent === "string")
            expect(opened.has(draft.parent)).toBe(true);
        }
      }),
    );
  });

  test("cut anywhere stays grammatical, and what had ended is ended", () => {
    fc.assert(
      fc.property(cut(arbitrarySession()), (drafts) => {
        const events = recorded(drafts);
        expect(problemsOf(events)).toEqual([]);
        const ended = new Set(
          events.flatMap((event) => ("outcome" in event ? [event.spanId] : [])),
        );
        const tree = foldOf(events);
        const spans = tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []);
        const open = spans.filter(({ status }) => status === "open");
        expect(open.some(({ spanId }) => ended.has(spanId))).toBe(false);
        expect(open).toHaveLength(spans.length - ended.size);
      }),
    );
  });

  test("read in any order is the same session", () => {
    const events = arbitrarySession().map(recorded);
    fc.assert(
      fc.property(
        events.chain((whole) => fc.tuple(fc.constant(whole), shuffled(fc.constant(whole)))),
        ([whole, mixed]) => {
          expect(mixed).toHaveLength(whole.length);
          expect(problemsOf(mixed)).toEqual([]);
          expect(viewOf(mixed)).toEqual(viewOf(whole));
        },
      ),
    );
  });

  test("has all that it promises, now and then", () => {
    const seen = new Set<string>();
    for (const drafts of fc.sample(arbitrarySession(), 200))
      for (const drawn of drafts) for (const trait of traitsOf(drawn, drafts)) seen.add(trait);
    expect([...seen].toSorted()).toEqual(promised.toSorted());
  });

  test("goes by the name that it is given", () => {
    const [drafts = []] = fc.sample(arbitrarySession({ session: "mine" }), 1);
    expect(new Set(drafts.map(({ session }) => session))).toEqual(new Set(["mine"]));
  });
});

const promised = [
  "another turn",
  "an agent in a tool",
  "an error",
  "late usage",
  "no time",
  "parallel tools",
  "placeholder",
  "resume",
  "retry beside",
  "retry inside",
  "second name",
  "second witness",
  "suspension",
];

function traitsOf(draft: EventDraft, all: readonly EventDraft[]): readonly string[] {
  const index = all.indexOf(draft);
  const next = all[index + 1];
  const traits: Readonly<Record<string, boolean>> = {
    "another turn": "key" in draft && draft.key === "turn 1",
    "an agent in a tool": "key" in draft && /tool \d \/ agent/.test(draft.key),
    "an error": "outcome" in draft && draft.outcome.status === "error",
    "late usage":
      draft.type === "usage.reported" &&
      all.findIndex((one) => one.type === "model.ended" && one.key === draft.on) < index &&
      draft.basis === "call",
    "no time": draft.at === undefined,
    "parallel tools":
      draft.type === "tool.started" &&
      next?.type === "tool.started" &&
      next.source === draft.source,
    placeholder: draft.type === "usage.reported" && !draft.final,
    resume: draft.type === "turn.started" && draft.resumes !== undefined,
    "retry beside": draft.type === "tool.started" && draft.attempt === 2,
    "retry inside": draft.type === "attempt.failed",
    "second name": draft.type === "span.amended" && draft.alias !== undefined,
    "second witness": draft.source === "hook",
    suspension: "outcome" in draft && draft.outcome.status === "suspended",
  };
  return Object.keys(traits).filter((trait) => traits[trait]);
}

test("stories told side by side each keep their order, and nothing is lost", () => {
  const stories = fc.array(fc.array(fc.nat(), { maxLength: 5 }), { maxLength: 4 });
  fc.assert(
    fc.property(stories, fc.array(fc.nat(), { minLength: 1 }), (numbers, lots) => {
      const named = numbers.map((story, which) => story.map((_, place) => ({ which, place })));
      const told = interleaved(named, lots);
      for (const [which, story] of named.entries())
        expect(told.filter((one) => one.which === which)).toEqual(story);
      expect(told).toHaveLength(named.flat().length);
    }),
  );
});
