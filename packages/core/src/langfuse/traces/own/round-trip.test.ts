import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asText, inWords } from "../../../journal/in-words.ts";
import type { Observation } from "../../../otlp/encode/overlays/langfuse/observation.ts";
import {
  agentWithTool,
  failingGraph,
  suspendedAndResumed,
} from "../../../otlp/encode/golden/sessions.fixture.ts";
import { spansOf } from "../../../otlp/encode/golden/spans-of.fixture.ts";
import type { Span } from "../../../run-tree/span.ts";
import { arbitrarySession } from "../../../testing-kit/arbitrary-session.ts";
import type { EventDraft, Held, Outcome } from "../../../vocabulary/event.ts";
import { isToldMark } from "../../facts/mark-facts.ts";
import { documentOf, draftsIn, sent, type Told, toldBy } from "./round-trip.fixture.ts";

/**
 * Sessions in which what caused something is a span that was seen, because of any other Langfuse is told an id that nobody can name; and in which turns are
 * told in the order in which they began, none in another, because which one was before is otherwise what the recorder saw, and no time tells.
 */
const anySession: fc.Arbitrary<readonly EventDraft[]> = arbitrarySession().map(({ drafts }) => {
  const keys = drafts.flatMap((draft) => ("key" in draft ? [draft.key] : []));
  return drafts.map((draft, place): EventDraft => {
    if (draft.type === "turn.started" && draft.source === "stream")
      return { ...draft, at: { ms: 1_000 + place } };
    if (draft.type !== "span.amended" || draft.causedBy === undefined) return draft;
    const { parent, ...amendment } = draft;
    const causedBy = keys[Number(draft.causedBy) % keys.length] ?? "";
    const isOnTurn = draft.on.startsWith("turn");
    return { ...amendment, causedBy, ...(parent === undefined || isOnTurn ? {} : { parent }) };
  });
});

/** A span by what it says, however that is referred to. What a model was sent and answered is sent as messages, whatever it was. */
function saidOn(span: Span, { content }: Told): unknown {
  const value = (held: Held | null): unknown => held && inWords(content.read(held));
  const { marks, otherSpanIds = [], input, output, context: _context, ...facts } = span;
  const expected = value(span.expected);
  const spoken = span.kind === "model" ? {} : { input: value(input), output: value(output) };
  const told = marks
    .filter(isToldMark)
    .map(({ type, mark, source, at }) => ({ type, mark, source, at }));
  return { ...facts, ...spoken, expected, detail: value(span.detail), otherSpanIds, marks: told };
}

/** How many messages each call was sent, as far as they can be told. */
const contextsOf = ({ spans, content }: Told): readonly unknown[] =>
  spans
    .flatMap(({ key, context }) => (context ? [[key, content.messages(context)?.length]] : []))
    .toSorted(([left], [right]) => (String(left) < String(right) ? -1 : 1));

/** As they go over the wire: what went in and came out as text, and JSON as its text. */
const inOrder = (rows: readonly Observation[]): readonly string[] =>
  rows
    .map(({ input = null, output = null, ...row }) =>
      JSON.stringify({ ...row, input: asText(input), output: asText(output) }),
    )
    .toSorted();

/** Without what was said, which is sent as people read it in Langfuse. */
const allFacts = (told: Told): readonly unknown[] =>
  allSaid(told).map((span) => ({
    ...(span as object),
    input: null,
    output: null,
    detail: null,
    parameters: null,
    native: null,
    labels: null,
  }));

const allSaid = (told: Told): readonly unknown[] =>
  told.spans
    .toSorted((left, right) => (left.spanId < right.spanId ? -1 : 1))
    .map((span) => saidOn(span, told));

describe.each(Object.entries({ agentWithTool, failingGraph, suspendedAndResumed }))(
  "%s",
  (_, drafts) => {
    const told = spansOf(drafts);

    test.each(["full", "delta"] as const)("comes back as it was, with contexts in %s", (mode) => {
      const again = toldBy(draftsIn(documentOf(sent(told, mode))));
      expect(allFacts(again)).toEqual(allFacts(told));
      expect(contextsOf(again)).toEqual(contextsOf(told));
    });

    test.each(["full", "delta"] as const)("is sent again byte for byte, in %s", (mode) => {
      const first = sent(told, mode);
      expect(inOrder(sent(toldBy(draftsIn(documentOf(first))), mode))).toEqual(inOrder(first));
    });
  },
);

