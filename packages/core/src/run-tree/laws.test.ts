import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySession, type ToldSession } from "../testing-kit/arbitrary-session.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { eventsIn, record, tickingClock } from "../testing-kit/recording.ts";
import { runs } from "../testing-kit/runs.ts";
import { type Carrier, writeCarrier } from "../vocabulary/carrier.ts";
import type { AgentEvent, EventDraft, EventId, SpanId } from "../vocabulary/event.ts";
import { eventIdOf, traceIdOfSession } from "../vocabulary/identity.ts";
import { addUsage, type Usage, unknownUsage, usageBuckets } from "../vocabulary/usage.ts";
import { createRunTree, type SessionView } from "./run-tree.ts";

function fold(events: Iterable<AgentEvent>): SessionView | null {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  return tree.session(say.session);
}

/** Recorded by two, each in a lane of its own, as the numbers say; what both saw was recorded by both. */
function inTwoLanes(
  drafts: readonly EventDraft[],
  who: readonly number[],
): readonly (readonly AgentEvent[])[] {
  const clock = tickingClock();
  const lanes = ["0", "1"].map((lane) => record([], { journal: steadyJournal({ lane }), clock }));
  for (const [index, draft] of drafts.entries()) {
    const seenBy = who[index % Math.max(1, who.length)] ?? 0;
    for (const [lane, { recorder }] of lanes.entries())
      if (seenBy === lane || seenBy === 2) recorder.emit(draft);
  }
  return lanes.map(({ journal }) => eventsIn(journal));
}

const lanesOf: fc.Arbitrary<readonly (readonly AgentEvent[])[]> = fc
  .tuple(arbitrarySession(), fc.array(fc.nat(2), { maxLength: 12 }))
  .map(([{ drafts }, who]) => inTwoLanes(drafts, who));

const shuffledWithRepetitions = (
  events: readonly AgentEvent[],
): fc.Arbitrary<readonly AgentEvent[]> =>
  fc
    .tuple(fc.shuffledSubarray([...events], { minLength: events.length }), fc.subarray([...events]))
    .map(([all, again]) => [...all, ...again]);

