import { expect, test } from "vitest";
import { exampleSpan } from "../../example-span.ts";
import { graphKeysOf } from "./graph-keys.ts";

const step = exampleSpan({ kind: "step", name: "plan", startedAt: 1_500.5 });

test("a step whose framework told its place stands there in the graph, asked for or not", () => {
  for (const isAsked of [true, false])
    expect(graphKeysOf(step, { step: 3, triggers: ["a"] }, isAsked)).toEqual({
      langgraph_node: "plan",
      langgraph_step: 3,
    });
});

test("others are drawn where that is asked for, in the order in which they began", () => {
  expect(graphKeysOf(step, undefined, false)).toEqual({});
  for (const kind of ["agent", "task", "step"] as const)
    expect(graphKeysOf({ ...step, kind }, undefined, true)).toEqual({
      langgraph_node: "plan",
      langgraph_step: 1_500,
    });
});

test("calls are no nodes, and nobody is given a place in an order that is unknown", () => {
  expect(graphKeysOf({ ...step, kind: "model" }, { step: 3 }, true)).toEqual({});
  expect(graphKeysOf({ ...step, startedAt: null }, undefined, true)).toEqual({});
});
