import { describe, expect, test } from "vitest";
import { endOf, graphRun, modelRun, nodeRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { LangGraphCallback } from "../native.ts";

const node: readonly LangGraphCallback[] = [graphRun("g"), nodeRun("n", "g")];
const ask = (runId: string, content: string) =>
  modelRun(runId, { parentRunId: "n", messages: [{ $message: "HumanMessage", content }] });
const failure = (runId: string): LangGraphCallback => ({
  kind: "run.failed",
  runId,
  error: new Error("down"),
});
const tool = (runId: string, parentRunId = "n"): LangGraphCallback => ({
  ...graphRun(runId, { parentRunId, runName: "look" }),
  kind: "tool.started",
  toolCallId: "c",
  input: "{}",
});
const attempts = (natives: readonly LangGraphCallback[]) => {
  const drafts = translateAll(natives);
  return [...only(drafts, "model.started"), ...only(drafts, "tool.started")].map(
    ({ attempt }) => attempt,
  );
};

describe("another try", () => {
  test("of a node has the task of the one before it", () => {
    const steps = only(draftsOf("14-retry-policy"), "work.started").filter(
      ({ kind }) => kind === "step",
    );
    expect(steps.map(({ attempt }) => attempt)).toEqual([undefined, 2, 3, undefined, 2, 3]);
  });

  test("of a function is one of that function, not of its caller", () => {
    const tasks = only(draftsOf("21-functional-api"), "work.started").filter(
      ({ kind }) => kind === "task",
    );
    expect(tasks.map(({ name, attempt }) => [name, attempt])).toEqual([
      ["step_one", undefined],
      ["step_one", undefined],
      ["flaky_task", undefined],
      ["flaky_task", 2],
    ]);
  });

  test("of a model is what LangChain says it is, or a call over the same messages after one that failed", () => {
    const models = only(draftsOf("24-llm-errors-fallbacks-retry"), "model.started");
    expect(models.map(({ attempt }) => attempt)).toEqual([undefined, 2, undefined, 2, undefined]);
    const tagged = { ...ask("a", "hi"), tags: ["retry:attempt:3"] };
    expect(attempts([...node, tagged])).toEqual([3]);
    const thrice = [ask("a", "hi"), failure("a"), ask("b", "hi"), failure("b"), ask("c", "hi")];
    expect(attempts([...node, ...thrice])).toEqual([undefined, 2, 3]);
  });

  test("of a model is not one that is asked something else, runs beside it, or follows a success", () => {
    expect(attempts([...node, ask("a", "hi"), failure("a"), ask("b", "ho")])).toEqual([
      undefined,
      undefined,
    ]);
    expect(attempts([...node, ask("a", "hi"), ask("b", "hi"), failure("a"), failure("b")])).toEqual(
      [undefined, undefined],
    );
    expect(attempts([...node, ask("a", "hi"), endOf("a"), ask("b", "hi")])).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("of a tool makes the same call below the same run; in another run of the node it is that run that was tried again", () => {
    expect(attempts([...node, tool("a"), failure("a"), tool("b")])).toEqual([undefined, 2]);
    expect(attempts([...node, tool("a"), nodeRun("n2", "g"), tool("b", "n2")])).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test("another try of a graph, or of anything that LangChain tries again, is what it says it is", () => {
  const graph = graphRun("again", { parentRunId: "g", tags: ["retry:attempt:2"] });
  const [, tried] = only(translateAll([graphRun("g"), graph]), "work.started");
  expect(tried?.attempt).toBe(2);
});
