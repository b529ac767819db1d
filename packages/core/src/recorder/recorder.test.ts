import { describe, expect, test } from "vitest";
import { parseEvent } from "../schema/parse.ts";
import * as say from "../testing-kit/drafts.ts";
import { failingJournal, steadyJournal } from "../testing-kit/journals.ts";
import { eventsIn, record } from "../testing-kit/recording.ts";
import type { EventDraft } from "../vocabulary/event.ts";

describe("identity", () => {
  const drafts = [
    say.sessionStarted(),
    say.turn("turn"),
    say.tool("tool", "turn"),
    say.handoff("tool", "1"),
    say.handoff(null, "1"),
    say.ended("tool", "tool"),
  ];

  test("is the same in every recorder and process: these ids are part of the format", () => {
    const identities = record(drafts).events.map(({ id, spanId }) => [id, spanId]);
    expect(identities).toEqual([
      ["de2a88a70a8eeb04ed10bc3d3f303a92", null],
      ["3e86b2935a6dcd6cedbc401e3f126dc9", "d3796998bf5a1527"],
      ["bea9ee03efbc1ab2209d7864687d233b", "c758b4133f244006"],
      ["3685205bbeaada1abfc191cf66ec9f35", "c758b4133f244006"],
      ["28db4b68f7ff87641c28cf22a20cb32b", null],
      ["2328f3ce2814568e86ddca7cc8b68c75", "c758b4133f244006"],
    ]);
    expect(record(drafts, { clock: () => 9 }).events.map(({ id }) => id)).toEqual(
      identities.map(([id]) => id),
    );
  });

  test("tells sessions, keys, types, witnesses and marks apart", () => {
    const different: readonly EventDraft[] = [
      say.handoff("a", "1"),
      say.handoff("a", "2"),
      say.handoff("b", "1"),
      say.handoff(null, "1"),
      say.handoff("a", "1", { source: "hook" }),
      say.handoff("a", "1", { session: "thread 2" }),
      say.amended("a", "1"),
      say.turn("a"),
      say.ended("turn", "a"),
    ];
    const ids = record(different).events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(different.length);
  });

  test("cannot be said by a draft", () => {
    const honest = record([say.turn("turn")]).events;
    const forged = {
      ...say.turn("turn"),
      v: 7,
      id: "forged",
      sequence: 99,
      recordedAt: -1,
      spanId: "forged",
      turnSpanId: "forged",
    };
    expect(record([forged]).events).toEqual(honest);
  });
});

describe("time and sequence", () => {
  test("what carries no time gets the clock's where there is one, and none where a recording is read", () => {
    const noon = { clock: () => 1_234.5 };
    const drafts = [say.turn("a"), say.turn("b", { at: { ms: 7, inferred: true } })];
    expect(record(drafts, noon).events.map(({ at }) => at)).toEqual([
      { ms: 1_234.5 },
      { ms: 7, inferred: true },
    ]);
    const { events } = record(drafts, { ...noon, recording: true });
    expect(events.map(({ at }) => at)).toEqual([undefined, { ms: 7, inferred: true }]);
    expect(events.map(({ recordedAt }) => recordedAt)).toEqual([1_234.5, 1_234.5]);
  });

  test("recordedAt never falls, even if the clock does, not even across recorders of one lane", () => {
    const journal = steadyJournal();
    const times = [10, 30, 20, 25, 40];
    const clock = (): number => times.shift() ?? 5;
    record([say.turn("a"), say.turn("b"), say.turn("c")], { journal, clock });
    record([say.turn("d"), say.turn("e"), say.turn("f")], { journal, clock });
    expect(eventsIn(journal).map(({ recordedAt }) => recordedAt)).toEqual([10, 30, 30, 30, 40, 40]);
  });

  test("sequence has no gaps, whatever was refused or lost in between", () => {
    const { journal, fails } = failingJournal();
    const { recorder } = record([say.turn("a"), say.turn("")], { journal });
    fails(true);
    recorder.emit(say.turn("lost"));
    fails(false);
    recorder.emit(say.turn("b"));
    expect(eventsIn(journal).map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
  });
});

test("the event that is handed over is the entry that is written, and shares nothing with its draft", () => {
  const tags = ["a"];
  const outcome = { status: "error" as const, errorType: "Before" };
  const drafts = [
    say.turn("turn", { tags, parent: undefined, agent: undefined } as never),
    say.ended("turn", "turn", { outcome, name: undefined } as never),
  ];
  const { events, journal } = record(drafts);
  tags.push("b");
  outcome.errorType = "After";
  expect(events).toStrictEqual(eventsIn(journal));
  expect(events.every((event) => parseEvent(event).ok)).toBe(true);
});

test("an observer of the active span that throws costs the turn its parent, not its record", () => {
  const { events } = record([say.turn("turn"), say.turn("next", { resumes: true })], {
    activeSpan: () => {
      throw new Error("no");
    },
  });
  expect(events).toHaveLength(2);
});
