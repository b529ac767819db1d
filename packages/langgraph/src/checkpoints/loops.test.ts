import type { EventDraft } from "@spoor/core";
import { expect, test } from "vitest";
import type { LangGraphCallback } from "../callbacks/native.ts";
import { GraphRuns } from "../handler/graph-runs.ts";
import { Loops } from "./loops.ts";

const started = (runId: string, more: object = {}): LangGraphCallback =>
  ({
    kind: "chain.started",
    runId,
    classPath: [],
    tags: [],
    metadata: {},
    inputs: {},
    ...more,
  }) as never;

/** A thread's runs, as a handler tells of them. */
function thread() {
  const runs = new GraphRuns();
  runs.isWatched = true;
  const about = { session: "thread", source: "callback" } as const;
  const recorded = (draft: object, native: LangGraphCallback): void => {
    runs.recorded({ ...about, ...draft } as EventDraft, native, null);
  };
  return {
    loops: new Loops(runs),
    begins: (runId: string): void =>
      recorded({ type: "turn.started", key: `turn@${runId}`, name: "Graph" }, started(runId)),
    ends: (runId: string): void =>
      recorded(
        { type: "turn.ended", key: `turn@${runId}` },
        { kind: "run.ended", runId, output: {} },
      ),
    runsTask: (runId: string, parentRunId: string, taskId: string): void => {
      const metadata = { langgraph_node: "node", langgraph_checkpoint_ns: `node:${taskId}` };
      const native = started(runId, { parentRunId, runName: "node", metadata });
      recorded({ type: "work.started", kind: "step", key: runId, name: "node" }, native);
    },
  };
}

/** LangGraph's config in the loop of a graph. */
const loop = (namespace = "") => ({
  configurable: { thread_id: "thread", checkpoint_ns: namespace },
  metadata: {},
  writer: () => {},
});

test("what one run asks and saves is that run's, as long as it alone may be meant", () => {
  const { loops, begins } = thread();
  const config = loop();
  begins("a");
  expect(loops.begin(config)).toMatchObject({ on: "turn@a" });
  begins("b");
  expect(loops.of({ ...config })).toMatchObject({ on: "turn@a" });
  expect(loops.begin(loop())).toMatchObject({ on: "turn@b" });
});

test("where two runs may be meant, neither is taken before one of their tasks writes", () => {
  const { loops, begins, runsTask } = thread();
  const [one, other] = [loop(), loop()];
  begins("a");
  begins("b");
  expect([loops.begin(one)?.on, loops.begin(other)?.on]).toEqual([null, null]);
  expect(loops.of(one).on).toBeNull();
  runsTask("step of b", "b", "task");
  expect(loops.ofTask(one, "task").on).toBe("step of b");
  expect(loops.of(one).on).toBe("turn@b");
  expect(loops.of(other).on).toBeNull();
});

test("who only looks at a thread while it runs is no run of it", () => {
  const { loops, begins } = thread();
  begins("a");
  const { configurable, metadata } = loop();
  expect(loops.begin({ configurable, metadata })).toBeNull();
  expect(loops.begin(loop())?.on).toBe("turn@a");
  expect(loops.of({ configurable, metadata: {} }).on).toBeNull();
});

test("a run that has ended, and one of another thread, is not meant", () => {
  const { loops, begins, ends, runsTask } = thread();
  begins("a");
  ends("a");
  expect(loops.begin(loop())?.on).toBeNull();
  begins("b");
  runsTask("step of b", "b", "task");
  const elsewhere = { ...loop(), configurable: { thread_id: "another" } };
  expect(loops.begin(elsewhere)?.on).toBeNull();
  expect(loops.ofTask(elsewhere, "task").on).toBeNull();
});

test("a graph within a task is that task's, also where it is called again in it", () => {
  const { loops, begins, runsTask } = thread();
  begins("a");
  runsTask("step", "a", "task");
  expect(loops.begin(loop("node:task"))?.on).toBe("step");
  expect(loops.of(loop("node:task|1")).on).toBe("step");
  expect(loops.of(loop("node:unheard")).on).toBeNull();
});
