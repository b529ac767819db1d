import { describe, expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { liveTree, never, soon } from "../testing-kit/live-tree.ts";
import type { EventDraft, Key } from "../vocabulary/event.ts";
import type { Span } from "./span.ts";

const ofTurn = (key: Key): readonly EventDraft[] => [
  say.turn(key),
  say.work(`work of ${key}`, key),
  say.tool(`tool of ${key}`, `work of ${key}`),
  say.handoff(`tool of ${key}`, "1"),
  say.handoff(`nobody in ${key}`, "1"),
  say.amended(`nobody in ${key}`, "2", { parent: key }),
  say.amended(key, "3", { alias: `also ${key}` }),
  say.ended("tool", `tool of ${key}`),
  say.ended("work", `work of ${key}`),
  say.ended("turn", key),
];

describe("release", () => {
  test("of finished turns leaves nothing behind", () => {
    const { tree, say: tell } = liveTree();
    for (let turn = 0; turn < 50; turn += 1) {
      tell(...ofTurn(`turn ${turn}`));
      for (const span of tree.settled(soon))
        if (span.kind === "turn") tree.release(span.session, span.spanId);
      expect(tree.sessions()).toEqual([]);
    }
    expect(tree.health()).toEqual({ openSpans: 0, unsettledSpans: 0, late: 0 });
    expect(tree.session(say.session)).toBeNull();
  });

  test("keeps a background child and what it hangs on, until it has left with the right place", () => {
    const { tree, say: tell, left } = liveTree();
    tell(
      say.turn("turn"),
      say.work("agent", "turn", { agent: "researcher" }),
      say.tool("background", "agent"),
      say.ended("work", "agent"),
      say.ended("turn", "turn"),
    );
    expect(left(never)).toEqual(["agent", "turn"]);
    tree.release(say.session, say.spanId("turn"));
    expect(tree.session(say.session)?.spans.map(({ key }) => key)).toEqual([
      "turn",
      "agent",
      "background",
    ]);
    tell(say.ended("tool", "background"));
    expect([...tree.settled(never)]).toMatchObject([
      {
        key: "background",
        agent: "researcher",
        traceId: tree.session(say.session)?.spans[0]?.traceId ?? expect.any(String),
        parentSpanId: say.spanId("agent"),
        turnSpanId: say.spanId("turn"),
      },
    ]);
    expect(tree.sessions()).toEqual([]);
  });

  test("forgets what left of an activation under another name, too", () => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"), say.turn("other"), say.tool("background", "turn"));
    tell(say.ended("turn", "turn"));
    left(never);
    tree.release(say.session, say.spanId("turn"));
    tell(say.amended("other", "1", { alias: "turn" }), say.ended("tool", "background"));
    expect(left(soon)).toEqual(["background"]);
    expect(tree.sessions()).toEqual([]);
  });

  test("gives a child that begins afterwards its trace and its parent, and forgets it in turn", () => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"), say.ended("turn", "turn"));
    left(never);
    tree.release(say.session, say.spanId("turn"));
    tell(say.tool("tool", "turn"), say.ended("tool", "tool"));
    expect([...tree.settled(soon)]).toMatchObject([
      {
        key: "tool",
        traceId: expect.stringMatching(say.spanId("turn")),
        parentSpanId: say.spanId("turn"),
      },
    ]);
    expect(tree.sessions()).toEqual([]);
  });

  test("counts what comes after it as late, under any name, and shows nothing twice", () => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"), say.amended("turn", "1", { alias: "also" }), say.ended("turn", "turn"));
    left(never);
    tree.release(say.session, say.spanId("turn"));
    tell(
      say.turn("also", { source: "hook" }),
      say.ended("turn", "also", { source: "hook" }),
      say.handoff("turn", "2"),
    );
    expect(left(soon)).toEqual([]);
    expect(tree.health()).toEqual({ openSpans: 0, unsettledSpans: 0, late: 3 });
    expect(tree.sessions()).toEqual([]);
  });

  test("forgets no label of the session: its next turn has the same", () => {
    const { tree, say: tell } = liveTree();
    tell(say.sessionStarted({ feature: "search", tags: ["a"], userId: "ada" }));
    tell(say.sessionStarted({ source: "hook", release: "7", feature: "not search" }));
    const labels: Span["labels"][] = [];
    for (const key of ["turn 1", "turn 2"]) {
      tell(say.turn(key, { tags: ["b"] }), say.ended("turn", key));
      for (const span of tree.settled(never)) {
        labels.push(span.labels);
        tree.release(span.session, span.spanId);
      }
    }
    expect(labels).toMatchObject([
      { feature: "search", tags: ["a", "b"], release: "7" },
      { feature: "search", tags: ["a", "b"], release: "7" },
    ]);
    expect(labels[0]?.userId).not.toBeNull();
    expect(labels[1]).toEqual(labels[0]);
  });

  test("keeps the calls of a turn that a later turn's counter covers", () => {
    const { tree, say: tell, left } = liveTree();
    tell(
      say.turn("turn 1"),
      say.model("call", "turn 1"),
      say.usage("call", "1", say.tokens(10), { meter: "2" }),
      say.ended("model", "call"),
      say.ended("turn", "turn 1"),
    );
    expect(left(never)).toEqual(["call", "turn 1"]);
    tree.release(say.session, say.spanId("turn 1"));
    tell(
      say.turn("turn 2"),
      say.total("turn 2", "1", say.tokens(12), { meter: "2" }),
      say.ended("turn", "turn 2"),
    );
    expect([...tree.settled(never)]).toMatchObject([{ unattributed: { input: 2 } }]);
    tree.release(say.session, say.spanId("turn 2"));
    expect(tree.sessions()).toEqual([]);
  });
});
