import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { langgraph } from "../../adapter.ts";
import { endOf, graphRun, nodeRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";

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

  test("knows its user and the caller's own tags, and none of the machinery's", () => {
    const metadata = { thread_id: "t", user_id: "ada" };
    const drafts = translateAll([graphRun("a", { metadata, tags: ["beta", "seq:step:1"] })]);
    expect(only(drafts, "session.started")[0]).toMatchObject({ userId: "ada", tags: ["beta"] });
    expect(only(drafts, "turn.started")[0]).toMatchObject({ userId: "ada", tags: ["beta"] });
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

  test("is forgotten once thousands of later runs have ended", () => {
    const translator = langgraph.createTranslator();
    translateAll([graphRun("old"), nodeRun("n", "old"), endOf("n"), endOf("old")], translator);
    const busy = Array.from({ length: 5_001 }, (_, index) => [
      graphRun(`g${index}`),
      nodeRun(`n${index}`, `g${index}`),
      endOf(`g${index}`),
    ]);
    translateAll(busy.flat(), translator);
    const late = translateAll([graphRun("late", { parentRunId: "n" })], translator);
    expect(parents(late)).toEqual({ "turn@late": undefined, late: "turn@late" });
  });
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

test("the name of an agent is with all that runs in it", () => {
  const drafts = draftsOf("03-createAgent-parallel-tools");
  const agents = [...only(drafts, "model.started"), ...only(drafts, "tool.started")].map(
    ({ agent }) => agent,
  );
  expect(agents).toEqual(["planner", "planner", "planner", "planner"]);
  expect(only(draftsOf("01-react-agent-invoke"), "model.started")[0]).not.toHaveProperty("agent");
});

test("a tool was caused by the model call that asked for it, in its own turn", () => {
  const drafts = draftsOf("27-concurrent-invocations-shared-handler");
  const models = only(drafts, "model.started");
  const tools = only(drafts, "tool.started");
  expect(tools.map(({ toolCallId }) => toolCallId)).toEqual([
    "c_same",
    "c_same",
    "c_same",
    "c_same",
  ]);
  const causes = tools.map(({ causedBy }) => models.find(({ key }) => key === causedBy)?.session);
  expect(causes).toEqual(tools.map(({ session }) => session));
  expect(new Set(tools.map(({ causedBy }) => causedBy)).size).toBe(4);
});

test("attempts are numbered from the second on", () => {
  const steps = only(draftsOf("14-retry-policy"), "work.started").filter(
    ({ kind }) => kind === "step",
  );
  expect(steps.map(({ attempt }) => attempt)).toEqual([undefined, 2, 3, undefined, 2, 3]);
  const models = only(draftsOf("24-llm-errors-fallbacks-retry"), "model.started");
  expect(models.map(({ attempt }) => attempt)).toEqual([
    undefined,
    undefined,
    undefined,
    2,
    undefined,
  ]);
});

test("a time that the witness read is said as it is, and none is made up", () => {
  expect(translateAll([graphRun("g", { atMs: 12 })]).map(({ at }) => at)).toEqual([
    { ms: 12 },
    { ms: 12 },
    { ms: 12 },
  ]);
  expect(translateAll([graphRun("g")]).some((draft) => "at" in draft)).toBe(false);
});
