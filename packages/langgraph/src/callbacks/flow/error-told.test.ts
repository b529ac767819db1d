import { describe, expect, test } from "vitest";
import { endOf, failureOf, graphRun, modelRun, nodeRun, toolRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { LangGraphCallback } from "../native.ts";
import type { EventDraft } from "@spoor/core";

/** How each span ended, by its key: errors with where they are told. */
const endings = (drafts: readonly EventDraft[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    drafts
      .filter((draft) => "outcome" in draft)
      .map(({ key, outcome, detail }) => {
        if (outcome.status !== "error") return [key, outcome.status];
        const told = outcome.passedOn === true ? "passed on" : "told";
        return [key, [outcome.errorType, told, ...(detail === undefined ? [] : [detail])]];
      }),
  );
const endingsOf = (natives: readonly LangGraphCallback[]) => endings(translateAll(natives));
const toldIn = (drafts: readonly EventDraft[]): readonly string[] =>
  drafts.flatMap((draft) =>
    "outcome" in draft && draft.outcome.status === "error" && draft.outcome.passedOn !== true
      ? [draft.outcome.errorType]
      : [],
  );

const tool = [graphRun("root"), nodeRun("node", "root"), toolRun("tool", "node")];

describe("an error", () => {
  test("is told on the deepest span that failed with it; those above and the turn fail without words", () => {
    const error = new TypeError("tool exploded");
    const natives = [
      ...tool,
      failureOf("tool", error),
      failureOf("node", error),
      failureOf("root", Object.assign(error, { pregelTaskId: "task" })),
    ];
    expect(endingsOf(natives)).toEqual({
      tool: ["TypeError", "told", "tool exploded"],
      node: ["TypeError", "passed on"],
      root: ["TypeError", "passed on"],
      "turn@root": ["TypeError", "passed on"],
    });
  });

  test.each([
    ["12-recursion-limit", ["GraphRecursionError", "GraphRecursionError"]],
    ["13-node-throws", ["RangeError"]],
    ["14-retry-policy", ["Error", "Error", "Error", "Error", "Error"]],
    ["24-llm-errors-fallbacks-retry", ["Error", "Error", "Error"]],
  ])("in %s is told as often as it happened", (scenario, told) => {
    expect(toldIn(draftsOf(scenario))).toEqual(told);
  });

  test("of the graph itself is told on the graph, and the turn fails with it", () => {
    const error = new Error("db down");
    expect(endingsOf([graphRun("root"), failureOf("root", error)])).toEqual({
      root: ["Error", "told", "db down"],
      "turn@root": ["Error", "passed on"],
    });
  });

  test("in what has no span of its own is told by the span that it is a part of", () => {
    const classPath = ["langchain_core", "runnables", "RunnableLambda"];
    const router = graphRun("router", { parentRunId: "node", classPath });
    const error = new Error("router failed");
    const natives = [
      graphRun("root"),
      nodeRun("node", "root"),
      router,
      ...["router", "node", "root"].map((runId) => failureOf(runId, error)),
    ];
    expect(endingsOf(natives)).toMatchObject({
      node: ["Error", "told", "router failed"],
      root: ["Error", "passed on"],
    });
  });

  test("comes up through what has no span of its own", () => {
    const classPath = ["langchain_core", "runnables", "RunnableSequence"];
    const error = new Error("429");
    const natives = [
      graphRun("root"),
      nodeRun("node", "root"),
      graphRun("sequence", { parentRunId: "node", classPath }),
      modelRun("model", { parentRunId: "sequence" }),
      ...["model", "sequence", "node"].map((runId) => failureOf(runId, error)),
    ];
    expect(endingsOf(natives)).toEqual({
      model: ["Error", "told", "429"],
      node: ["Error", "passed on"],
    });
  });

  test("that was got over leaves what is above it as it is", () => {
    expect(
      endingsOf([...tool, failureOf("tool", new Error("no")), endOf("node"), endOf("root")]),
    ).toMatchObject({ tool: ["Error", "told", "no"], node: "ok", root: "ok", "turn@root": "ok" });
  });

  test("that is another one than the one below is told too", () => {
    const natives = [
      ...tool,
      failureOf("tool", new Error("no")),
      failureOf("node", new Error("gave up", { cause: new Error("no") })),
    ];
    expect(endingsOf(natives)).toMatchObject({
      tool: ["Error", "told", "no"],
      node: ["Error", "told", "gave up\ncaused by Error: no"],
    });
  });

  test("that comes after its node's own is another one", () => {
    const error = new Error("late");
    expect(endingsOf([...tool, failureOf("node", error), failureOf("tool", error)])).toEqual({
      node: ["Error", "told", "late"],
      tool: ["Error", "told", "late"],
    });
  });
});

const failing = (...errors: readonly Error[]) => [
  graphRun("root"),
  nodeRun("a", "root"),
  nodeRun("b", "root"),
  failureOf("a", new RangeError("a broke")),
  failureOf("b", new TypeError("b broke")),
  failureOf("root", new AggregateError(errors, "Multiple errors occurred")),
];

describe("several errors that come up as one", () => {
  test("are told where each happened, and pass on above", () => {
    const aborted = new DOMException("stop", "AbortError");
    const natives = failing(new RangeError("a broke"), new TypeError("b broke"), aborted);
    expect(endingsOf(natives)).toMatchObject({
      a: ["RangeError", "told", "a broke"],
      b: ["TypeError", "told", "b broke"],
      root: ["AggregateError", "passed on"],
    });
  });

  test("are told together where one of them was not seen", () => {
    expect(endingsOf(failing(new RangeError("a broke"), new Error("unseen")))).toMatchObject({
      root: ["AggregateError", "told", expect.stringContaining("including Error: unseen")],
    });
  });
});

describe("cancelled is not failed:", () => {
  const abort = new DOMException("This operation was aborted", "AbortError");

  test("siblings of a node that failed are cancelled, and the root fails with it", () => {
    const ended = only(draftsOf("13-node-throws"), "work.ended").map(({ outcome }) => outcome);
    expect(ended).toEqual([
      { status: "error", errorType: "RangeError" },
      { status: "cancelled" },
      { status: "error", errorType: "RangeError", passedOn: true },
    ]);
  });

  test("a graph that its caller stops is cancelled from its nodes to its turn", () => {
    const natives = [...tool, failureOf("tool", abort), failureOf("node", abort)];
    expect(endingsOf([...natives, failureOf("root", new Error("Abort"))])).toEqual({
      tool: "cancelled",
      node: "cancelled",
      root: "cancelled",
      "turn@root": "cancelled",
    });
  });

  test("a model that is stopped keeps what it had answered", () => {
    const partialOutput = { $message: "AIMessageChunk", type: "ai", content: "a long" };
    const error = { name: "ModelAbortError", message: "was aborted", partialOutput };
    const drafts = translateAll([modelRun("m"), failureOf("m", error)]);
    expect(only(drafts, "model.ended")).toMatchObject([
      {
        outcome: { status: "cancelled" },
        output: { role: "assistant", content: "a long" },
        detail: "was aborted",
      },
    ]);
  });

  test("a graph that had no time left fails, where that is known from below", () => {
    const late = new DOMException("aborted due to timeout", "TimeoutError");
    const abortion = failureOf("root", new Error("Abort"));
    const natives = [...tool, failureOf("tool", late), failureOf("node", late), abortion];
    expect(endingsOf(natives)).toEqual({
      tool: ["TimeoutError", "told", "aborted due to timeout"],
      node: ["TimeoutError", "passed on"],
      root: ["TimeoutError", "passed on"],
      "turn@root": ["TimeoutError", "passed on"],
    });
  });
});

describe("two errors with the same words", () => {
  const model = [
    graphRun("root"),
    nodeRun("node", "root"),
    modelRun("model", { parentRunId: "node" }),
  ];
  const overloaded = new Error("overloaded");
  const inNode = (error: unknown) => [
    ...model,
    failureOf("model", overloaded),
    failureOf("node", error),
    failureOf("root", error),
  ];

  test("are told both where the second was thrown for itself", () => {
    expect(endingsOf(inNode(new Error("overloaded")))).toMatchObject({
      model: ["Error", "told", "overloaded"],
      node: ["Error", "told", "overloaded"],
      root: ["Error", "passed on"],
    });
  });

  test("are one where the second wraps the first", () => {
    const wrapping = new Error("overloaded", { cause: overloaded });
    expect(toldIn(translateAll(inNode(wrapping)))).toEqual(["Error"]);
  });
});

describe("an error in what was cancelled around it", () => {
  const error = new Error("leaf broke");
  const aborted = Object.assign(new Error("stop"), { name: "AbortError" });
  const runs = [
    graphRun("root"),
    nodeRun("step", "root"),
    nodeRun("task", "step"),
    toolRun("leaf", "task"),
  ];

  test.each([[["task", "step"]], [["step", "task"]]])(
    "comes up to the graph, which fails with it, when %j are cancelled in this order",
    (order) => {
      const natives = [
        ...runs,
        failureOf("leaf", error),
        ...order.map((runId) => failureOf(runId, aborted)),
        failureOf("root", new AggregateError([error, aborted])),
      ];
      expect(toldIn(translateAll(natives))).toEqual(["Error"]);
    },
  );
});
