import { describe, expect, test } from "vitest";
import { ToolCalls } from "./tool-calls.ts";

const asks = (...calls: readonly object[]) => ({ tool_calls: calls });

describe("calls without an id", () => {
  test("belong to the runs of tools of their names, in order", () => {
    const calls = new ToolCalls();
    calls.asked(asks({ name: "look" }, { name: "add" }, { name: "look" }), "m1");
    calls.asked(asks({ name: "look" }), "m2");
    expect(calls.begun(undefined, "add", "n")).toBe("m1");
    expect(calls.begun(undefined, "look", "n")).toBe("m1");
    expect(calls.begun(undefined, "look", "n")).toBe("m1");
    expect(calls.begun(undefined, "look", "n")).toBe("m2");
    expect(calls.begun(undefined, "look", "n")).toBeNull();
  });
});

test("a call that is asked for again under the same id is the latest model's, and settled all the same", () => {
  const calls = new ToolCalls();
  calls.asked(asks({ id: "c", name: "look" }), "m1");
  expect(calls.begun("c", "look", "n")).toBe("m1");
  calls.asked(asks({ id: "c", name: "look" }), "m2");
  expect(calls.settle("c", [])).toBeNull();
  expect(calls.begun("c", "look", "n")).toBe("m2");
});

test("a call is settled once", () => {
  const calls = new ToolCalls();
  calls.asked(asks({ id: "c", name: "look", args: { at: 1 } }), "m");
  expect(calls.settle("c", [])).toEqual({
    id: "c",
    name: "look",
    arguments: { at: 1 },
    requester: "m",
  });
  expect(calls.settle("c", [])).toBeNull();
  expect(calls.settle("unheard of", [])).toBeNull();
});

test("nothing is known any more once it is forgotten", () => {
  const calls = new ToolCalls();
  calls.asked(asks({ id: "c", name: "look" }, { name: "look" }), "m");
  calls.forget();
  expect(calls.begun("c", "look", "n")).toBeNull();
  expect(calls.begun(undefined, "look", "n")).toBeNull();
});

test("calls of one id in two graphs at once are each their own model's", () => {
  const calls = new ToolCalls();
  const ask = asks({ id: "add:0", name: "add" });
  calls.asked(ask, "left", "A:1");
  calls.asked(ask, "right", "B:1");
  expect(calls.begun("add:0", "add", "n", "A:1")).toBe("left");
  expect(calls.settle("add:0", [], "A:1")).toBeNull();
  expect(calls.unsettled()).toEqual([{ id: "add:0", requester: "right" }]);
  expect(calls.begun("add:0", "add", "n", "B:1")).toBe("right");
});

test("a call that another graph of the turn runs is the latest model's", () => {
  const calls = new ToolCalls();
  calls.asked(asks({ id: "c", name: "add" }), "m", "A:1");
  expect(calls.begun("c", "add", "n", "")).toBe("m");
  expect(calls.settle("c", [], "A:1")).toBeNull();
});
