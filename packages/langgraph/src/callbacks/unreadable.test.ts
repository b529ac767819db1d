import { describe, expect, test } from "vitest";
import { endOf, failureOf, graphRun, modelRun, nodeRun, toolRun } from "./example-runs.ts";
import { translateAll } from "./fixtures.ts";
import type { LangGraphCallback } from "./native.ts";
import { outline } from "./outline.ts";

const no = (): never => {
  throw new Error("no");
};

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const traps: ProxyHandler<object> = { get: no, has: no, ownKeys: no, getPrototypeOf: no };

/** What an application may keep in its state, and nobody can look at. */
const unreadable: readonly (readonly [string, () => unknown])[] = [
  ["an object that throws for what it does not know", () => new Proxy({}, { get: no })],
  ["an object that throws whatever is done to it", () => new Proxy({}, traps)],
  ["a list that throws whatever is done to it", () => new Proxy([], traps)],
  ["an object that was revoked", () => revoked({})],
  ["a list that was revoked", () => revoked([])],
];

const places: readonly (readonly [string, (value: unknown) => unknown])[] = [
  ["itself", (value) => value],
  ["a channel", (value) => ({ channel: value })],
  ["the messages", (value) => ({ messages: value })],
  ["a message", (value) => ({ messages: [value] })],
  ["all there is", (value) => ({ output: value })],
  ["the input", (value) => ({ input: value })],
  ["the update of a command", (value) => ({ $command: true, update: value, goto: value })],
  ["what a command resumes with", (value) => ({ $command: true, resume: value })],
  ["one of several", (value) => [{ messages: [] }, value]],
  ["a model's answer", (value) => ({ generations: [[{ message: value, text: "hi" }]] })],
  ["a model's generation", (value) => ({ generations: [[value]], llmOutput: value })],
  ["a call that is asked for", (value) => ({ messages: [{ tool_calls: [value] }] })],
  ["the answer to a call", (value) => ({ messages: [{ tool_call_id: "c", content: value }] })],
];

const cases = unreadable.flatMap(([what, make]) =>
  places.map(([where, put]) => [what, where, () => put(make())] as const),
);

const router: LangGraphCallback = {
  ...graphRun("router", { parentRunId: "node", runName: "route" }),
  classPath: ["langchain_core", "runnables", "RunnableLambda"],
};

describe("what cannot be looked at takes nothing else with it", () => {
  test.each(cases)("%s, as %s", (_what, _where, make) => {
    const given = make();
    const natives: readonly LangGraphCallback[] = [
      graphRun("graph", { inputs: given }),
      { ...nodeRun("node", "graph"), inputs: given },
      modelRun("model", {
        parentRunId: "node",
        messages: [given],
        invocationParams: { tools: [given], stop: given },
      }),
      endOf("model", given),
      { ...toolRun("tool", "node"), input: given },
      endOf("tool", given),
      { ...toolRun("failing", "node"), input: given },
      failureOf("failing", given),
      { kind: "retriever.started", ...runOf("retriever"), query: given },
      endOf("retriever", given),
      router,
      endOf("router", given),
      endOf("node", given),
      endOf("graph", given),
    ];
    const tree = outline(translateAll(natives));
    expect(tree).not.toMatch(/\[open\]/);
    expect(tree.split("\n")).toHaveLength(7);
  });
});

function runOf(runId: string) {
  const { kind: _kind, inputs: _inputs, ...run } = graphRun(runId, { parentRunId: "node" });
  return run;
}
