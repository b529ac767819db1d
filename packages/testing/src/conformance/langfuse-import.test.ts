import type { AgentEvent, EventDraft, Span } from "@spoor/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySession } from "../arbitraries/arbitrary-session.ts";
import { exampleDrafts } from "../exporter/example-drafts.ts";
import { fromCore } from "./from-core.fixture.ts";
import { roundTrip, type Told, toldBy, ways } from "./langfuse-import.fixture.ts";

const sessions = await fromCore<
  Readonly<Record<"agentWithTool" | "failingGraph" | "suspendedAndResumed", readonly EventDraft[]>>
>("otlp/encode/golden/sessions.fixture.ts");

const begun = Date.UTC(2026, 0, 1);

/**
 * Calls and turns in the order of time: which context goes on from which, and which turn was before which, is what a recorder has seen, and no time tells it
 * of two in the same millisecond.
 */
const anySession: fc.Arbitrary<readonly EventDraft[]> = arbitrarySession().map((drafts) =>
  drafts.map((draft, place) =>
    draft.type === "turn.started" || draft.type === "model.started"
      ? { ...draft, at: { ms: begun + place } }
      : draft,
  ),
);

/** A fraction of a millisecond apart. */
const timed = (drafts: readonly EventDraft[]): readonly EventDraft[] =>
  drafts.map((draft, place) => ({ ...draft, at: { ms: begun + place * 1.25 } }));

const goldenSessions: Readonly<Record<string, readonly EventDraft[]>> = {
  everything: exampleDrafts("example"),
  agentWithTool: timed(sessions.agentWithTool),
  failingGraph: timed(sessions.failingGraph),
  suspendedAndResumed: timed(sessions.suspendedAndResumed),
};

const toldElsewhere: ReadonlySet<AgentEvent["type"]> = new Set([
  "usage.reported",
  "span.amended",
  "output.began",
  "score.given",
  "checkpoint.written",
] as const);

/** The spans without their content, and without what tells only how they were recorded. */
function factsOf({ spans }: Told): readonly unknown[] {
  return spans
    .toSorted((left, right) => (left.spanId < right.spanId ? -1 : 1))
    .map((span) => ({
      ...span,
      ...withoutContent,
      links: span.links.filter(({ kind }) => kind !== "previous"),
      labels: { ...span.labels, userId: span.labels.userId !== null },
      context: span.context?.count ?? null,
      marks: span.marks.flatMap(({ type, id, source, at }) =>
        toldElsewhere.has(type) ? [] : [{ type, id, source, at }],
      ),
    }));
}

const withoutContent = {
  detail: null,
  input: null,
  output: null,
  expected: null,
  parameters: null,
  native: null,
} satisfies Partial<Span>;

describe.each(Object.entries(ways))("by %s", (_, way) => {
  test.each(
    Object.entries(goldenSessions).flatMap(([name, drafts]) =>
      (["full", "delta"] as const).map((mode) => [name, mode, drafts] as const),
    ),
  )("%s comes back as it was, and is sent again byte for byte (%s)", async (__, mode, drafts) => {
    const told = toldBy(drafts);
    const { again, first, second } = await roundTrip(told, way, mode);
    expect(factsOf(again)).toEqual(factsOf(told));
    expect(second).toEqual(first);
  });

  test("any session comes back as it was, and is sent again byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(anySession, async (drafts) => {
        const told = toldBy(drafts);
        const { again, first, second } = await roundTrip(told, way, "full");
        expect(factsOf(again)).toEqual(factsOf(told));
        expect(second).toEqual(first);
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
