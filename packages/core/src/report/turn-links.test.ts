import { expect, test } from "vitest";
import { createRunTree } from "../run-tree/run-tree.ts";
import type { SpanLink } from "../run-tree/span.ts";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { turnLinks } from "./turn-links.ts";
import { turnsIn } from "./turn.ts";

const { events } = record([
  say.turn("a", { at: { ms: 1 } }),
  say.interrupt("a", "approval"),
  say.ended("turn", "a", { outcome: { status: "suspended" } }),
  say.turn("again", { at: { ms: 2 }, resumes: "approval" }),
  say.interrupt("again", "more"),
  say.turn("and again", { at: { ms: 3 }, resumes: "more" }),
  say.turn("b", {
    at: { ms: 4 },
    links: [{ kind: "fork", session: "thread 2", key: "far" }],
  }),
]);

const withoutStamps = (event: AgentEvent): AgentEvent => {
  const { previous: _, suspendedSpanId: __, ...older } = event;
  return older;
};

function linksIn(read: readonly AgentEvent[]): readonly (readonly SpanLink[])[] {
  const tree = createRunTree();
  for (const event of read) tree.apply(event);
  const turns = turnsIn(tree.session(say.session)?.spans ?? []);
  return turns.map((turn, index) => turnLinks(turn, turns[index - 1] ?? null));
}

const named = (links: readonly (readonly SpanLink[])[]): unknown =>
  links.map((ofTurn) => ofTurn.map(({ kind, spanId }) => [kind, spanId]));

test("each link of a turn is told once: the turn before, each suspension, and what its openings say", () => {
  expect(named(linksIn(events))).toEqual([
    [
      ["resume", say.spanId("a")],
      ["resume", say.spanId("again")],
    ],
    [
      ["previous", say.spanId("a")],
      ["fork", expect.stringMatching(/^[0-9a-f]{16}$/)],
    ],
  ]);
});

test("an older recording, in which nothing of it was stamped, reads the same", () => {
  expect(linksIn(events.map(withoutStamps))).toEqual(linksIn(events));
});

test("what was stamped stands, whatever else the record shows", () => {
  const between = record([say.turn("between", { at: { ms: 3.5 } })]).events;
  const [, , last] = linksIn([...events, ...between]);
  expect(last?.[0]).toMatchObject({ kind: "previous", spanId: say.spanId("a") });
  const [first] = linksIn(events.filter((event) => !("key" in event && event.key === "again")));
  expect(named([first ?? []])).toEqual([[["resume", say.spanId("again")]]]);
});
