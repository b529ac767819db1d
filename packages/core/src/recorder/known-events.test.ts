import { describe, expect, test } from "vitest";
import type { Journal } from "../journal/journal.ts";
import { createRunTree, type SessionView } from "../run-tree/run-tree.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { eventsIn, record } from "../testing-kit/recording.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import type { RecorderOptions } from "./recorder.ts";

const clock = (): number => 5;

const view = (events: readonly AgentEvent[]): SessionView | null => {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  return tree.session(say.session);
};

const importing = (
  journal: Journal = steadyJournal(),
): Partial<RecorderOptions> & { readonly journal: Journal } => {
  const known = new Map(eventsIn(journal).map((event) => [event.id, event]));
  return {
    journal,
    clock,
    recording: true,
    known: (_, id) => known.get(id) ?? null,
  };
};

describe("events that are known already", () => {
  const drafts: readonly EventDraft[] = [
    say.sessionStarted({ userId: "ada@example.org" }),
    say.turn("turn", { input: "question", at: { ms: 1 } }),
    say.model("model", "turn", { context: { messages: ["a", "b"] } }),
    say.usage("model", "1", say.tokens(10)),
    say.ended("model", "model", { output: "answer" }),
    say.interrupt("turn", "w"),
    say.ended("turn", "turn", { outcome: { status: "suspended" } }),
    say.turn("turn 2", { resumes: "w" }),
    say.tool("tool", "turn 2", { input: "more" }),
    say.ended("turn", "turn 2"),
  ];

  test("an import that is repeated adds nothing, and answers as the first one did", () => {
    const first = record(drafts, importing());
    const second = record(drafts, importing(first.journal));
    expect(second.recorder.health()).toMatchObject({ recorded: 0, known: drafts.length });
    expect(second.contexts).toEqual(first.contexts);
    expect(eventsIn(first.journal)).toHaveLength(drafts.length);
  });

  test.each(drafts.map((_, cut) => cut))(
    "the first %i, then all of them, give exactly the events of all of them",
    (cut) => {
      const whole = record(drafts, importing());
      const { journal } = record(drafts.slice(0, cut), importing());
      record(drafts, importing(journal));
      expect(eventsIn(journal)).toEqual(eventsIn(whole.journal));
    },
  );

  test("fold to the same tree, though they were recorded by two", () => {
    const journal = steadyJournal({ lane: "1" });
    const one = record(drafts, importing());
    const two = record(drafts, importing(journal));
    expect(view([...one.events, ...two.events])).toEqual(view(one.events));
  });
});
