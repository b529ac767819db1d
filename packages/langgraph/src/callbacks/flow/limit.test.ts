import { describe, expect, test } from "vitest";
import { failureOf, graphRun, nodeRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";

const limitsOf = (error: unknown) =>
  only(translateAll([graphRun("root"), failureOf("root", error)]), "limit.reached");

describe("a limit", () => {
  test("of steps is named beside its error, on the graph that it is a limit of", () => {
    const drafts = draftsOf("12-recursion-limit");
    const graphs = only(drafts, "work.started").filter(({ kind }) => kind === "workflow");
    expect(only(drafts, "limit.reached")).toMatchObject([
      { on: graphs[0]?.key, limit: "recursion", value: 4 },
      { on: graphs[1]?.key, limit: "recursion", value: 3 },
    ]);
  });

  test("of a node's time says which node, how long it may take, and how long it took", () => {
    const error = Object.assign(new Error("too slow"), {
      name: "NodeTimeoutError",
      node: "slow",
      kind: "idle",
      timeout: 50,
      elapsed: 61,
    });
    expect(limitsOf(error)).toMatchObject([
      {
        limit: "node_timeout",
        value: 50,
        native: { node: "slow", kind: "idle", elapsedMs: 61 },
      },
    ]);
  });

  test("of a node's time is read from its words where a recording has nothing else", () => {
    const message = 'Node "slow" exceeded its run timeout of 50ms (elapsed: 51ms).';
    expect(limitsOf({ $error: "NodeTimeoutError", message })).toMatchObject([{ value: 50 }]);
  });

  test("is told with its error, so once", () => {
    const error = { name: "GraphRecursionError", message: "Recursion limit of 7 reached" };
    const drafts = translateAll([
      graphRun("root"),
      nodeRun("node", "root"),
      graphRun("inner", { parentRunId: "node" }),
      ...["inner", "node", "root"].map((runId) => failureOf(runId, error)),
    ]);
    expect(only(drafts, "limit.reached")).toMatchObject([{ on: "inner", value: 7 }]);
  });

  test("that does not say how much it allows is no more than its error", () => {
    expect(limitsOf({ name: "GraphRecursionError", message: "reached" })).toEqual([]);
    expect(limitsOf(new DOMException("too late", "TimeoutError"))).toEqual([]);
  });
});
