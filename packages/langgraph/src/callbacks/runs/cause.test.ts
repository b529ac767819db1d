import { describe, expect, test } from "vitest";
import { graphRun, nodeRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";

describe("a tool", () => {
  test("was caused by the model call that asked for it, in its own turn", () => {
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

  test("that runs again after an interrupt was caused by the same call as before", () => {
    const drafts = draftsOf("11b-interrupt-in-tool-and-subgraph");
    const [asking] = only(drafts, "model.started");
    const causes = only(drafts, "tool.started").map(({ causedBy }) => causedBy);
    expect(causes).toEqual([asking?.key, asking?.key]);
  });
});

test("an error handler was caused by the node that failed", () => {
  const failing = nodeRun("bad", "g");
  const metadata = {
    thread_id: "t",
    langgraph_node: "__error_handler__node",
    langgraph_path: ["__pregel_push", "node", "__error_handler__node", false],
    langgraph_checkpoint_ns: "node:task|__error_handler__node:other",
  };
  const handler = { ...nodeRun("h", "g"), runName: "__error_handler__node", metadata };
  const [, , step] = only(
    translateAll([
      graphRun("g"),
      failing,
      { kind: "run.failed", runId: "bad", error: new Error("x") },
      handler,
    ]),
    "work.started",
  );
  expect(step).toMatchObject({ key: "h", parent: "g", kind: "step", causedBy: "bad" });
  expect(step).not.toHaveProperty("attempt");
});
