import { expect, test } from "vitest";
import { namedArguments } from "./named-arguments.ts";

const run = "01a1fc41-d766-707a-8bb2-e8994946b641";
const parent = "01a1fc41-daa5-7198-8ac1-47a54dcdc477";
const named = { chain: "chain", inputs: "inputs", runId: run, tags: ["tag"], metadata: { a: 1 } };
const start = (...rest: readonly unknown[]) =>
  namedArguments("handleChainStart", ["chain", "inputs", run, ...rest]);

test("a chain's start is read in the order that LangChain passes", () => {
  expect(start(parent, ["tag"], { a: 1 }, "parser", "node", undefined)).toEqual({
    ...named,
    parentRunId: parent,
    runType: "parser",
    runName: "node",
  });
});

test("and in the order that its types say, which is told by where the parent's id stands", () => {
  expect(start("parser", ["tag"], { a: 1 }, "node", parent, undefined)).toEqual({
    ...named,
    parentRunId: parent,
    runType: "parser",
    runName: "node",
  });
});

test("a root has its name, whatever ids the application gives to runs, and names", () => {
  expect(start(undefined, ["tag"], { a: 1 }, undefined, "graph")).toMatchObject({
    parentRunId: undefined,
    runName: "graph",
  });
  expect(start("run of my own", ["tag"], { a: 1 }, undefined, "node")).toMatchObject({
    parentRunId: "run of my own",
    runName: "node",
  });
  expect(start(parent, ["tag"], { a: 1 }, undefined, run)).toMatchObject({
    parentRunId: parent,
    runName: run,
  });
});

test("arguments that were not passed are undefined, and more than are known are left out", () => {
  expect(namedArguments("handleToolEnd", [])).toEqual({});
  expect(namedArguments("handleInterrupt", ["event", "more"])).toEqual({ event: "event" });
});

test("the values are the very same", () => {
  const output = { answer: 42 };
  expect(namedArguments("handleToolEnd", [output, run])["output"]).toBe(output);
});
