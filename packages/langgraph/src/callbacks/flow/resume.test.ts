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
    [
      "a replay of a checkpoint",
      root("next", { input: null }, { thread_id: "t", checkpoint_id: "c0" }),
    ],
    ["null input to what keeps nothing", root("next", { input: null }, { session_id: "u" })],
  ])("is not %s", (_, next) => {
    const drafts = translateAll([...suspended, next, resumed("next")]);
    expect(only(drafts, "turn.started")[1]).not.toHaveProperty("resumes");
    expect(only(drafts, "interrupt.resolved")).toEqual([]);
  });
});
