import { describe, expect, test } from "vitest";
import { graphRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import { thrown } from "./outcome.ts";

describe("what a run throws", () => {
  test.each([
    ["an error", new RangeError("too far"), { status: "error", errorType: "RangeError" }],
    [
      "a recorded error",
      { $error: "TypeError", message: "no" },
      { status: "error", errorType: "TypeError" },
    ],
    ["text", "boom", { status: "error", errorType: "string" }],
    ["nothing", undefined, { status: "error", errorType: "undefined" }],
    ["an abort", new DOMException("stop", "AbortError"), { status: "cancelled" }],
    ["a model's abort", { name: "ModelAbortError", message: "stop" }, { status: "cancelled" }],
    ["a graph's own abort", new Error("Abort"), { status: "cancelled" }],
    [
      "an interrupt",
      { name: "Renamed", is_bubble_up: true, interrupts: [{}] },
      { status: "suspended" },
    ],
    [
      "a drain",
      { name: "GraphDrained", is_bubble_up: true, reason: "deploy" },
      { status: "suspended" },
    ],
    ["a handover", { name: "ParentCommand", is_bubble_up: true, command: {} }, { status: "ok" }],
    [
      "an interrupt in name only",
      { name: "GraphInterrupt" },
      { status: "error", errorType: "GraphInterrupt" },
    ],
  ])("%s", (_, error, outcome) => {
    expect(thrown(error).outcome).toEqual(outcome);
  });

  test("is kept by its message, and never with its stack", () => {
    expect(thrown(new RangeError("too far")).detail).toBe("too far");
    expect(thrown({ is_bubble_up: true, interrupts: [{}] })).not.toHaveProperty("detail");
  });
});

test("siblings of a node that failed are cancelled, and the root fails with it", () => {
  const ended = only(draftsOf("13-node-throws"), "work.ended").map(({ outcome }) => outcome.status);
  expect(ended).toEqual(["error", "cancelled", "error"]);
});

test("a handover is told once, where it starts, for each node that it goes to", () => {
  const command = {
    lg_name: "Command",
    goto: ["math", { lg_name: "Send", node: "words", args: {} }],
  };
  const error = { name: "ParentCommand", is_bubble_up: true, command };
  const fail = (runId: string) => ({ kind: "run.failed", runId, error }) as const;
  const drafts = translateAll([
    graphRun("root"),
    graphRun("outer", { parentRunId: "root" }),
    graphRun("inner", { parentRunId: "outer" }),
    fail("inner"),
    fail("outer"),
  ]);
  expect(only(drafts, "handoff.made")).toMatchObject([
    { on: "inner", to: "math", mark: "inner:0" },
    { on: "inner", to: "words", mark: "inner:1" },
  ]);
  expect(only(drafts, "work.ended").map(({ outcome }) => outcome.status)).toEqual(["ok", "ok"]);
});
