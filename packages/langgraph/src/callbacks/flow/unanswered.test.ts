import { describe, expect, test } from "vitest";
import { endOf, failureOf, graphRun, modelRun, nodeRun } from "../example-runs.ts";
import { only, translateAll } from "../fixtures.ts";
import type { LangGraphCallback } from "../native.ts";

const answer = { lg_name: "Command", resume: "yes", goto: [] };
const resume = (runId: string) => graphRun(runId, { inputs: answer });
const stop = (runId: string): LangGraphCallback => ({
  kind: "interrupted",
  runId,
  checkpointId: "c1",
  checkpointNamespace: [],
  interrupts: [{ id: "i", value: "sure?" }],
});
const waiting = [graphRun("first"), stop("first"), endOf("first")];
const down = new Error("down");
const step = (runId: string, parentRunId: string, langgraph_step: number) => {
  const node = nodeRun(runId, parentRunId);
  return { ...node, metadata: { ...node.metadata, langgraph_step } };
};
const resumesOf = (natives: readonly LangGraphCallback[]) =>
  only(translateAll(natives), "turn.started").map(({ resumes }) => resumes);
const raised = (natives: readonly LangGraphCallback[]) =>
  only(translateAll(natives), "interrupt.raised").map(({ on, wait }) => [on, wait]);

describe("a resume that fails", () => {
  const failed = [...waiting, resume("r"), step("n", "r", 1), failureOf("r", down)];

  test("before its graph came any further leaves the thread waiting where it was", () => {
    expect(raised(failed)).toEqual([
      ["turn@first", "c1"],
      ["turn@r", "c1"],
    ]);
    expect(resumesOf([...failed, resume("s")])).toEqual([undefined, true, true]);
    expect(resumesOf([...failed, graphRun("s", { inputs: null })]).at(-1)).toBe(true);
  });

  test("after its graph went on leaves nothing", () => {
    const further = [...waiting, resume("r"), step("n", "r", 1), endOf("n"), step("m", "r", 2)];
    expect(raised([...further, failureOf("r", down)])).toHaveLength(1);
  });

  test("was cancelled, and the thread waits as before", () => {
    const aborted = Object.assign(new Error("stop"), { name: "AbortError" });
    expect(raised([...waiting, resume("r"), failureOf("r", aborted)])).toHaveLength(2);
  });

  test("waits for nothing where it was never seen to be one", () => {
    expect(raised([graphRun("r", { inputs: null }), failureOf("r", down)])).toEqual([]);
  });
});

describe("new input to a thread that waits", () => {
  test("of the same graph ends the wait without an answer", () => {
    const drafts = translateAll([...waiting, graphRun("next")]);
    const resolved = only(drafts, "interrupt.resolved");
    expect(resolved).toMatchObject([{ on: "turn@next", wait: "c1", native: { by: "new input" } }]);
    expect(resolved[0]).not.toHaveProperty("answer");
    expect(only(drafts, "turn.started")[1]).not.toHaveProperty("resumes");
  });

  test.each([
    ["another graph", graphRun("beside", { runName: "Titles" })],
    ["a model", modelRun("beside", { metadata: { thread_id: "t" } })],
  ])("of %s leaves it waiting", (_, beside) => {
    const natives = [...waiting, beside, endOf("beside"), graphRun("next", { inputs: null })];
    expect(only(translateAll(natives.slice(0, -1)), "interrupt.resolved")).toEqual([]);
    expect(resumesOf(natives)).toEqual([undefined, undefined, true]);
  });
});

describe("a graph inside of a chain", () => {
  const classPath = ["langchain_core", "runnables", "RunnableSequence"];
  const chain = (runId: string, inputs: unknown = {}) => graphRun(runId, { classPath, inputs });
  const first = [
    chain("c"),
    graphRun("g", { parentRunId: "c" }),
    stop("g"),
    endOf("g"),
    endOf("c"),
  ];

  test("waits for the whole turn", () => {
    const drafts = translateAll(first);
    expect(raised(first)).toEqual([["turn@c", "c1"]]);
    expect(only(drafts, "work.ended").map(({ outcome }) => outcome.status)).toEqual([
      "suspended",
      "suspended",
    ]);
    expect(only(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "suspended" });
  });

  test("goes on for it too, where the chain's own metadata names the thread", () => {
    const resumed: LangGraphCallback = {
      kind: "resumed",
      runId: "g2",
      checkpointId: "c1",
      checkpointNamespace: [],
    };
    const natives = [...first, chain("c2", answer), graphRun("g2", { parentRunId: "c2" }), resumed];
    expect(resumesOf(natives)).toEqual([undefined, true]);
    expect(only(translateAll(natives), "interrupt.resolved")).toMatchObject([
      { on: "turn@c2", wait: "c1", answer: "yes" },
    ]);
  });
});
