import { describe, expect, test } from "vitest";
import { commandedRouteOf, routeOf } from "./command.ts";
import { endOf, graphRun, nodeRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";

describe("a router's output", () => {
  test.each([
    [{ output: "b" }, "b"],
    [{ output: ["a", "b"] }, ["a", "b"]],
    [{ output: [{ $send: "w" }, { lg_name: "Send", node: "v" }] }, ["w", "v"]],
    [{ $send: "w", args: {} }, "w"],
    [{ output: [] }, undefined],
    [{ output: 7 }, undefined],
    [{ output: ["a", 7] }, undefined],
    [{ log: ["a"] }, undefined],
    [{ output: "x".repeat(201) }, undefined],
  ])("is a route only where it clearly names nodes (%#)", (output, route) => {
    expect(routeOf(output)).toEqual(route);
  });

  test("is a decision of the node it stands under", () => {
    const drafts = draftsOf("06-send-fanout");
    const plan = only(drafts, "work.started").find(({ name }) => name === "plan");
    expect(only(drafts, "decision.made")).toMatchObject([
      { on: plan?.key, kind: "route", choice: ["worker", "worker", "worker"] },
    ]);
  });
});

test("a node that returns a command decides by it where its graph goes", () => {
  const goto = { $command: true, goto: ["a"] };
  expect(commandedRouteOf(goto)).toEqual(["a"]);
  expect(commandedRouteOf({ output: [goto, { $command: true, goto: [] }] })).toEqual(["a"]);
  expect(commandedRouteOf({ messages: [] })).toEqual([]);
  expect(commandedRouteOf({ ...goto, graph: "__parent__" })).toEqual([]);
});

test("a lambda that the application runs on a text of its own is no router", () => {
  const classPath = ["langchain_core", "runnables", "RunnableLambda"];
  const decisions = (inputs: object) =>
    only(
      translateAll([
        graphRun("root"),
        nodeRun("n", "root"),
        graphRun("lambda", { parentRunId: "n", classPath, inputs }),
        endOf("lambda", { output: "b" }),
      ]),
      "decision.made",
    );
  expect(decisions({ input: "v" })).toEqual([]);
  expect(decisions({ log: [] })).toMatchObject([{ on: "n", choice: "b", mark: "lambda" }]);
});
