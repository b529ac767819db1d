import { describe, expect, test } from "vitest";
import { thrown } from "./outcome.ts";

describe("what a run throws", () => {
  test.each([
    ["an error", new RangeError("too far"), "error"],
    ["a recorded error", { $error: "TypeError", message: "no" }, "error"],
    ["text", "boom", "error"],
    ["nothing", undefined, "error"],
    ["an interrupt in name only", { name: "GraphInterrupt" }, "error"],
    ["time that ran out", new DOMException("too late", "TimeoutError"), "error"],
    ["an abort", new DOMException("stop", "AbortError"), "abort"],
    ["a model's abort", { name: "ModelAbortError", message: "stop" }, "abort"],
    ["a provider's client's abort", { $error: "APIUserAbortError", name: "Error" }, "abort"],
    ["a graph's own abort", new Error("Abort"), "abort"],
    ["an interrupt", { name: "Renamed", is_bubble_up: true, interrupts: [{}] }, "interrupt"],
    ["a breakpoint in a subgraph", { is_bubble_up: true, interrupts: [] }, "interrupt"],
    ["a drain", { name: "GraphDrained", is_bubble_up: true, reason: "deploy" }, "drain"],
    ["a handover", { name: "ParentCommand", is_bubble_up: true, command: {} }, "handoff"],
  ])("%s", (_, error, kind) => {
    expect(thrown(error).kind).toBe(kind);
  });
});
