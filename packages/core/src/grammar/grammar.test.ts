import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../testing-kit/runs.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import { eventIdOf } from "../vocabulary/identity.ts";
import { anything, nestedSession } from "./arbitrary-drafts.ts";
import { amend, close, handoff, open, record, report } from "./drafts.fixture.ts";
import { createGrammar } from "./grammar.ts";
import type { GrammarProblem } from "./problem.ts";
import { describeProblem } from "./problem.ts";

function problemsIn(events: readonly AgentEvent[]): readonly GrammarProblem[] {
  const grammar = createGrammar();
  for (const event of events) grammar.apply(event);
  return grammar.problems();
}
const check = (...drafts: readonly EventDraft[]): readonly GrammarProblem[] =>
  problemsIn(record(drafts));

describe("what is wrong", () => {
  test("a closing whose key nobody opened", () => {
    const closing = close("tool", "a");
    expect(check(closing)).toEqual([
      { code: "unopened-closing", session: "s", key: "a", evidence: [eventIdOf(closing)] },
    ]);
  });

  test("a mark about a key nobody opened", () => {
    const mark = handoff("a");
    expect(check(open("turn", "b"), mark)).toEqual([
      { code: "unopened-mark", session: "s", key: "a", evidence: [eventIdOf(mark)] },
    ]);
  });

  test("a key that was opened in another session only", () => {
    expect(check({ ...open("tool", "a"), session: "t" }, close("tool", "a"))).toMatchObject([
      { code: "unopened-closing", session: "s" },
    ]);
  });

  test.each([
    ["an opening and a closing", open("model", "a"), close("tool", "a")],
    ["two openings", open("tool", "a"), open("model", "a", undefined, "hook")],
  ])("%s of one key that disagree on what it is", (_, one, other) => {
    expect(check(one, other)).toEqual([
      {
        code: "families-disagree",
        session: "s",
        key: "a",
        families: ["model", "tool"],
        evidence: [eventIdOf(one), eventIdOf(other)].toSorted(),
      },
    ]);
  });

  test("two keys of one span that disagree on what it is", () => {
    expect(check(open("tool", "a"), open("model", "b"), amend("b", { alias: "a" }))).toMatchObject([
      { code: "families-disagree", key: "a" },
    ]);
  });

  test("a cycle of parents, told once and from its least key", () => {
    const events = [open("work", "c", "b"), open("work", "b", "a"), open("work", "a", "c")];
    expect(check(...events, open("tool", "d", "a"))).toEqual([
      {
        code: "parent-cycle",
        session: "s",
        key: "a",
        cycle: ["a", "c", "b"],
        evidence: events.map(eventIdOf).toSorted(),
      },
    ]);
  });

  test("a span that is its own parent, by its alias or by an amendment", () => {
    const alias = check(open("work", "a", "b"), amend("a", { alias: "b" }));
    const amendment = check(open("work", "a"), amend("a", { parent: "a" }));
    expect(alias).toMatchObject([{ code: "parent-cycle", cycle: ["a"] }]);
    expect(amendment).toMatchObject([{ code: "parent-cycle", cycle: ["a"] }]);
  });

  test.each([
    ["call", "turn"],
    ["call", "work"],
    ["call", "tool"],
    ["total", "model"],
    ["total", "tool"],
  ] as const)("usage of basis %s on a %s", (basis, family) => {
    const usage = report("a", basis);
    expect(check(open(family, "a"), usage)).toEqual([
      {
        code: "misplaced-usage",
        session: "s",
        key: "a",
        basis,
        family,
        evidence: [eventIdOf(usage)],
      },
    ]);
  });
});

describe("what is not wrong", () => {
  test.each<readonly [string, readonly EventDraft[]]>([
    ["what is open", [open("turn", "a")]],
    ["what is closed", [open("turn", "a"), close("turn", "a")]],
    ["a closing that comes before its opening", [close("turn", "a"), open("turn", "a")]],
    ["an event that comes twice", [open("turn", "a"), open("turn", "a"), close("turn", "a")]],
    ["several witnesses", [open("turn", "a"), open("turn", "a", undefined, "hook")]],
    ["a parent that nobody opened", [open("tool", "a", "elsewhere")]],
    ["a mark on the session", [handoff(null)]],
    ["a mark on an alias", [open("turn", "b"), amend("b", { alias: "a" }), handoff("a")]],
    [
      "a mark on an alias of an alias",
      [open("turn", "a"), amend("b", { alias: "c" }), amend("b", { alias: "a" }), handoff("c")],
    ],
    [
      "a total on a turn, and on work",
      [open("turn", "a"), report("a", "total"), open("work", "b"), report("b", "total")],
    ],
    ["a call's usage on a model call", [open("model", "a"), report("a", "call")]],
    [
      "an amendment that would close a ring, where the opening named the parent",
      [open("work", "a", "b"), open("work", "b", "c"), amend("b", { parent: "a" })],
    ],
  ])("%s", (_, drafts) => {
    expect(check(...drafts)).toEqual([]);
  });
});

describe("laws", () => {
  test("no prefix of a well-formed session has a problem", () => {
    fc.assert(
      fc.property(nestedSession, (drafts) => {
        const grammar = createGrammar();
        for (const event of record(drafts)) {
          grammar.apply(event);
          expect(grammar.problems()).toEqual([]);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("any order of the events, and any repetition, gives the same problems", () => {
    const shuffled = anything.map(record).chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc
          .tuple(
            fc.shuffledSubarray([...events], { minLength: events.length }),
            fc.subarray([...events]),
          )
          .map((parts) => parts.flat()),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([events, again]) => {
        expect(problemsIn(again)).toEqual(problemsIn(events));
      }),
      { numRuns: runs(2_000) },
    );
  });

  test("every problem is told in one line that names the session and the key", () => {
    fc.assert(
      fc.property(anything, (drafts) => {
        for (const problem of check(...drafts)) {
          const sentence = describeProblem(problem);
          expect(sentence).toContain(JSON.stringify(problem.key));
          expect(sentence).toContain(JSON.stringify(problem.session));
          expect(sentence).not.toMatch(/\n|\.$|undefined/);
        }
      }),
    );
  });
});
