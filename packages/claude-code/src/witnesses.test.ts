import type { EventDraft, EventType, SessionView, Span } from "@spoor/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftsBy, linesOf, scenarios } from "./fixtures.ts";
import { claudeCode } from "./stream/adapter.ts";
import { claudeTranscript } from "./transcript/adapter.ts";
import { answered, spansIn, usedIn, viewsOf } from "./used.fixture.ts";

/** Who cannot count what was used, and why not. Everybody else counts exactly what the API answered, bucket by bucket. */
const uncountable: Readonly<
  Record<string, { readonly by: readonly Witnesses[]; readonly because: string }>
> = {
  "g8-stream-cut": {
    by: ["stream", "transcript", "both"],
    because: "what a call had cost when its connection broke is counted nowhere",
  },
  "k2-interrupt": {
    by: ["stream", "transcript", "both"],
    because: "of a call that was cut the program only estimates what it cost",
  },
  "l-compact": {
    by: ["transcript"],
    because: "no line of a transcript tells of the call that wrote the summary",
  },
  "t-abort": {
    by: ["stream"],
    because: "without a result nobody reads the counter",
  },
};

type Witnesses = "stream" | "transcript" | "both";

describe.each(scenarios)("%s", (scenario) => {
  const stream = draftsBy(claudeCode, linesOf(scenario, "stream"));
  const transcript = draftsBy(claudeTranscript, linesOf(scenario, "transcript"));
  const told: Readonly<Record<Witnesses, readonly EventDraft[]>> = {
    stream,
    transcript,
    both: [...stream, ...transcript],
  };

  test.each<Witnesses>(["stream", "transcript", "both"])(
    "what was used, as told by %s",
    (witnesses) => {
      const views = viewsOf(told[witnesses]);
      const isCountable = uncountable[scenario]?.by.includes(witnesses) !== true;
      expect(views.every(({ usageComplete }) => usageComplete)).toBe(isCountable);
      if (isCountable) expect(usedIn(views)).toEqual(answered(scenario));
    },
  );

  test("two sources tell of the same spans, each of them once", () => {
    for (const kind of ["model", "tool", "agent"] as const) {
      const either = new Set([...keysOf(kind, stream), ...keysOf(kind, transcript)]);
      expect(keysOf(kind, told.both).toSorted()).toEqual([...either].toSorted());
    }
    for (const kind of ["turn", "compaction"] as const) {
      const { length } = keysOf(kind, transcript);
      expect(keysOf(kind, stream)).toHaveLength(length);
      expect(keysOf(kind, told.both)).toHaveLength(length);
    }
  });

  test("two sources tell of the same failures and decisions, each of them once", () => {
    for (const type of ["attempt.failed", "decision.made", "log.written"] as const) {
      const counts = [stream, transcript, told.both].map((drafts) => marksOf(type, drafts));
      expect(counts[2]).toBe(Math.max(counts[0] ?? 0, counts[1] ?? 0));
    }
  });

  test("in whatever order they tell it, and however often, it is the same", () => {
    const whole = viewsOf(told.both);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (lots) => {
        const views = viewsOf([...riffled(stream, transcript, lots), ...transcript, ...stream]);
        expect(shapeOf(views)).toEqual(shapeOf(whole));
        expect(usedIn(views)).toEqual(usedIn(whole));
        expect(views.map(({ usageComplete }) => usageComplete)).toEqual(
          whole.map(({ usageComplete }) => usageComplete),
        );
      }),
      { numRuns: 15, examples: [[[true]], [[false]], [[true, false]]] },
    );
  });
});

const keysOf = (kind: Span["kind"], drafts: readonly EventDraft[]): readonly string[] =>
  spansIn(viewsOf(drafts)).flatMap((span) => (span.kind === kind ? span.key : []));

const marksOf = (type: EventType, drafts: readonly EventDraft[]): number =>
  spansIn(viewsOf(drafts)).flatMap(({ marks }) => marks.filter((mark) => mark.type === type))
    .length;

/** Each span by all of its names, and what it hangs on: a span that has several goes by the one that was recorded first. */
function shapeOf(views: readonly SessionView[]): ReadonlySet<string> {
  const spans = spansIn(views);
  const names = new Map(
    spans.map((span) => {
      const ids = [span.spanId, ...(span.otherSpanIds ?? [])].toSorted();
      return [span.spanId, `${span.kind} ${ids.join(" ")}`];
    }),
  );
  const nameOf = (id: Span["parentSpanId"]): string => (id && names.get(id)) ?? "nothing";
  return new Set(
    spans.map(
      ({ spanId, parentSpanId, turnSpanId }) =>
        `${nameOf(spanId)} on ${nameOf(parentSpanId)} in ${nameOf(turnSpanId)}`,
    ),
  );
}

/** Both stories, each in its own order, the next always by lot. */
function riffled<Item>(
  one: readonly Item[],
  other: readonly Item[],
  lots: readonly boolean[],
): readonly Item[] {
  const [left, right] = [[...one], [...other]];
  const told: Item[] = [];
  for (let draw = 0; left.length > 0 && right.length > 0; draw += 1) {
    told.push(...(lots[draw % lots.length] === true ? left : right).splice(0, 1));
  }
  return [...told, ...left, ...right];
}
