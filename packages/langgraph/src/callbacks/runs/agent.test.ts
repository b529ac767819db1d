import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { graphRun, modelRun, nodeRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";

const agents = (drafts: readonly EventDraft[]): readonly (string | undefined)[] =>
  [...only(drafts, "model.started"), ...only(drafts, "tool.started")].map(({ agent }) => agent);

describe("the name of an agent", () => {
  test("is with all that runs in an agent that says it", () => {
    expect(agents(draftsOf("03-createAgent-parallel-tools"))).toEqual([
      "planner",
      "planner",
      "planner",
      "planner",
    ]);
  });

  test("is that of the graph, where a graph has a node called agent", () => {
    expect(agents(draftsOf("10-swarm"))).toEqual(["alice", "bob", "bob", "alice"]);
  });

  test("is the nearest agent's, where one is another's tool", () => {
    const drafts = draftsOf("25-agent-as-tool-nested");
    expect(only(drafts, "model.started").map(({ agent }) => agent)).toEqual([
      "boss",
      "calc_agent",
      "calc_agent",
      "boss",
    ]);
    expect(only(drafts, "tool.started").map(({ agent }) => agent)).toEqual(["boss", "calc_agent"]);
  });

  test("is its own of an agent that says it, inside of one that does not", () => {
    const metadata = { thread_id: "t", langgraph_node: "agent" };
    const inner = { thread_id: "t", ls_integration: "langchain_create_agent", lc_agent_name: "in" };
    const drafts = translateAll([
      graphRun("out", { runName: "out" }),
      { ...nodeRun("n", "out"), runName: "agent", metadata },
      graphRun("in", { parentRunId: "n", runName: "in", metadata: inner }),
      modelRun("m", { parentRunId: "in", metadata: inner }),
    ]);
    expect(only(drafts, "work.started").map(({ agent }) => agent)).toEqual([
      undefined,
      "out",
      "in",
    ]);
    expect(agents(drafts)).toEqual(["in"]);
  });

  test("is none of a graph that nobody has named, or whose nodes are called otherwise", () => {
    expect(agents(draftsOf("15-tool-errors")).every((agent) => agent === undefined)).toBe(true);
    const drafts = translateAll([
      graphRun("g", { runName: "Flow" }),
      nodeRun("n", "g"),
      modelRun("m", { parentRunId: "n" }),
    ]);
    expect(agents(drafts)).toEqual([undefined]);
  });
});

test("an agent that has no name does not go by its caller's", () => {
  const said = { thread_id: "t", lc_agent_name: "boss" };
  const created = { ...said, ls_integration: "langchain_create_agent" };
  const natives = [
    graphRun("boss", { runName: "boss", metadata: created }),
    graphRun("sub", {
      parentRunId: "boss",
      runName: "LangGraph",
      metadata: created,
      inputs: { messages: [] },
    }),
    modelRun("m", { parentRunId: "sub", metadata: said }),
  ];
  const drafts = translateAll(natives);
  expect(only(drafts, "work.started").map(({ agent }) => agent)).toEqual(["boss", "LangGraph"]);
  expect(agents(drafts)).toEqual(["LangGraph"]);
});
