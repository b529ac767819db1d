import { expect, test } from "vitest";
import { endOf, graphRun, modelRun, nodeRun, toolRun } from "../example-runs.ts";
import { only, translateAll } from "../fixtures.ts";
import type { LangGraphCallback } from "../native.ts";

const at = (runId: string) => ({ runId, checkpointId: "c1", checkpointNamespace: [] });
const message = { tool_calls: ["answered", "left"].map((id) => ({ id, name: "tool", args: {} })) };
const tool = (id: string, node: string) => ({ ...toolRun(`run of ${id}`, node), toolCallId: id });
const before: readonly LangGraphCallback[] = [
  graphRun("g"),
  nodeRun("n", "g"),
  modelRun("m", { parentRunId: "n" }),
  endOf("m", { generations: [[{ message }]] }),
  tool("answered", "n"),
  { kind: "interrupted", ...at("g"), interrupts: [] },
  endOf("g"),
];
const after: readonly LangGraphCallback[] = [
  graphRun("h", { inputs: null }),
  { kind: "resumed", ...at("h") },
  nodeRun("o", "h"),
  tool("left", "o"),
];

test("a tool that runs in another process than its model is joined to it by a name that both can say", () => {
  const [amended, ...more] = only(translateAll(before), "span.amended");
  expect(more).toEqual([]);
  expect(amended).toMatchObject({ on: "m", alias: "asked:c1:left" });
  expect(only(translateAll(after), "tool.started")[0]?.causedBy).toBe(amended?.alias);
});

test("in the process that saw the model it is joined to that itself", () => {
  const tools = only(translateAll([...before, ...after]), "tool.started");
  expect(tools.map(({ causedBy }) => causedBy)).toEqual(["m", "m"]);
});

test("a tool of a turn that goes on from nothing has no cause that nobody saw", () => {
  const [, , node, called] = after;
  const drafts = translateAll([graphRun("h"), ...(node && called ? [node, called] : [])]);
  expect(only(drafts, "tool.started")[0]).not.toHaveProperty("causedBy");
});
