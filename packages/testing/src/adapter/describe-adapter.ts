import type { Adapter, AgentEvent, SessionView, Span } from "@spoor/core";
import { parseEvent } from "@spoor/core/schema";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { damaged, foreignLines } from "./foreign-lines.ts";
import { draftsOf, foldOf, goldenTrees, importing, problemsOf, recordAll } from "./recorded.ts";
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
    const drafts = draftsOf(adapter, lines);
    const cuts = Array.from(lines, (_, index) => index);

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
      const malformed = recordAll(drafts).events.flatMap((event) => {
        const parsed = parseEvent(JSON.parse(JSON.stringify(event)));
        return parsed.ok ? [] : [parsed.problem];
      });
      expect(malformed).toEqual([]);
    });

    test("every prefix says what the whole says first", () => {
      for (const cut of cuts) {
        const prefix = draftsOf(adapter, lines.slice(0, cut));
        expect(prefix).toEqual(drafts.slice(0, prefix.length));
      }
    });

    test("every prefix is grammatical: what ended is ended, the rest is open", () => {
      for (const cut of [...cuts, lines.length]) {
        const { events } = recordAll(draftsOf(adapter, lines.slice(0, cut)));
        expect(problemsOf(events)).toEqual([]);
        const ended = new Set(
          events.flatMap((event) => ("outcome" in event ? [event.spanId] : [])),
        );
        const spans = viewsOf(events).flatMap((view) => view.spans);
        // Spans that turned out to be one have an id for each of their names.
        const isEnded = ({ spanId, otherSpanIds = [] }: Span): boolean =>
          [spanId, ...otherSpanIds].some((id) => ended.has(id));
        expect(spans.filter(({ status }) => status === "open")).toEqual(
          spans.filter((span) => !isEnded(span)),
        );
      }
    });

    test("every parent is found", () => {
      const spans = viewsOf(recordAll(drafts).events).flatMap((view) => view.spans);
      const known = new Set(spans.map(({ spanId }) => spanId));
      const lost = spans.filter(
        ({ parentSpanId }) => parentSpanId !== null && !known.has(parentSpanId),
      );
      expect(lost).toEqual([]);
      expect(spans.filter(({ turnSpanId }) => turnSpanId === null)).toEqual([]);
    });

    test("recording it twice adds nothing, and a prefix before the whole changes nothing", () => {
      const whole = recordAll(drafts).events.map(said);
      for (const cut of cuts) {
        const { recorder, events } = importing();
        for (const draft of draftsOf(adapter, lines.slice(0, cut))) recorder.emit(draft);
        for (const draft of drafts) recorder.emit(draft);
        for (const draft of drafts) recorder.emit(draft);
        expect(events.map(said)).toEqual(whole);
      }
    });

    test("reading its events in another order folds to the same trees", () => {
      const { events } = recordAll(drafts);
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
        const views = viewsOf(recordAll(drafts).events);
        expect(views.some(({ usageComplete }) => !usageComplete)).toBe(true);
      });
      return;
    }
    const used = truthOf(fixtures, name, truth);
    if (!used) return;
    test("attributed and unattributed tokens are what was really used", () => {
      const views = viewsOf(recordAll(drafts).events);
      expect(toldOf(views)).toEqual(used);
      expect(views.filter(({ usageComplete }) => !usageComplete)).toEqual([]);
    });
  });
}

function viewsOf(events: readonly AgentEvent[]): readonly SessionView[] {
  const tree = foldOf(events);
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
