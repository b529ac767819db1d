import { describe, expect, test } from "vitest";
import { endOf, graphRun, nodeRun } from "../example-runs.ts";
import { only, translateAll } from "../fixtures.ts";
import { roleOf } from "./run-role.ts";

const roleIn = (metadata: object, runName = "Graph") =>
  roleOf(graphRun("r", { metadata: { ...metadata }, runName }), null);

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

describe("a graph in the tool of an agent, which inherits all that the agent says of itself", () => {
  const metadata = {
    thread_id: "t",
    ls_integration: "langchain_create_agent",
    lc_agent_name: "boss",
  };
  const kindOf = (inputs: unknown) =>
    only(
      translateAll([
        graphRun("boss", { runName: "boss", metadata }),
        graphRun("in", { parentRunId: "boss", runName: "in", metadata, inputs }),
      ]),
      "work.started",
    ).at(-1)?.kind;

  test("is a workflow where it is given a state without messages", () => {
    expect(kindOf({ log: [] })).toBe("workflow");
    expect(kindOf({})).toBe("workflow");
  });

  test("is an agent where it is given messages, or goes on from where it stands", () => {
    expect(kindOf({ messages: [] })).toBe("agent");
    expect(kindOf({ $command: true, resume: "yes" })).toBe("agent");
    expect(kindOf(null)).toBe("agent");
    expect(kindOf({ input: null })).toBe("agent");
  });

  test("and one that is in no agent is what it says, whatever it is given", () => {
    expect(roleOf(graphRun("r", { metadata, runName: "r", inputs: {} }), null)).toEqual({
      opens: "work",
      kind: "agent",
    });
  });
});

test("a node is told by its tag and its name together", () => {
  const node = nodeRun("n", "g");
  expect(roleOf(node, null)).toEqual({ opens: "work", kind: "step" });
  expect(roleOf({ ...node, tags: [] }, null)).toMatchObject({ opens: null });
  expect(roleOf({ ...node, runName: "RunnableSequence" }, null)).toMatchObject({ opens: null });
});

test.each([
  [["langchain_core", "runnables", "RunnableRetry"], undefined],
  [["langchain_core", "prompts", "chat", "ChatPromptTemplate"], "prompt"],
  [["my_prompts", "Prompt"], "prompt"],
  [["langgraph", "RunnableCallable"], undefined],
])("%s is plumbing", (classPath, runType) => {
  const chain = graphRun("r", { classPath, ...(runType === undefined ? {} : { runType }) });
  expect(roleOf(chain, null)).toEqual({ opens: null, router: false });
});

test("a chain of the application's own is work, of a kind that nobody said", () => {
  expect(roleOf(graphRun("r", { classPath: ["mine", "Chain"] }), null)).toEqual({
    opens: "work",
    kind: "other",
  });
});

describe("a bare lambda right under its node", () => {
  const classPath = ["langchain_core", "runnables", "RunnableLambda"];
  const lambda = (inputs: object) => graphRun("l", { parentRunId: "n", classPath, inputs });
  const metadata = { ...nodeRun("n", "g").metadata, langgraph_path: ["__pregel_pull", "node"] };
  const node = { ...nodeRun("n", "g"), inputs: { x: 1 }, metadata };
  const decisions = (inputs: object) =>
    only(
      translateAll([graphRun("g"), node, lambda(inputs), endOf("l", { output: "next" })]),
      "decision.made",
    ).map(({ choice }) => choice);

  test("that reads all of the state that the node was given decides where to go on", () => {
    expect(decisions({ x: 1, log: [] })).toEqual(["next"]);
  });

  test("that reads something else is what the node does", () => {
    expect(decisions({ question: "?" })).toEqual([]);
  });
});
