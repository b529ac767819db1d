import { describe, expect, test } from "vitest";
import { endOf, graphRun } from "../example-runs.ts";
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

  test("at a breakpoint asks nothing, and is raised all the same", () => {
    const drafts = translateAll([root("r", {}), stop("r", []), endOf("r")]);
    expect(only(drafts, "interrupt.raised")).toMatchObject([{ mark: "c1", wait: "c1" }]);
    expect(only(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "suspended" });
  });

  test("in a root that then fails leaves nothing to go on from", () => {
    const failed = { kind: "run.failed", runId: "r", error: new Error("disk full") } as const;
    const next = graphRun("next", { inputs: null });
    const drafts = translateAll([root("r", {}), stop("r", []), failed, next]);
    expect(only(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "error", errorType: "Error" });
    expect(only(drafts, "turn.started")[1]).not.toHaveProperty("resumes");
  });

  test("of a subgraph is its outermost graph's to tell", () => {
    const nested = { ...stop("r", []), checkpointNamespace: ["node:task"] } as LangGraphCallback;
    expect(only(translateAll([root("r", {}), nested]), "interrupt.raised")).toEqual([]);
  });

  test("is known from the nodes alone where LangGraph is too old to announce it", () => {
    const error = {
      name: "GraphInterrupt",
      is_bubble_up: true,
      interrupts: [{ id: "i", value: "go?" }],
    };
    const drafts = translateAll([
      root("r", {}),
      child("n", "r"),
      { kind: "run.failed", runId: "n", error },
      endOf("r"),
    ]);
    expect(only(drafts, "interrupt.raised")).toMatchObject([{ mark: "i:0", payload: "go?" }]);
    expect(only(drafts, "interrupt.raised")[0]).not.toHaveProperty("wait");
    expect(only(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "suspended" });
  });
});

describe("a resume", () => {
  const suspended = [root("first", {}), stop("first", []), endOf("first")];

  test("opens an activation that goes on, and resolves the wait with the answer once that is named", () => {
    const drafts = draftsOf("11-interrupt-resume");
    expect(only(drafts, "turn.started").map(({ resumes }) => resumes)).toEqual([
      undefined,
      true,
      undefined,
    ]);
    expect(only(drafts, "interrupt.resolved")).toMatchObject([
      {
        on: "turn@01a1fc41-daac-708c-890a-c0f909153be6",
        wait: "1f1e55fd-feed-60a0-8000-2e40b8db53c0",
        answer: "yes",
      },
    ]);
  });

  test("is resolved once a turn, whatever its subgraphs tell", () => {
    const command = { lg_name: "Command", resume: { ok: true }, goto: [] };
    const natives = [
      root("r", command),
      resumed("r"),
      child("sub", "r"),
      resumed("sub", "node:task"),
      resumed("r"),
    ];
    const resolved = only(translateAll(natives), "interrupt.resolved");
    expect(resolved).toMatchObject([{ on: "turn@r", answer: { ok: true } }]);
  });

  test("still finds the model call that asked for the tool which waited", () => {
    const drafts = draftsOf("11b-interrupt-in-tool-and-subgraph");
    const [asking] = only(drafts, "model.started");
    expect(only(drafts, "tool.started").map(({ causedBy }) => causedBy)).toEqual([
      asking?.key,
      asking?.key,
    ]);
  });

  test("with null input goes on from a breakpoint that was seen", () => {
    const drafts = translateAll([...suspended, root("next", { input: null }), resumed("next")]);
    expect(only(drafts, "turn.started").map(({ resumes }) => resumes)).toEqual([undefined, true]);
    expect(only(drafts, "interrupt.resolved")).toHaveLength(1);
  });

  test.each([
    ["a command that only goes somewhere", root("next", { $command: true, goto: ["a"] })],
    ["a new input", root("next", { messages: [] })],
    [
      "a replay of a checkpoint",
      root("next", { input: null }, { thread_id: "t", checkpoint_id: "c0" }),
    ],
    ["null input on another thread", root("next", { input: null }, { thread_id: "u" })],
  ])("is not %s", (_, next) => {
    const drafts = translateAll([...suspended, next, resumed("next")]);
    expect(only(drafts, "turn.started")[1]).not.toHaveProperty("resumes");
    expect(only(drafts, "interrupt.resolved")).toEqual([]);
  });
});
