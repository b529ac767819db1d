import { describe, expect, test } from "vitest";
import { endOf, failureOf, graphRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { Fields, LangGraphCallback } from "../native.ts";

const child = (runId: string, parentRunId: string) => graphRun(runId, { parentRunId });
const root = (runId: string, inputs: unknown, metadata: Fields = { thread_id: "t" }) =>
  graphRun(runId, { inputs, metadata });
const stop = (
  runId: string,
  interrupts: readonly unknown[],
  checkpointId = "c1",
): LangGraphCallback => ({
  kind: "interrupted",
  runId,
  checkpointId,
  checkpointNamespace: [],
  interrupts,
});
const resumed = (runId: string, ...checkpointNamespace: readonly string[]): LangGraphCallback => ({
  kind: "resumed",
  runId,
  checkpointId: "c1",
  checkpointNamespace,
});

describe("an interrupt", () => {
  test("ends root and turn suspended, and leaves its payload under the checkpoint it waits at", () => {
    const [raised] = only(draftsOf("11-interrupt-resume"), "interrupt.raised");
    expect(raised).toMatchObject({
      on: "turn@01a1fc41-daa5-7198-8ac1-47a54dcdc477",
      wait: "1f1e55fd-feed-60a0-8000-2e40b8db53c0",
      mark: "1f1e55fd-feed-60a0-8000-2e40b8db53c0:fce070499ff491ea4ee9a59b5ff25032:0",
      payload: { question: "ok?" },
    });
  });

  test("is told apart from another with the same id in the same wait", () => {
    const twins = [
      { id: "i", value: 1 },
      { id: "i", value: 2 },
    ];
    const raised = only(translateAll([root("r", {}), stop("r", twins)]), "interrupt.raised");
    expect(raised.map(({ mark }) => mark)).toEqual(["c1:i:0", "c1:i:1"]);
  });

  test("at a breakpoint asks nothing, and is raised all the same, with where it stands", () => {
    const drafts = draftsOf("11d-static-interrupt-before-after");
    const wait = "1f1e55fd-ffc8-6c40-8001-4cbeaea67472";
    expect(only(drafts, "interrupt.raised")).toMatchObject([
      { mark: wait, wait, native: { status: "interrupt_before" } },
    ]);
    expect(only(drafts, "interrupt.raised")[0]).not.toHaveProperty("payload");
    expect(only(drafts, "turn.ended").map(({ outcome }) => outcome.status)).toEqual([
      "suspended",
      "ok",
    ]);
  });

  test("is told with the others that were raised at the same time", () => {
    const asked = [
      { id: "a", value: "first?" },
      { id: "b", value: "second?" },
    ];
    const raised = only(translateAll([root("r", {}), stop("r", asked)]), "interrupt.raised");
    expect(raised).toMatchObject([
      { mark: "c1:a:0", wait: "c1", payload: "first?" },
      { mark: "c1:b:1", wait: "c1", payload: "second?" },
    ]);
  });

  test("that its node raises after the answer to one before waits anew in the same place", () => {
    const drafts = translateAll([
      root("r", {}),
      stop("r", [{ id: "i", value: "first?" }]),
      endOf("r"),
      root("s", { $command: true, resume: 1 }),
      resumed("s"),
      stop("s", [{ id: "i", value: "second?" }]),
      endOf("s"),
    ]);
    expect(only(drafts, "interrupt.raised")).toMatchObject([
      { on: "turn@r", wait: "c1", payload: "first?" },
      { on: "turn@s", wait: "c1", payload: "second?" },
    ]);
    expect(only(drafts, "turn.ended").map(({ outcome }) => outcome.status)).toEqual([
      "suspended",
      "suspended",
    ]);
  });

  test("in a root that then fails leaves nothing to go on from", () => {
    const failed = { kind: "run.failed", runId: "r", error: new Error("disk full") } as const;
    const next = graphRun("next", { inputs: null });
    const drafts = translateAll([root("r", {}), stop("r", []), failed, next]);
    expect(only(drafts, "turn.ended")[0]?.outcome.status).toBe("error");
    expect(only(drafts, "turn.started")[1]).not.toHaveProperty("resumes");
  });

  test("of a subgraph is its outermost graph's to tell", () => {
    const nested = { ...stop("r", []), checkpointNamespace: ["node:task"] } as LangGraphCallback;
    expect(only(translateAll([root("r", {}), nested]), "interrupt.raised")).toEqual([]);
  });

  test("of a thread of its own inside another graph leaves that one's turn to go on", () => {
    const drafts = translateAll([
      root("r", {}),
      child("n", "r"),
      stop("n", [{ id: "i", value: "go?" }]),
      endOf("n"),
      endOf("r"),
    ]);
    expect(only(drafts, "interrupt.raised")).toMatchObject([{ on: "n", payload: "go?" }]);
    expect(only(drafts, "work.ended").map(({ outcome }) => outcome.status)).toEqual([
      "suspended",
      "ok",
    ]);
    expect(only(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "ok" });
  });

  test("that cannot be looked at is raised all the same", () => {
    const hostile = {
      get id() {
        throw new Error("no");
      },
      get value() {
        throw new Error("no");
      },
    };
    const raised = only(translateAll([root("r", {}), stop("r", [hostile])]), "interrupt.raised");
    expect(raised).toMatchObject([{ mark: "c1:0", wait: "c1" }]);
  });
});

const unannounced = (interrupts: readonly unknown[]): readonly LangGraphCallback[] => [
  root("r", {}),
  child("n", "r"),
  {
    kind: "run.failed",
    runId: "n",
    error: { name: "GraphInterrupt", is_bubble_up: true, interrupts },
  },
  endOf("r"),
];

describe("an interrupt that LangGraph is too old to announce", () => {
  test("is known from the nodes alone", () => {
    const drafts = translateAll(unannounced([{ id: "i", value: "go?" }]));
    expect(only(drafts, "interrupt.raised")).toMatchObject([
      { mark: "turn@r:i:0", wait: "turn@r", payload: "go?" },
    ]);
    expect(only(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "suspended" });
  });

  test("is known from a breakpoint of a subgraph, which asks nothing", () => {
    const drafts = translateAll(unannounced([]));
    expect(only(drafts, "interrupt.raised")).toMatchObject([{ wait: "turn@r" }]);
    expect(only(drafts, "interrupt.raised")[0]).not.toHaveProperty("payload");
    expect(only(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "suspended" });
  });

  test("is resolved when work begins again", () => {
    const resume = root("again", { $command: true, resume: "yes" });
    const drafts = translateAll([
      ...unannounced([{ id: "i", value: "go?" }]),
      resume,
      child("m", "again"),
      child("o", "again"),
    ]);
    const resolved = only(drafts, "interrupt.resolved");
    expect(resolved).toMatchObject([{ on: "turn@again", wait: "turn@r", answer: "yes" }]);
    const opened = drafts.flatMap((draft) => ("name" in draft && "key" in draft ? draft.key : []));
    expect(drafts.findIndex(({ type }) => type === "interrupt.resolved")).toBeLessThan(
      drafts.findIndex((draft) => "key" in draft && draft.key === "m"),
    );
    expect(opened).toContain("m");
  });
});

describe("a drain", () => {
  const drained = failureOf("r", {
    name: "GraphDrained",
    message: "drained",
    is_bubble_up: true,
    reason: "deploy",
  });

  test("suspends with its reason, and null input goes on from it", () => {
    const drafts = translateAll([root("r", {}), drained, root("next", null), resumed("next")]);
    expect(only(drafts, "interrupt.raised")).toMatchObject([
      { on: "turn@r", mark: "drain", wait: "turn@r", payload: { reason: "deploy" } },
    ]);
    expect(only(drafts, "turn.ended")).toMatchObject([
      { outcome: { status: "suspended" }, detail: "deploy" },
    ]);
    expect(only(drafts, "turn.started")[1]?.resumes).toBe(true);
    expect(only(drafts, "interrupt.resolved")).toMatchObject([{ on: "turn@next", wait: "turn@r" }]);
  });

  test("that comes up from a subgraph is told once", () => {
    const drafts = translateAll([
      root("r", {}),
      child("n", "r"),
      { ...drained, runId: "n" },
      drained,
    ]);
    expect(only(drafts, "interrupt.raised")).toHaveLength(1);
    expect(only(drafts, "work.ended").map(({ outcome }) => outcome.status)).toEqual([
      "suspended",
      "suspended",
    ]);
  });
});
