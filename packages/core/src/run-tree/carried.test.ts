import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySession } from "../testing-kit/arbitrary-session.ts";
import * as say from "../testing-kit/drafts.ts";
import { liveTree, soon } from "../testing-kit/live-tree.ts";
import { record } from "../testing-kit/recording.ts";
import { type Carrier, writeCarrier } from "../vocabulary/carrier.ts";
import type { EventDraft, Key, SpanId } from "../vocabulary/event.ts";
import { traceIdOf } from "../vocabulary/identity.ts";
import { createRunTree, type SessionView } from "./run-tree.ts";

const traceId = traceIdOf(say.session, "turn");
const carrierOf = (key: Key): Carrier => writeCarrier({ traceId, spanId: say.spanId(key) });
const carried = (key: Key, parent: Key): EventDraft =>
  say.work(key, parent, { parent: carrierOf(parent) });

function fold(drafts: readonly EventDraft[]): SessionView | null {
  const tree = createRunTree();
  for (const event of record(drafts).events) tree.apply(event);
  return tree.session(say.session);
}

const places = (view: SessionView | null): object =>
  Object.fromEntries(
    (view?.spans ?? []).map(({ spanId, parentSpanId, turnSpanId, agent }) => [
      spanId,
      { parentSpanId, turnSpanId, agent },
    ]),
  );

describe("work that hangs on a carrier", () => {
  test("of a span of its session hangs on that span, whichever is told first", () => {
    const drafts = [say.turn("turn", { agent: "planner" }), carried("work", "turn")];
    const place = { parentSpanId: say.spanId("turn"), turnSpanId: say.spanId("turn") };
    for (const told of [drafts, drafts.toReversed()])
      expect(fold(told)?.spans[1]).toMatchObject({ ...place, traceId, agent: "planner" });
  });

  test("lies where it would if it named that span's key", () => {
    const told = arbitrarySession().filter(({ drafts }) =>
      drafts.every((draft) => draft.type !== "span.amended" || draft.parent === undefined),
    );
    fc.assert(
      fc.property(told, ({ drafts }) => {
        const seen = new Set(drafts.flatMap((draft) => ("key" in draft ? [draft.key] : [])));
        const byCarrier = drafts.map((draft): EventDraft => {
          const parent = "parent" in draft ? draft.parent : undefined;
          return draft.type !== "turn.started" && typeof parent === "string" && seen.has(parent)
            ? ({ ...draft, parent: carrierOf(parent) } as EventDraft)
            : draft;
        });
        expect(places(fold(byCarrier))).toEqual(places(fold(drafts)));
      }),
      { numRuns: 500 },
    );
  });

  test("of a span outside keeps that as its parent, and belongs to no turn that is known", () => {
    const spanId = "1234567890123456" as SpanId;
    const parent = writeCarrier({ traceId, spanId });
    expect(fold([say.turn("turn"), say.work("work", "", { parent })])?.spans).toMatchObject([
      { key: "turn" },
      { key: "work", parentSpanId: spanId, turnSpanId: null, traceId },
    ]);
  });

  test("is placed by a key, where a witness names one", () => {
    const drafts = [
      say.turn("turn"),
      say.work("step", "turn"),
      carried("work", "turn"),
      say.amended("work", "1", { parent: "step" }),
    ];
    for (const told of [drafts, drafts.toReversed()])
      expect(fold(told)?.spans.find(({ key }) => key === "work")).toMatchObject({
        parentSpanId: say.spanId("step"),
      });
  });

  test("hangs on a span of several names by any of them", () => {
    const drafts = [
      say.turn("turn"),
      say.amended("turn", "1", { alias: "also turn" }),
      carried("work", "also turn"),
      say.turn("also turn", { source: "hook" }),
    ];
    for (const told of [drafts, drafts.toReversed()])
      expect(fold(told)?.spans.map(({ turnSpanId }) => turnSpanId === null)).toEqual([
        false,
        false,
      ]);
  });

  test("that leads round leads nowhere, and every span is shown once", () => {
    const view = fold([carried("a", "b"), carried("b", "c"), carried("c", "a"), carried("d", "d")]);
    expect(view?.spans.map(({ key }) => key).toSorted()).toEqual(["a", "b", "c", "d"]);
  });
});

test("a carrier that a turn came with is not what it is a part of", () => {
  const view = fold([say.turn("one"), say.turn("two", { parent: carrierOf("one") })]);
  expect(view?.spans[1]).toMatchObject({ key: "two", turnSpanId: say.spanId("two") });
});

const message = (turn: string): readonly EventDraft[] => [
  carried(`early in ${turn}`, turn),
  say.ended("work", `early in ${turn}`),
  say.turn(turn),
  carried(`work of ${turn}`, turn),
  carried(`reply of ${turn}`, `work of ${turn}`),
  say.ended("work", `work of ${turn}`),
  say.ended("work", `reply of ${turn}`),
  carried(`lost in ${turn}`, "nobody"),
  say.ended("work", `lost in ${turn}`),
  say.ended("turn", turn),
];

test("of what hung on carriers nothing is left behind either", () => {
  const { tree, say: tell } = liveTree();
  for (let turn = 0; turn < 50; turn += 1) {
    tell(...message(`turn ${turn}`));
    const left = [...tree.settled(soon)];
    for (const span of left) if (span.kind === "turn") tree.release(span.session, span.spanId);
    expect(left).toHaveLength(5);
    expect(tree.sessions()).toEqual([]);
  }
  expect(tree.health()).toEqual({ openSpans: 0, unsettledSpans: 0, late: 0 });
});

describe("links of work", () => {
  const outside = writeCarrier({ traceId, spanId: "1234567890123456" as SpanId });
  const links = [
    { kind: "cause", carrier: carrierOf("one") },
    { kind: "cause", carrier: outside },
    { kind: "cause", carrier: { traceparent: "poisoned" } },
  ] as const;
  const told = fold([
    say.turn("turn"),
    say.work("one", "turn"),
    say.work("two", "turn"),
    say.work("join", "turn", { links }),
    say.work("asked", "turn", { links, causedBy: "two" }),
  ]);
  const spanOf = (name: Key): object | undefined => told?.spans.find(({ key }) => key === name);

  test("are all there that can be read, and the first is its cause", () => {
    expect(spanOf("join")).toMatchObject({
      causedBy: say.spanId("one"),
      links: [
        { kind: "cause", traceId, spanId: say.spanId("one") },
        { kind: "cause", traceId, spanId: "1234567890123456" },
      ],
    });
  });

  test("do not stand in for a cause that somebody names", () => {
    expect(spanOf("asked")).toMatchObject({ causedBy: say.spanId("two") });
  });
});
