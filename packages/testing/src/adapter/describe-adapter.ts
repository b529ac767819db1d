import {
  type Adapter,
  type AgentEvent,
  createGrammar,
  createRunTree,
  type RunTree,
  type SessionView,
  type Span,
  type SpanId,
} from "@spoor/core";
import { parseEvent } from "@spoor/core/schema";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { damaged, foreignLines } from "./foreign-lines.ts";
import { draftsOf, foldOf, goldenTrees, importing, readerOf, recordAll } from "./recorded.ts";
import { type Truth, toldOf, truthOf } from "./truth.ts";

export interface AdapterFixtures {
  /** A folder of `<name>.native.ndjson` recordings, each with the reviewed `<name>.tree.txt` that it amounts to. */
  readonly fixtures: string;
  /** How to read the `<name>.truth.ndjson` beside a recording, where there is one. */
  readonly truth?: Truth;
}

/**
 * The laws that every adapter keeps, over its recordings: what a recording amounts to has been reviewed; a prefix gives a prefix; repetition
 * adds nothing; a prefix and then the whole is the whole; reading order does not matter; open is a legal state; every event is one that the
 * format allows; tokens add up to the truth; what is torn, foreign or of a later version is never fatal.
 */
export function describeAdapter<Native>(
  adapter: Adapter<Native>,
  { fixtures, truth }: AdapterFixtures,
): void {
  const names = readdirSync(fixtures)
    .filter((file) => file.endsWith(".native.ndjson"))
    .map((file) => file.replace(".native.ndjson", ""));

  test(`${adapter.name}: lines of others are told from its own, or noted, and never fatal`, () => {
    for (const line of foreignLines)
      expect(() => draftsOf(adapter, [line, line]), line.slice(0, 80)).not.toThrow();
  });

  describe.each(names)(`${adapter.name}: %s`, (name) => {
    const text = readFileSync(join(fixtures, `${name}.native.ndjson`), "utf8");
    const lines = text.split("\n").filter((line) => line !== "");
    const told = lines.map(readerOf(adapter));
    const drafts = told.flat();
    const { events } = recordAll(drafts);

    test("amounts to the reviewed tree", async () => {
      await expect(goldenTrees(recordAll(drafts))).toMatchFileSnapshot(
        join(fixtures, `${name}.tree.txt`),
      );
    });

    test("has no line that the adapter cannot read, and no draft that the recorder refuses", () => {
      expect(lines.filter((line) => adapter.parse(line) === null)).toEqual([]);
      expect(recordAll(drafts).recorder.health()).toMatchObject({ refused: 0, lastRefusal: null });
    });

    test("every event is one that the format allows", () => {
      const malformed = events.flatMap((event) => {
        const parsed = parseEvent(JSON.parse(JSON.stringify(event)));
        return parsed.ok ? [] : [parsed.problem];
      });
      expect(malformed).toEqual([]);
    });

    test("every prefix says what the whole says first: no later line changes a draft, and no other reader", () => {
      const [one, other] = [readerOf(adapter), readerOf(adapter)];
      const heard = lines.flatMap((line) => {
        const said = structuredClone(one(line));
        expect(other(line)).toEqual(said);
        return said;
      });
      expect(drafts).toEqual(heard);
    });

    test("every prefix is grammatical: what ended is ended, the rest is open", () => {
      const prefix = importing();
      const [grammar, tree] = [createGrammar(), createRunTree()];
      const ended = new Set<SpanId | null>();
      // Spans that turned out to be one have an id for each of their names.
      const isEnded = ({ spanId, otherSpanIds = [] }: Span): boolean =>
        [spanId, ...otherSpanIds].some((id) => ended.has(id));
      for (const said of told) {
        const before = prefix.events.length;
        for (const draft of said) prefix.recorder.emit(draft);
        for (const event of prefix.events.slice(before)) {
          grammar.apply(event);
          tree.apply(event);
          if ("outcome" in event) ended.add(event.spanId);
        }
        expect(grammar.problems()).toEqual([]);
        const spans = viewsIn(tree).flatMap((view) => view.spans);
        expect(spans.filter(({ status }) => status === "open")).toEqual(
          spans.filter((span) => !isEnded(span)),
        );
      }
    });

    test("every parent is found", () => {
      const spans = viewsOf(events).flatMap((view) => view.spans);
      const known = new Set(spans.map(({ spanId }) => spanId));
      const lost = spans.filter(
        ({ parentSpanId }) => parentSpanId !== null && !known.has(parentSpanId),
      );
      expect(lost).toEqual([]);
      expect(spans.filter(({ turnSpanId }) => turnSpanId === null)).toEqual([]);
    });

    test("recording it twice adds nothing, and a prefix before the whole changes nothing", () => {
      const whole = events.map(said);
      for (const before of [drafts, ...prefixesOf(told)]) {
        const again = importing();
        for (const draft of before) again.recorder.emit(draft);
        for (const draft of drafts) again.recorder.emit(draft);
        expect(again.events.map(said)).toEqual(whole);
      }
    });

    test("reading its events in another order folds to the same trees", () => {
      const views = viewsOf(events);
      expect(viewsOf(events.toReversed())).toEqual(views);
      expect(viewsOf([...events, ...events])).toEqual(views);
      const half = Math.floor(events.length / 2);
      expect(viewsOf([...events.slice(half), ...events.slice(0, half)])).toEqual(views);
    });

    test("a line that is torn, lacks a field or has one of another type is never fatal", () => {
      const strange = lines.flatMap((line) => [...damaged(line), line]);
      expect(() => draftsOf(adapter, strange)).not.toThrow();
    });

    if (!truth) return;
    if (truth.uncountable?.includes(name)) {
      test("says that its tokens are incomplete", () => {
        const views = viewsOf(events);
        expect(views.some(({ usageComplete }) => !usageComplete)).toBe(true);
      });
      return;
    }
    const used = truthOf(fixtures, name, truth);
    if (!used) return;
    test("attributed and unattributed tokens are what was really used", () => {
      const views = viewsOf(events);
      expect(toldOf(views)).toEqual(used);
      expect(views.filter(({ usageComplete }) => !usageComplete)).toEqual([]);
    });
  });
}

const enoughPrefixes = 24;

/** What the first lines say: the first line, the first two, …; of a long recording some of them, spread over all of it. */
function prefixesOf<Draft>(told: readonly (readonly Draft[])[]): readonly (readonly Draft[])[] {
  const count = Math.min(told.length, enoughPrefixes);
  const cuts = Array.from({ length: count }, (_, n) => Math.ceil((told.length * n) / count));
  return cuts.slice(1).map((cut) => told.slice(0, cut).flat());
}

const viewsOf = (events: readonly AgentEvent[]): readonly SessionView[] => viewsIn(foldOf(events));

function viewsIn(tree: RunTree): readonly SessionView[] {
  return tree
    .sessions()
    .toSorted()
    .flatMap((id) => tree.session(id) ?? []);
}

/** An event without what tells when, where and under which secret it was recorded. */
function said(event: AgentEvent): unknown {
  const { recordedAt: _recordedAt, sequence: _sequence, ...rest } = event;
  return JSON.parse(
    JSON.stringify(rest, (_name, value: unknown) =>
      typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? "content" : value,
    ),
  );
}
