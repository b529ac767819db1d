import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createRecorder } from "../recorder/recorder.ts";
import * as say from "../testing-kit/drafts.ts";
import { liveTree, never, soon } from "../testing-kit/live-tree.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { record, tickingClock } from "../testing-kit/recording.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import { createRunTree } from "./run-tree.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What another witness tells of a call that has left. */
const afterwards = (source: string): readonly EventDraft[] => [
  say.model("call", "turn", { source }),
  say.usage("call", source, say.tokens(99)),
  say.ended("model", "call", { source }),
  say.amended("call", source, { alias: `call of ${source}` }),
  say.ended("model", `call of ${source}`, { source }),
];

describe("what has left of a turn that goes on", () => {
  test("is not shown any more, and its turn is", () => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"), say.work("agent", "turn"), say.tool("tool", "agent"));
    tell(say.ended("work", "agent"), say.ended("tool", "tool"));
    expect(left(soon)).toEqual(["agent", "tool"]);
    expect(tree.session(say.session)?.spans.map(({ key }) => key)).toEqual(["turn"]);
  });

  test("places what begins under it afterwards, as deep as it lay, again and again", () => {
    const { tree, say: tell, left } = liveTree();
    tell(
      say.turn("turn"),
      say.work("agent", "turn", { agent: "researcher" }),
      say.tool("task", "agent"),
      say.ended("tool", "task"),
      say.ended("work", "agent"),
    );
    expect(left(soon)).toEqual(["task", "agent"]);
    for (const key of ["one", "other"]) {
      tell(say.tool(key, "task"), say.ended("tool", key));
      expect([...tree.settled(soon)]).toMatchObject([
        {
          key,
          agent: "researcher",
          parentSpanId: say.spanId("task"),
          turnSpanId: say.spanId("turn"),
        },
      ]);
    }
    expect(tree.health()).toEqual({ openSpans: 1, unsettledSpans: 0, late: 0 });
    tell(say.ended("turn", "turn"));
    left(never);
    tree.release(say.session, say.spanId("turn"));
    expect(tree.sessions()).toEqual([]);
  });

  test("is known by its name: what is told of it is late and comes to nothing, before and after its turn has ended", () => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"), say.model("call", "turn"), say.usage("call", "1", say.tokens(10)));
    tell(say.ended("model", "call"));
    expect(left(never)).toEqual(["call"]);
    tell(say.tool("tool", "turn"), say.ended("tool", "tool"));
    expect(left(soon)).toEqual(["tool"]);
    tell(...afterwards("hook"));
    expect(left(soon)).toEqual([]);
    expect(tree.health()).toEqual({ openSpans: 1, unsettledSpans: 0, late: 5 });
    tell(say.ended("turn", "turn"));
    left(never);
    tree.release(say.session, say.spanId("turn"));
    tell(...afterwards("transcript"));
    tell(say.tool("tool", "turn", { source: "hook" }));
    tell(say.ended("tool", "tool", { source: "hook" }));
    expect(left(soon)).toEqual([]);
    expect(tree.health().late).toBe(12);
    expect(tree.sessions()).toEqual([]);
  });

  test.each([
    ["that name no counter", {}, {}],
    ["that name it", { meter: "m" }, { meter: "m" }],
  ])("has used what it had when it left: calls %s", (_, ofCall, ofTotal) => {
    const { tree, say: tell, left } = liveTree();
    tell(say.turn("turn"));
    for (const key of ["a", "b"])
      tell(
        say.model(key, "turn"),
        say.usage(key, "1", say.tokens(10), ofCall),
        say.ended("model", key),
      );
    expect(left(never)).toEqual(["a", "b"]);
    tell(say.model("c", "turn"), say.usage("c", "1", say.tokens(1), ofCall));
    tell(say.total("turn", "1", say.tokens(26), ofTotal), say.ended("turn", "turn"));
    expect([...tree.settled(never)]).toMatchObject([{ key: "turn", unattributed: { input: 5 } }]);
    tree.release(say.session, say.spanId("turn"));
  });

  test("has told when its turn began, also where that turns out to have another name", () => {
    const tree = createRunTree();
    const later = { at: { ms: 9_000 } };
    const { events } = record([
      say.turn("turn"),
      say.tool("tool", "turn", { at: { ms: 3_000 } }),
      say.ended("tool", "tool", later),
      say.amended("also", "1", later),
      say.amended("turn", "2", { ...later, alias: "also" }),
      say.ended("turn", "turn", later),
    ]);
    const [{ at: _, ...opening }, ...others] = events as [AgentEvent, ...AgentEvent[]];
    tree.apply(opening);
    for (const event of others.slice(0, 2)) tree.apply(event);
    expect([...tree.settled(soon)]).toHaveLength(1);
    for (const event of others.slice(2)) tree.apply(event);
    expect([...tree.settled(soon)]).toMatchObject([
      { key: "turn", startedAt: 3_000, inferred: ["startedAt"] },
    ]);
  });

  test("is a sign of life in it when it is told, and whatever comes late", () => {
    const tree = createRunTree();
    let now = 5_000;
    const { recorder } = record([], {
      clock: () => now,
      recorded: (event) => void tree.apply(event),
    });
    const isSilentFor = (ms: number): boolean =>
      [...tree.abandoned(({ at }) => now - at >= ms)].length > 0;
    recorder.emit(say.turn("turn"));
    now += 5_000;
    recorder.emit(say.tool("tool", "turn"));
    recorder.emit(say.ended("tool", "tool"));
    expect([...tree.settled(Number.POSITIVE_INFINITY)]).toHaveLength(1);
    now += 500;
    expect(isSilentFor(1_000)).toBe(false);
    now += 500;
    recorder.emit(say.handoff("tool", "late"));
    now += 500;
    expect(isSilentFor(1_000)).toBe(false);
    now += 500;
    expect(isSilentFor(1_000)).toBe(true);
  });

  test("weighs next to nothing, however long the turn goes on", () => {
    const tree = createRunTree();
    const recorder = createRecorder({
      journal: steadyJournal({ maxBytes: 10_000 }),
      clock: tickingClock(),
      recorded: (event) => void tree.apply(event),
    });
    recorder.emit(say.turn("turn"));
    let left = 0;
    const heapAfter = (from: number, to: number): number => {
      for (let index = from; index < to; index += 1) {
        const key = `${String(index).padStart(8, "0")}-0000-4000-8000-000000000000`;
        recorder.emit(say.tool(key, "turn", { agent: "agent" }));
        recorder.emit(say.ended("tool", key));
        left += [...tree.settled(Number.POSITIVE_INFINITY)].length;
      }
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const [before, after] = [heapAfter(0, 10_000), heapAfter(10_000, 30_000)];
    expect((after - before) / 20_000).toBeLessThan(600);
    expect(left).toBe(30_000);
    expect(tree.session(say.session)?.spans).toHaveLength(1);
  });
});