describe("the order of reading does not matter", () => {
  test("any order and any repetition of the events fold to the same session", () => {
    const read = arbitrarySession()
      .map(({ drafts }) => record(drafts).events)
      .chain((events) => fc.tuple(fc.constant(events), shuffledWithRepetitions(events)));
    fc.assert(
      fc.property(read, ([events, again]) => {
        expect(fold(again)).toEqual(fold(events));
      }),
      { numRuns: runs(1_500) },
    );
  });

  test("lanes can be read one after the other, the other way round, or mixed", () => {
    const read = lanesOf.chain((lanes) =>
      fc.tuple(fc.constant(lanes), shuffledWithRepetitions(lanes.flat())),
    );
    fc.assert(
      fc.property(read, ([lanes, mixed]) => {
        const view = fold(lanes.flat());
        expect(fold(lanes.toReversed().flat())).toEqual(view);
        expect(fold(mixed)).toEqual(view);
      }),
      { numRuns: runs(1_500) },
    );
  });

  test("what lies in the journal folds to what was seen live", () => {
    fc.assert(
      fc.property(arbitrarySession(), ({ drafts }) => {
        const { events, journal } = record(drafts);
        expect(fold(eventsIn(journal))).toEqual(fold(events));
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("a view in between changes nothing", () => {
    fc.assert(
      fc.property(arbitrarySession(20), ({ drafts }) => {
        const { events } = record(drafts);
        const tree = createRunTree();
        for (const event of events) {
          tree.apply(event);
          tree.session(say.session);
        }
        expect(tree.session(say.session)).toEqual(fold(events));
      }),
      { numRuns: runs(1_000) },
    );
  });
});

const carrierOf = (key: string): Carrier =>
  writeCarrier({ traceId: traceIdOfSession(say.session), spanId: say.spanId(key) });

/** Anything about a few keys: rings of parents, names of names, endings without beginnings. */
const nonsense: fc.Arbitrary<readonly EventDraft[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom("a", "b", "c", "d", "e"),
      fc.constantFrom("a", "b", "c", "d", "e"),
      fc.nat(99),
    )
    .chain(([key, other, number]) =>
      fc.constantFrom<EventDraft>(
        say.work(key, other),
        say.work(key, other, { source: "hook" }),
        say.turn(key),
        say.turn(key, { source: "hook", parent: other as never }),
        say.model(key, other),
        say.tool(key, "", { parent: carrierOf(other) }),
        say.ended("work", key),
        say.usage(key, `${number}`, say.tokens(number), { meter: other }),
        say.total(key, `${number}`, say.tokens(number), { meter: other }),
        say.amended(key, `${number}`, { alias: other }),
        say.amended(key, `${number}`, { parent: other }),
      ),
    ),
  { maxLength: 20 },
);

/** A witness may repeat itself, but never says two things of one id. */
function withoutContradictions(drafts: readonly EventDraft[]): readonly EventDraft[] {
  const said = new Map<EventId, string>();
  return drafts.filter((draft) => {
    const [id, text] = [eventIdOf(draft), JSON.stringify(draft)];
    const known = said.get(id) ?? text;
    said.set(id, known);
    return known === text;
  });
}

describe("nonsense", () => {
  test("folds to one and the same, in any order, and every span of it is shown once", () => {
    const read = fc
      .tuple(nonsense, fc.boolean())
      .map(([drafts, recording]) => record(withoutContradictions(drafts), { recording }).events)
      .chain((events) => fc.tuple(fc.constant(events), shuffledWithRepetitions(events)));
    fc.assert(
      fc.property(read, ([events, again]) => {
        const view = fold(events);
        expect(fold(again)).toEqual(view);
        const ids = view?.spans.map(({ spanId }) => spanId) ?? [];
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe("every prefix", () => {
  test("folds to a well-formed tree: what ended is ended, the rest is open", () => {
    fc.assert(
      fc.property(arbitrarySession(), fc.nat(), ({ drafts }, cut) => {
        const prefix = drafts.slice(0, cut % (drafts.length + 1));
        const view = fold(record(prefix).events);
        const spans = view?.spans ?? [];
        const began = keysIn(prefix, "name");
        const ended = keysIn(prefix, "outcome");

        expect(new Set(spans.map(({ spanId }) => spanId))).toEqual(new Set(began.map(say.spanId)));
        expect(spans).toHaveLength(began.length);
        for (const { key, status, endedAt } of spans) {
          expect(status === "open").toBe(!ended.includes(key));
          if (status === "open") expect(endedAt).toBeNull();
        }
        const before = new Set<SpanId>();
        for (const { spanId, parentSpanId } of spans) {
          if (parentSpanId !== null) expect(before).toContain(parentSpanId);
          before.add(spanId);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("puts every span of a turn in one trace, the one it was stamped with", () => {
    fc.assert(
      fc.property(arbitrarySession(), ({ drafts }) => {
        const { events } = record(drafts);
        const stamps = new Map(events.map(({ spanId, traceId }) => [spanId, traceId]));
        const traces = new Map<SpanId | null, string>();
        for (const { turnSpanId, traceId, kind, spanId } of fold(events)?.spans ?? []) {
          expect(traceId).toBe(traces.get(turnSpanId) ?? traceId);
          traces.set(turnSpanId, traceId);
          if (kind === "turn") expect(stamps.get(spanId) ?? traceId).toBe(traceId);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("orders the marks of a span by their times, and gives each once", () => {
    fc.assert(
      fc.property(arbitrarySession(), ({ drafts }) => {
        const { events } = record(drafts, { recording: true });
        const spans = fold(events)?.spans ?? [];
        for (const { marks } of spans) {
          const times = marks.flatMap(({ at }) => at?.ms ?? []);
          expect(times).toEqual(times.toSorted((left, right) => left - right));
        }
        const marks = spans.flatMap((span) => span.marks.map(({ id }) => id));
        expect(marks.toSorted()).toEqual(
          events
            .flatMap((event) => ("on" in event && event.on !== null ? [event.id] : []))
            .toSorted(),
        );
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("infers a time that nobody told from what lies on the span or under it", () => {
    fc.assert(
      fc.property(arbitrarySession(), ({ drafts }) => {
        const { events } = record(drafts, { recording: true });
        const spans = fold(events)?.spans ?? [];
        for (const span of spans) {
          const under = spans.filter(
            (other) => other === span || ancestorsOf(other.spanId, spans).includes(span.spanId),
          );
          const own = events.filter((event) => nameIn(event) === span.key);
          const said = own.flatMap(
            (event) => ("name" in event && "key" in event && event.at) || [],
          );
          if (said.length > 0) continue;
          const times = under.flatMap(({ startedAt, endedAt, marks }) => [
            ...(startedAt === null ? [] : [startedAt]),
            ...(endedAt === null ? [] : [endedAt]),
            ...marks.flatMap(({ at }) => at?.ms ?? []),
          ]);
          if (span.startedAt === null) expect(times).toEqual([]);
          else {
            expect(span.inferred).toContain("startedAt");
            expect(span.startedAt).toBeLessThanOrEqual(Math.min(...times));
          }
        }
      }),
      { numRuns: runs(1_000) },
    );
  });
});

function ancestorsOf(spanId: SpanId, spans: SessionView["spans"]): readonly (SpanId | null)[] {
  const parents = new Map(spans.map((span) => [span.spanId, span.parentSpanId]));
  const above: SpanId[] = [];
  for (let at = parents.get(spanId); at; at = parents.get(at)) above.push(at);
  return above;
}

/** Other names of a span are not other spans. */
function nameIn(event: AgentEvent): string | undefined {
  return ("key" in event ? event.key : event.on)?.replace(/^also /, "");
}

function keysIn(drafts: readonly EventDraft[], field: "name" | "outcome"): readonly string[] {
  const keys = drafts.flatMap((draft) =>
    "key" in draft && field in draft ? [draft.key.replace(/^also /, "")] : [],
  );
  return [...new Set(keys)];
}

const sum = (usages: readonly (Usage | null)[]): Usage =>
  usages.reduce<Usage>((all, usage) => (usage ? addUsage(all, usage) : all), unknownUsage);

describe("usage", () => {
  /** Amendments that move a call to another turn would make "its own turn" a matter of opinion. */
  const counted = arbitrarySession(60).filter(({ drafts }) =>
    drafts.every((draft) => draft.type !== "span.amended" || draft.parent === undefined),
  );

  test("of all calls and what is unattributed is all that was counted and all that no counter covers", () => {
    let counters = 0;
    let negatives = 0;
    const holds = ({ drafts, totals, uncovered }: ToldSession): void => {
      const spans = fold(record(drafts).events)?.spans ?? [];
      const calls = spans.filter(({ kind }) => kind === "model");
      const left = sum([
        ...calls.map(({ usage }) => usage),
        ...spans.map(({ unattributed }) => unattributed),
      ]);
      const right = sum([
        ...totals,
        ...calls.filter(({ key }) => uncovered.has(key)).map(({ usage }) => usage),
      ]);
      for (const bucket of usageBuckets) expect(left[bucket]).toBe(right[bucket]);
      counters += totals.length;
      negatives += spans.filter(({ unattributed }) => (unattributed?.input ?? 0) < 0).length;
    };
    fc.assert(fc.property(counted, holds), { numRuns: runs(1_500) });
    expect(counters).toBeGreaterThan(runs(500));
    expect(negatives).toBeGreaterThan(runs(3));
  });
});
