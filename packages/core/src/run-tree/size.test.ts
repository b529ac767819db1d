import { describe, expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { createRunTree, type RunTree } from "./run-tree.ts";

const timed = (act: () => void): number => {
  const started = performance.now();
  act();
  return performance.now() - started;
};

const foldAll = (events: readonly AgentEvent[]): RunTree => {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  return tree;
};

describe("size", () => {
  const size = 20_000;
  const tools = Array.from({ length: size }, (_, index) => `tool ${index}`);
  const wide = [
    say.turn("turn"),
    ...tools.flatMap((key) => [say.tool(key, "turn"), say.ended("tool", key)]),
    say.ended("turn", "turn"),
  ];

  test("twenty thousand spans in a turn are folded, shown, settled and released without a long wait", () => {
    const { events } = record(wide);
    const tree = foldAll(events);
    expect(
      timed(() => expect(tree.session(say.session)?.spans).toHaveLength(size + 1)),
    ).toBeLessThan(8_000);
    expect(timed(() => expect([...tree.settled(0)]).toHaveLength(size + 1))).toBeLessThan(8_000);
    expect(timed(() => tree.release(say.session, say.spanId("turn")))).toBeLessThan(8_000);
    expect(tree.sessions()).toEqual([]);
  });

  test("in reverse, too", () => {
    const { events } = record(wide);
    expect(timed(() => foldAll(events.toReversed()).session(say.session))).toBeLessThan(8_000);
  });

  test("asking for what has settled after every event costs no more than what has", () => {
    const { events } = record(wide.slice(0, size));
    const tree = createRunTree();
    const spent = timed(() => {
      for (const event of events) {
        tree.apply(event);
        expect([...tree.settled(0)]).toHaveLength(0);
      }
    });
    expect(spent).toBeLessThan(8_000);
  });

  test("three thousand levels are a deep tree, not a stack overflow", () => {
    const levels = Array.from({ length: 3_000 }, (_, level) => level);
    const { events } = record([
      say.turn("level -1"),
      ...levels.map((level) => say.work(`level ${level}`, `level ${level - 1}`)),
      ...levels.toReversed().map((level) => say.ended("work", `level ${level}`)),
      say.total("level -1", "1", say.tokens(1)),
      say.ended("turn", "level -1"),
    ]);
    const tree = foldAll(events);
    expect(tree.session(say.session)?.spans).toHaveLength(3_001);
    expect([...tree.settled(0)]).toHaveLength(3_001);
    tree.release(say.session, say.spanId("level -1"));
    expect(tree.sessions()).toEqual([]);
  });

  test("ten thousand marks on a session do not slow down its spans", () => {
    const marks = Array.from({ length: 10_000 }, (_, index) => say.handoff(null, `${index}`));
    const { events } = record([...marks, ...wide.slice(0, 10_000)]);
    expect(timed(() => foldAll(events).session(say.session))).toBeLessThan(8_000);
  });
});
