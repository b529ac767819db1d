import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySession } from "../testing-kit/arbitrary-session.ts";
import * as say from "../testing-kit/drafts.ts";
import { liveTree, never, settleMs, soon } from "../testing-kit/live-tree.ts";
import { record } from "../testing-kit/recording.ts";
import { createRunTree } from "./run-tree.ts";
import type { Span } from "./span.ts";

describe("a span leaves", () => {
  test("not while it is open, and once", () => {
    const { say: tell, left } = liveTree();
    tell(say.turn("turn"), say.tool("tool", "turn"));
    expect(left(soon)).toEqual([]);
    tell(say.ended("tool", "tool"));
    expect(left(soon)).toEqual(["tool"]);
    expect(left(soon)).toEqual([]);
  });

  test("when settleMs have gone by since it closed, and not before", () => {
    const tree = createRunTree({ settleMs });
    const { events } = record(
      [say.turn("turn"), say.tool("tool", "turn"), say.ended("tool", "tool")],
      { clock: () => 5_000 },
    );
    for (const event of events) tree.apply(event);
    expect([...tree.settled(5_999)]).toEqual([]);
    expect([...tree.settled(6_000)]).toHaveLength(1);
  });

  test("at once when it is a call whose usage is final, told before or after it closed", () => {
    const { say: tell, left } = liveTree();
    tell(say.turn("turn"), say.model("a", "turn"), say.model("b", "turn"), say.model("c", "turn"));
    tell(say.usage("a", "1", say.tokens(1)), say.ended("model", "a"));
    tell(say.ended("model", "b"), say.usage("c", "1", say.tokens(1), { final: false }));
    tell(say.ended("model", "c"));
    expect(left(never)).toEqual(["a"]);
    tell(say.usage("b", "1", say.tokens(1)));
    expect(left(never)).toEqual(["b"]);
    tell(say.usage("c", "2", say.tokens(1)));
    expect(left(never)).toEqual(["c"]);
  });

  test("at once when its activation ended, and so does the activation; what is open in it stays", () => {
    const { say: tell, left } = liveTree();
    tell(
      say.turn("turn"),
      say.tool("tool", "turn"),
      say.tool("background", "turn"),
      say.ended("tool", "tool"),
      say.ended("turn", "turn"),
    );
    expect(left(never)).toEqual(["tool", "turn"]);
    tell(say.ended("tool", "background"));
    expect(left(never)).toEqual(["background"]);
  });

  test("by the first of its witnesses that closes it; what comes later is counted", () => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"), say.ended("turn", "turn"));
    expect(left(never)).toEqual(["turn"]);
    tell(
      say.ended("turn", "turn", { source: "hook" }),
      say.handoff("turn", "1"),
      say.turn("turn", { source: "hook" }),
    );
    expect(left(soon)).toEqual([]);
    expect(tree.health().late).toBe(3);
  });

  test("once, under the name that was recorded first, when two names turn out to be one span", () => {
    const { tree, say: tell } = liveTree();
    tell(say.turn("stream"), say.turn("transcript"), say.ended("turn", "transcript"));
    tell(say.amended("transcript", "1", { alias: "stream" }));
    const spans = [...tree.settled(soon)];
    expect(spans).toMatchObject([
      { key: "stream", spanId: say.spanId("stream"), otherSpanIds: [say.spanId("transcript")] },
    ]);
    expect(tree.health()).toEqual({ openSpans: 0, unsettledSpans: 0, late: 0 });
    tell(say.ended("turn", "stream"));
    expect([...tree.settled(soon)]).toEqual([]);
  });

  test("once, though another name of it is told after it has left, while that is still open", () => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"), say.tool("a", "turn"), say.tool("b", "turn"), say.ended("tool", "a"));
    expect(left(soon)).toEqual(["a"]);
    tell(say.amended("b", "1", { alias: "a" }), say.ended("tool", "b"));
    expect(left(soon)).toEqual([]);
    expect(tree.health()).toMatchObject({ openSpans: 1, unsettledSpans: 0 });
  });

  test("not while nobody has told its trace, and then does", () => {
    const { say: tell, left } = liveTree();
    tell(say.tool("tool", "turn"), say.ended("tool", "tool"));
    expect(left(soon)).toEqual([]);
    tell(say.turn("turn"));
    expect(left(soon)).toEqual(["tool"]);
  });
});

test("whatever happens, each span that closed leaves once, as the record shows it then", () => {
  fc.assert(
    fc.property(arbitrarySession(60), fc.infiniteStream(fc.nat(9)), ({ drafts }, chances) => {
      const tree = createRunTree({ settleMs });
      const shadow = createRunTree({ settleMs });
      const left: Span[] = [];
      const leave = (now: number): void => {
        for (const span of tree.settled(now)) {
          left.push(span);
          const shown = shadow.session(say.session)?.spans ?? [];
          const known = shown.find(({ spanId }) => spanId === span.spanId);
          if (span.turnSpanId !== null)
            for (const field of [
              "traceId",
              "status",
              "turnSpanId",
              "parentSpanId",
              "agent",
            ] as const)
              expect([field, span[field]]).toEqual([field, known?.[field]]);
          if (span.kind === "turn") tree.release(span.session, span.spanId);
        }
      };
      const { events } = record(drafts);
      for (const event of events) {
        tree.apply(event);
        shadow.apply(event);
        const { value: chance } = chances.next();
        if (chance === 0) leave(event.recordedAt);
        if (chance === 1) leave(Number.POSITIVE_INFINITY);
      }
      leave(Number.POSITIVE_INFINITY);
      const ids = left.flatMap(({ spanId, otherSpanIds = [] }) => [spanId, ...otherSpanIds]);
      expect(new Set(ids).size).toBe(ids.length);
      for (const event of events)
        if ("outcome" in event) expect(ids).toContain(say.spanId(event.key.replace(/^also /, "")));
      expect(left.some(({ status }) => status === "open")).toBe(false);
      expect(tree.health().unsettledSpans).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});