test("what a task was to give comes back beside what it gave, as text and as JSON", () => {
  const about = { session: "s", source: "api" };
  const task = { ...about, type: "work.started", kind: "task", parent: "turn" } as const;
  const told = toldBy([
    { ...about, type: "turn.started", key: "turn", name: "crew", at: { ms: 1_000 } },
    { ...task, key: "1", name: "research", expected: "five findings", at: { ms: 1_001 } },
    { ...task, key: "2", name: "count", expected: { type: "integer" }, at: { ms: 1_002 } },
  ]);
  const again = toldBy(draftsIn(documentOf(sent(told, "full"))));
  const expected = again.spans.map((span) => span.expected && again.content.read(span.expected));
  expect(expected.map((answer) => answer && inWords(answer))).toEqual([
    null,
    "five findings",
    { type: "integer" },
  ]);
});

const joinIn = ({ spans }: Told): Span | undefined => spans.find(({ key }) => key === "join");

const carrier = (digit: string): { readonly traceparent: string } => ({
  traceparent: `00-${"1".repeat(32)}-${digit.repeat(16)}-01`,
});

test("what set work off comes back, one link for each, and what became of a message", () => {
  const at = { ms: 1_000 };
  const about = { session: "c", source: "stream", at };
  const told = toldBy([
    { ...about, type: "turn.started", key: "turn", name: "turn" },
    {
      ...about,
      type: "work.started",
      kind: "agent",
      key: "join",
      name: "join",
      parent: "turn",
      links: ["2", "3"].map((digit) => ({ kind: "cause", carrier: carrier(digit) })),
    },
    {
      ...about,
      type: "message.unhandled",
      on: "join",
      mark: "m",
      message: "m1",
      fate: "dead-lettered",
      attempt: 5,
      reason: "no answer",
    },
    { ...about, type: "work.ended", key: "join", outcome: { status: "ok" } },
  ]);
  const again = toldBy(draftsIn(documentOf(sent(told, "full"))));
  expect(joinIn(again)?.links.map(({ spanId }) => spanId)).toEqual([
    "2".repeat(16),
    "3".repeat(16),
  ]);
  expect(joinIn(again)?.links).toEqual(joinIn(told)?.links);
  expect(joinIn(again)?.marks.at(0)).toMatchObject({
    type: "message.unhandled",
    message: "m1",
    fate: "dead-lettered",
    attempt: 5,
  });
});

test.each<Outcome>([
  { status: "ok" },
  { status: "suspended" },
  { status: "cancelled" },
  { status: "error", errorType: "Timeout" },
])("what was said of how something ended comes back: $status", (outcome) => {
  const about = { session: "s", source: "api", key: "turn" };
  const detail = "cancelled: not before\nnoon";
  const told = toldBy([
    { ...about, type: "turn.started", name: "ask", at: { ms: 1_000 } },
    { ...about, type: "turn.ended", outcome, detail, at: { ms: 2_000 } },
  ]);
  const again = toldBy(draftsIn(documentOf(sent(told, "full"))));
  const [held = null] = again.spans.map((span) => span.detail);
  expect(held && again.content.read(held)).toEqual({ kind: "value", value: detail });
});

test.each(["chat", "text_completion", "embeddings"] as const)(
  "a call for %s comes back as one",
  (operation) => {
    const about = { session: "s", source: "api", at: { ms: 1_000 } };
    const told = toldBy([
      { ...about, type: "turn.started", key: "turn", name: "ask" },
      { ...about, type: "model.started", key: "call", parent: "turn", name: "large", operation },
    ]);
    const again = toldBy(draftsIn(documentOf(sent(told, "full"))));
    expect(again.spans.find(({ key }) => key === "call")).toMatchObject({ operation });
  },
);

test("a call that nobody saw ending has the model that its usage names, there and when it comes back", () => {
  const about = { session: "s", source: "api", at: { ms: 1_000 } };
  const usage = { input: 3, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: null };
  const counted = { basis: "call", final: false, usage, model: "large-1" } as const;
  const told = toldBy([
    { ...about, type: "turn.started", key: "turn", name: "ask" },
    { ...about, type: "model.started", key: "call", parent: "turn", name: "large" },
    { ...about, type: "usage.reported", on: "call", mark: "1", ...counted },
  ]);
  const first = sent(told, "full");
  expect(first.find(({ type }) => type === "generation")).toMatchObject({ model: "large-1" });
  const again = sent(toldBy(draftsIn(documentOf(first))), "full");
  expect(inOrder(again)).toEqual(inOrder(first));
});

describe("what Spoor has sent to Langfuse", () => {
  test("comes back as it was", () => {
    fc.assert(
      fc.property(anySession, (drafts) => {
        const told = toldBy(drafts);
        const again = toldBy(draftsIn(documentOf(sent(told, "full"))));
        expect(allSaid(again)).toEqual(allSaid(told));
      }),
    );
  });

  test("is sent again as it was sent, byte for byte", () => {
    fc.assert(
      fc.property(anySession, (drafts) => {
        const first = sent(toldBy(drafts), "full");
        const again = sent(toldBy(draftsIn(documentOf(first))), "full");
        expect(inOrder(again)).toEqual(inOrder(first));
      }),
    );
  });
});
