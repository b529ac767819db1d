import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { langgraph } from "../../adapter.ts";
import { endOf, graphRun, nodeRun, toolRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { LangGraphCallback } from "../native.ts";

const parents = (drafts: readonly EventDraft[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    drafts.flatMap((draft) =>
      "key" in draft && "name" in draft ? [[draft.key, draft.parent]] : [],
    ),
  );

describe("a session", () => {
  test("is the thread, started once for all its turns, with the version that the recording names", () => {
    const natives = [graphRun("a"), endOf("a"), graphRun("b")];
    const header = { kind: "header", frameworkVersion: "1.4.18" } as const;
    const sessions = only(translateAll([header, ...natives]), "session.started");
    expect(sessions).toEqual([
      {
        type: "session.started",
        session: "t",
        source: "callback",
        on: null,
        mark: "session",
        framework: "langgraph",
        frameworkVersion: "1.4.18",
      },
    ]);
  });

  test("without a thread is its root run, and says that this is inferred", () => {
    const drafts = translateAll([graphRun("a", { metadata: {} })]);
    expect(only(drafts, "session.started")[0]).toMatchObject({ session: "a", inferred: true });
    expect(only(drafts, "session.started")[0]).not.toHaveProperty("frameworkVersion");
  });
});

describe("a run's place", () => {
  test("is under the nearest recorded run where its parent is plumbing", () => {
    const drafts = draftsOf("24-llm-errors-fallbacks-retry");
    const steps = only(drafts, "work.started").filter(({ kind }) => kind === "step");
    const fallback = steps.find(({ name }) => name === "fb");
    const models = only(drafts, "model.started").filter(({ parent }) => parent === fallback?.key);
    expect(models.map(({ requestModel }) => requestModel)).toEqual(["m1", "m2"]);
  });

  test("is under its parent even when that has ended, and its turn too", () => {
    const drafts = translateAll([
      graphRun("g"),
      nodeRun("n", "g"),
      endOf("n"),
      endOf("g"),
      graphRun("late", { parentRunId: "n" }),
      endOf("late"),
    ]);
    expect(parents(drafts)).toMatchObject({ late: "n", n: "g", g: "turn@g" });
    expect(drafts.at(-1)).toMatchObject({ type: "work.ended", key: "late", session: "t" });
  });

  test("is in the node it stands in where a handler was passed on by hand", () => {
    const metadata = { thread_id: "t", langgraph_checkpoint_ns: "node:task" };
    const detached = graphRun("inner", { metadata });
    expect(parents(translateAll([graphRun("g"), nodeRun("n", "g"), detached]))).toMatchObject({
      inner: "n",
    });
    const ended = [graphRun("g"), nodeRun("n", "g"), endOf("n"), detached];
    expect(parents(translateAll(ended))).toMatchObject({ inner: "turn@inner" });
    const elsewhere = graphRun("inner", { metadata: { ...metadata, thread_id: "other" } });
    expect(parents(translateAll([graphRun("g"), nodeRun("n", "g"), elsewhere]))).toMatchObject({
      inner: "turn@inner",
    });
  });

  test("is in the tool that is at work in that node, where that is one alone", () => {
    const metadata = { thread_id: "t", langgraph_checkpoint_ns: "node:task" };
    const tool = (runId: string) => ({ ...toolRun(runId, "n"), metadata });
    const detached = graphRun("inner", { metadata });
    const runs = [graphRun("g"), nodeRun("n", "g"), tool("one")];
    const placeIn = (natives: readonly LangGraphCallback[]) =>
      parents(translateAll([...natives, detached]))["inner"];
    expect(placeIn(runs)).toBe("one");
    expect(placeIn([...runs, tool("two")])).toBe("n");
    expect(placeIn([...runs, tool("two"), endOf("one")])).toBe("two");
  });

  test("is forgotten once thousands of later runs have ended", () => {
    const translator = langgraph.createTranslator();
    translateAll([graphRun("old"), nodeRun("n", "old"), endOf("n"), endOf("old")], translator);
    const busy = Array.from({ length: 10_001 }, (_, index) => [
      graphRun(`g${index}`),
      nodeRun(`n${index}`, `g${index}`),
      endOf(`g${index}`),
    ]);
    translateAll(busy.flat(), translator);
    const late = translateAll([graphRun("late", { parentRunId: "n" })], translator);
    expect(parents(late)).toEqual({ "turn@late": undefined, late: "turn@late" });
  });
});

const called = (runId: string, name: string, path: unknown, namespace: string) => ({
  ...nodeRun(runId, "g"),
  runName: name,
  metadata: {
    thread_id: "t",
    langgraph_node: name,
    langgraph_path: path,
    langgraph_checkpoint_ns: namespace,
  },
});

test("a function hangs below the task that called it, though LangGraph names the graph", () => {
  const pulled = ["__pregel_pull", "wf"];
  const pushed = ["__pregel_push", pulled, 0, true];
  const inner = called("i", "inner", ["__pregel_push", pushed, 0, true], "wf:1|outer:2|inner:3");
  const drafts = translateAll([
    graphRun("g"),
    called("w", "wf", pulled, "wf:1"),
    called("o", "outer", pushed, "wf:1|outer:2"),
    inner,
    called("s", "sent", ["__pregel_push", 0], "wf:1|sent:4"),
  ]);
  expect(parents(drafts)).toMatchObject({ w: "g", o: "w", i: "o", s: "g" });
  const kinds = only(drafts, "work.started").map(({ kind }) => kind);
  expect(kinds).toEqual(["workflow", "step", "task", "task", "step"]);
  expect(parents(translateAll([graphRun("g"), inner]))).toMatchObject({ i: "g" });
});

test("a change of the state from outside is a turn that says so, and no work of the graph", () => {
  const drafts = draftsOf("18-time-travel-fork").filter(({ session }) => session !== "tt");
  expect(only(drafts, "turn.started").map(({ trigger }) => trigger)).toEqual([
    "state update",
    "state update",
  ]);
  expect(only(drafts, "work.started").map(({ kind }) => kind)).toEqual(["other", "other"]);
});

test("a root that is no graph has a turn around its own kind", () => {
  const sequence = graphRun("s", {
    classPath: ["langchain_core", "runnables", "RunnableSequence"],
  });
  const tool = { ...graphRun("t"), kind: "tool.started", input: '{"a":1}' } as const;
  const drafts = translateAll([sequence, tool]);
  expect(parents(drafts)).toMatchObject({ s: "turn@s", t: "turn@t" });
  expect(only(drafts, "work.started")[0]).toMatchObject({ key: "s", kind: "workflow" });
  expect(only(drafts, "tool.started")[0]).toMatchObject({ key: "t", input: { a: 1 } });
});

test("a turn that goes back to a checkpoint says which", () => {
  const metadata = { thread_id: "t", checkpoint_id: "c0" };
  const [turn] = only(translateAll([graphRun("g", { metadata })]), "turn.started");
  expect(turn?.native).toEqual({ checkpointId: "c0" });
  expect(only(translateAll([graphRun("g")]), "turn.started")[0]).not.toHaveProperty("native");
});

const custom = (order?: number) =>
  ({
    kind: "custom",
    runId: "g",
    name: "progress",
    data: { percent: 50 },
    ...(order === undefined ? {} : { order }),
  }) as const;

test("what the application dispatches is noted where it happened, each once", () => {
  const recorded = translateAll([graphRun("g"), custom(3), custom(3), custom(5)]);
  expect(only(recorded, "native.noted")).toMatchObject([
    { on: "g", name: "progress", native: { percent: 50 }, mark: "g:3" },
    { mark: "g:5" },
  ]);
  const live = translateAll([graphRun("g"), custom(), custom()]);
  expect(only(live, "native.noted").map(({ mark }) => mark)).toEqual(["g:0", "g:1"]);
});

test("a step says where it stands in its graph", () => {
  const [first] = only(draftsOf("06-send-fanout"), "work.started").filter(
    ({ name }) => name === "worker",
  );
  expect(first?.native).toEqual({
    step: 2,
    triggers: ["__pregel_push"],
    path: ["__pregel_push", 0],
    checkpointNs: "worker:147206f7-735d-5fc1-aa2d-7fc26b524966",
    taskId: "147206f7-735d-5fc1-aa2d-7fc26b524966",
  });
});

test("a time that the witness read is said as it is, and none is made up", () => {
  expect(translateAll([graphRun("g", { atMs: 12 })]).map(({ at }) => at)).toEqual([
    { ms: 12 },
    { ms: 12 },
    { ms: 12 },
  ]);
  expect(translateAll([graphRun("g")]).some((draft) => "at" in draft)).toBe(false);
});
