import { describe, expect, test } from "vitest";
import { graphRun, nodeRun } from "../example-runs.ts";
import { roleOf } from "./run-role.ts";

const roleIn = (metadata: object, runName = "Graph") =>
  roleOf(graphRun("r", { metadata: { ...metadata }, runName }), false);

describe("a graph", () => {
  test("is an agent where LangChain built one, or where it bears the agent's name", () => {
    const agent = { opens: "work", kind: "agent" };
    expect(roleIn({ ls_integration: "langchain_create_agent" })).toEqual(agent);
    expect(roleIn({ lc_agent_name: "planner" }, "planner")).toEqual(agent);
  });

  test("inside an agent is a workflow, though it inherits the agent's name", () => {
    expect(roleIn({ lc_agent_name: "planner" }, "lookup")).toEqual({
      opens: "work",
      kind: "workflow",
    });
  });
});

test("a node is told by its tag and its name together", () => {
  const node = nodeRun("n", "g");
  expect(roleOf(node, false)).toEqual({ opens: "work", kind: "step" });
  expect(roleOf({ ...node, tags: [] }, false)).toMatchObject({ opens: null });
  expect(roleOf({ ...node, runName: "RunnableSequence" }, false)).toMatchObject({ opens: null });
});

test.each([
  [["langchain_core", "runnables", "RunnableRetry"], undefined],
  [["langchain_core", "prompts", "chat", "ChatPromptTemplate"], "prompt"],
  [["my_prompts", "Prompt"], "prompt"],
  [["langgraph", "RunnableCallable"], undefined],
])("%s is plumbing", (classPath, runType) => {
  const chain = graphRun("r", { classPath, ...(runType === undefined ? {} : { runType }) });
  expect(roleOf(chain, false)).toEqual({ opens: null, router: false });
});

test("a chain of the application's own is work, of a kind that nobody said", () => {
  expect(roleOf(graphRun("r", { classPath: ["mine", "Chain"] }), false)).toEqual({
    opens: "work",
    kind: "other",
  });
});
