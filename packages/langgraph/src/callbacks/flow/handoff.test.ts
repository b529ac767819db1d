import { describe, expect, test } from "vitest";
import { endOf, failureOf, graphRun, nodeRun, toolRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { LangGraphCallback } from "../native.ts";

const toParent = (...goto: readonly unknown[]) => ({
  lg_name: "Command",
  graph: "__parent__",
  goto,
});
const fail = (runId: string, command: object): LangGraphCallback =>
  failureOf(runId, { name: "ParentCommand", is_bubble_up: true, command });
const handoffs = (natives: readonly LangGraphCallback[]) =>
  only(translateAll(natives), "handoff.made").map(({ on, to, mark }) => ({ on, to, mark }));
const agent = [graphRun("root"), nodeRun("outer", "root"), nodeRun("tools", "outer")];

describe("a handoff", () => {
  test.each([
    ["09-supervisor", ["math_agent", "wx_agent"]],
    ["10-swarm", ["bob"]],
  ])("of %s is told once, on the tool that makes it, and nothing fails by it", (scenario, to) => {
    const drafts = draftsOf(scenario);
    const made = only(drafts, "handoff.made");
    const tools = only(drafts, "tool.started").filter(({ name }) => name.startsWith("transfer_to"));
    expect(made.map((handoff) => handoff.to)).toEqual(to);
    expect(made.map(({ on }) => on)).toEqual(tools.map(({ key }) => key));
    const statuses = drafts.flatMap((draft) => ("outcome" in draft ? draft.outcome.status : []));
    expect(new Set(statuses)).toEqual(new Set(["ok"]));
  });

  test("by a node is told once, where it starts, for each node that it goes to", () => {
    const command = toParent("math", { lg_name: "Send", node: "words", args: {} });
    expect(handoffs([...agent, fail("tools", command), fail("outer", command)])).toEqual([
      { on: "tools", to: "math", mark: "tools:0" },
      { on: "tools", to: "words", mark: "tools:1" },
    ]);
  });

  test("by each of two tools of one node is told on each", () => {
    const natives = [
      ...agent,
      toolRun("a", "tools"),
      toolRun("b", "tools"),
      endOf("a", toParent("bob")),
      endOf("b", [toParent("carl")]),
      fail("tools", toParent("bob", "carl")),
      fail("outer", toParent("bob", "carl")),
    ];
    expect(handoffs(natives)).toEqual([
      { on: "a", to: "bob", mark: "a:0" },
      { on: "b", to: "carl", mark: "b:0" },
    ]);
  });

  test("of a node that goes elsewhere than its tool did is another one", () => {
    const natives = [
      ...agent,
      toolRun("a", "tools"),
      endOf("a", toParent("bob")),
      fail("tools", toParent("carl")),
    ];
    expect(handoffs(natives)).toMatchObject([
      { on: "a", to: "bob" },
      { on: "tools", to: "carl" },
    ]);
  });
});

describe("a tool that sends its own graph somewhere", () => {
  const goto = { lg_name: "Command", goto: ["agent"] };

  test("hands nothing over: its node decides where to go, once", () => {
    const drafts = translateAll([
      graphRun("root"),
      nodeRun("tools", "root"),
      toolRun("a", "tools"),
      endOf("a", goto),
      endOf("tools", { output: [goto] }),
    ]);
    expect(only(drafts, "handoff.made")).toEqual([]);
    expect(only(drafts, "decision.made")).toMatchObject([{ on: "tools", choice: "agent" }]);
  });
});

test("a middleware that jumps is told by the edge behind it, once", () => {
  const classPath = ["langchain_core", "runnables", "RunnableLambda"];
  const drafts = translateAll([
    graphRun("root"),
    nodeRun("Guard.before_model", "root"),
    graphRun("edge", { parentRunId: "Guard.before_model", classPath, inputs: { jumpTo: "end" } }),
    endOf("edge", { output: "__end__" }),
    endOf("Guard.before_model", { jumpTo: "end", messages: [] }),
  ]);
  expect(only(drafts, "decision.made")).toMatchObject([
    { on: "Guard.before_model", choice: "__end__" },
  ]);
});
