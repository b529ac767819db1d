import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { endOf, graphRun, modelRun, nodeRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { ChainStarted, Fields, LangGraphCallback } from "../native.ts";

const asks = (...calls: readonly Fields[]): Fields => ({
  $message: "AIMessage",
  type: "ai",
  content: "",
  tool_calls: calls,
});
const call = (id: string, args: Fields = {}): Fields => ({ id, name: "pay", args });
const answers = (id: string, content: string, more: Fields = {}): Fields => ({
  $message: "ToolMessage",
  type: "tool",
  name: "pay",
  content,
  tool_call_id: id,
  ...more,
});
const asked = (message: Fields): readonly LangGraphCallback[] => [
  graphRun("g"),
  nodeRun("ask", "g"),
  modelRun("m", { parentRunId: "ask" }),
  endOf("m", { generations: [[{ message }]] }),
  endOf("ask", { messages: [message] }),
];
const node = (runName: string, inputs: unknown = {}): ChainStarted => ({
  ...nodeRun("n", "g"),
  runName,
  inputs,
  metadata: { thread_id: "t", langgraph_node: runName, langgraph_checkpoint_ns: `${runName}:1` },
});
const toolRun = (id: string): LangGraphCallback => ({
  ...graphRun(`run of ${id}`, { parentRunId: "n", runName: "pay" }),
  kind: "tool.started",
  toolCallId: id,
  input: "{}",
});
const tools = (drafts: readonly EventDraft[]) => only(drafts, "tool.started");

describe("a call that no tool ran for", () => {
  const answered = [
    ...asked(asks(call("c", { sum: 7 }))),
    node("tools"),
    endOf("n", { messages: [answers("c", "done elsewhere")] }),
  ];

  test("is told when it is answered, under the node that answers it, with what asked for it", () => {
    const drafts = translateAll(answered);
    expect(tools(drafts)).toEqual([
      {
        type: "tool.started",
        session: "t",
        source: "callback",
        key: "n:c",
        parent: "n",
        name: "pay",
        toolCallId: "c",
        causedBy: "m",
        input: { sum: 7 },
        native: { withoutRun: true },
      },
    ]);
    expect(only(drafts, "tool.ended")).toMatchObject([
      { key: "n:c", outcome: { status: "ok" }, output: "done elsewhere" },
    ]);
    expect(drafts.slice(-3).map(({ type }) => type)).toEqual([
      "tool.started",
      "tool.ended",
      "work.ended",
    ]);
  });

  test("is told once, though graphs above give the same messages back", () => {
    const [graph, ...inside] = answered;
    const outer = [graphRun("top"), { ...nodeRun("host", "top"), runName: "node" }];
    const nested = [...outer, { ...graphRun("g"), parentRunId: "host" }, ...inside];
    const all = { messages: [asks(call("c")), answers("c", "done elsewhere")] };
    expect(graph).toMatchObject({ runId: "g" });
    expect(tools(translateAll([...nested, endOf("g", all), endOf("host", all)]))).toHaveLength(1);
    const again = [node("tools"), endOf("n2", all)];
    expect(tools(translateAll([...answered, ...again]))).toHaveLength(1);
  });

  test.each([
    [
      "a list of commands",
      { output: [{ $command: true, update: { messages: [answers("c", "x")] } }] },
    ],
    ["a command", { lg_name: "Command", update: { messages: [answers("c", "x")] } }],
    [
      "a command that lists its channels",
      { $command: true, update: [["messages", [answers("c", "x")]]] },
    ],
    ["messages alone", { output: [answers("c", "x")] }],
    ["one message of a channel of any name", { said: answers("c", "x") }],
  ])("is found in %s", (_, output) => {
    expect(
      tools(translateAll([...asked(asks(call("c"))), node("tools"), endOf("n", output)])),
    ).toMatchObject([{ toolCallId: "c" }]);
  });

  test("is none where nobody asked in this turn: history that is given back is old", () => {
    const output = { messages: [asks(call("old")), answers("old", "x")] };
    expect(tools(translateAll([graphRun("g"), node("tools"), endOf("n", output)]))).toEqual([]);
  });
});

describe("a call that a tool ran for is never told again", () => {
  const output = { messages: [answers("c", "x")] };

  test.each([
    ["ended", [endOf("run of c")]],
    ["failed", [{ kind: "run.failed", runId: "run of c", error: new Error("x") } as const]],
    ["never ended", []],
  ])("though its run has %s", (_, end) => {
    const drafts = translateAll([
      ...asked(asks(call("c"))),
      node("tools"),
      toolRun("c"),
      ...end,
      endOf("n", output),
    ]);
    expect(tools(drafts).map(({ key }) => key)).toEqual(["run of c"]);
  });

  test("though it ran in an earlier activation", () => {
    const drafts = translateAll([
      ...asked(asks(call("c"))),
      node("tools"),
      toolRun("c"),
      {
        kind: "interrupted",
        runId: "g",
        checkpointId: "c1",
        checkpointNamespace: [],
        interrupts: [],
      },
      endOf("g"),
      graphRun("next", { inputs: { $command: true, resume: "go on" } }),
      { ...node("tools"), runId: "again", parentRunId: "next" },
      endOf("again", output),
    ]);
    expect(tools(drafts).map(({ key }) => key)).toEqual(["run of c"]);
  });

  test("though another process saw the model ask for it", () => {
    const given = { messages: [asks(call("c"))] };
    const natives = [graphRun("g"), node("tools", given), toolRun("c"), endOf("n", output)];
    expect(tools(translateAll(natives)).map(({ key }) => key)).toEqual(["run of c"]);
  });
});

const outcomes = (name: string, output: unknown) =>
  only(translateAll([...asked(asks(call("c"))), node(name), endOf("n", output)]), "tool.ended").map(
    ({ outcome, detail }) => [outcome, detail],
  );
const failed = (content: string) => ({ messages: [answers("c", content, { status: "error" })] });

describe("what happened to it", () => {
  test("is an error of its kind where a node says that it failed", () => {
    const drafts = draftsOf("15-tool-errors");
    const told = tools(drafts).filter(({ native }) => native !== undefined);
    expect(told.map(({ name }) => name)).toEqual(["nope", "add"]);
    const ends = only(drafts, "tool.ended").filter(({ key }) =>
      told.some((one) => one.key === key),
    );
    expect(ends.map(({ outcome }) => outcome)).toEqual([
      { status: "error", errorType: "UnknownTool" },
      { status: "error", errorType: "ToolInputParsingException" },
    ]);
    expect(
      outcomes("tools", failed("Error: pay is not a valid tool, try one of [add].")),
    ).toMatchObject([
      [{ errorType: "UnknownTool" }, "Error: pay is not a valid tool, try one of [add]."],
    ]);
    expect(outcomes("tools", failed("no money"))).toMatchObject([
      [{ errorType: "ToolError" }, "no money"],
    ]);
  });

  test("is no error where a person or a limit says no before it is tried", () => {
    expect(outcomes("HumanInTheLoopMiddleware.after_model", failed("not this one"))).toEqual([
      [{ status: "cancelled" }, "not this one"],
    ]);
  });

  test("is what the node makes of it, not what runs inside", () => {
    const inside = graphRun("lambda", {
      parentRunId: "n",
      classPath: ["langchain_core", "runnables", "RunnableLambda"],
    });
    const hook = node("HumanInTheLoopMiddleware.after_model");
    const output = failed("no");
    const natives = [hook, inside, endOf("lambda", output), endOf("n", output)];
    const ends = only(translateAll([...asked(asks(call("c"))), ...natives]), "tool.ended");
    expect(ends).toMatchObject([{ outcome: { status: "cancelled" } }]);
  });

  test("is seen in another process too, by what the node was given", () => {
    const given = { messages: [asks(call("c", { sum: 7 }), call("d"))] };
    const hook = node("HumanInTheLoopMiddleware.after_model", given);
    const drafts = translateAll([graphRun("g"), hook, endOf("n", failed("no"))]);
    expect(tools(drafts)).toMatchObject([{ toolCallId: "c", name: "pay", input: { sum: 7 } }]);
    expect(tools(drafts)[0]).not.toHaveProperty("causedBy");
  });

  test("is a structured answer, or one that nobody could read", () => {
    const [structured] = only(draftsOf("04c-createAgent-structured-output"), "tool.ended");
    expect(structured).toMatchObject({ outcome: { status: "ok" }, output: '{"answer":"42"}' });
    expect(
      outcomes("model_request", { messages: [answers("c", "Failed to parse")] }),
    ).toMatchObject([
      [{ status: "error", errorType: "StructuredOutputParsingError" }, "Failed to parse"],
    ]);
  });
});
