import {
  createObserver,
  createRunTree,
  type EventExporter,
  type SessionView,
  type Span,
} from "@spoor/core";
import { expect, test } from "vitest";
import { pauseAt } from "./pause.ts";
import { runAgent } from "./run-agent.ts";

test("the session has three turns, and the one that waited for Ada has two activations in one trace", async () => {
  const { spans } = await recorded();
  const activations = spans.filter(({ kind }) => kind === "turn");
  expect(activations.map(({ name, status }) => [name, status])).toEqual([
    ["find the cause", "ok"],
    ["fix it", "suspended"],
    ["fix it", "ok"],
    ["sum up", "ok"],
  ]);
  expect(new Set(activations.map(({ turnSpanId }) => turnSpanId)).size).toBe(3);
  expect(activations[2]?.traceId).toBe(activations[1]?.traceId);
  expect(activations.map(({ continuation }) => continuation)).toEqual([null, null, null, null]);
});

test("what Ada was asked and what she said stand where they were said", async () => {
  const { spans } = await recorded();
  const [asked, told] = spans.filter(({ name }) => name === "fix it");
  expect(marksOf(asked)).toEqual(["interrupt.raised"]);
  expect(marksOf(told)).toEqual(["interrupt.resolved"]);
});

test("a tool that fails is tried again as a second attempt, caused by the same model call", async () => {
  const { spans } = await recorded();
  const [first, second, ...more] = spans.filter(({ name }) => name === "read_build_log");
  expect(more).toEqual([]);
  expect(first).toMatchObject({ status: "error", errorType: "LogServerTimeout", attempt: 1 });
  expect(second).toMatchObject({ status: "ok", attempt: 2, causedBy: first?.causedBy });
  expect(second?.toolCallId).toBe(first?.toolCallId);
});

test("every tool call names the model call that asked for it", async () => {
  const { spans } = await recorded();
  const kinds = new Map(spans.map(({ spanId, kind }) => [spanId, kind]));
  const tools = spans.filter(({ kind }) => kind === "tool");
  expect(tools.map(({ name, causedBy }) => [name, causedBy && kinds.get(causedBy)])).toEqual([
    ["read_build_log", "model"],
    ["list_commits", "model"],
    ["read_build_log", "model"],
    ["ask_reviewer", "model"],
    ["read_diff", "model"],
    ["edit_file", "model"],
    ["run_tests", "model"],
    ["run_tests", "model"],
    ["push_branch", "model"],
  ]);
});

test("the reviewer works inside the tool call that asked it, with a model of its own", async () => {
  const { spans } = await recorded();
  const reviewer = spans.find(({ kind }) => kind === "agent");
  const inside = spans.filter(({ parentSpanId }) => parentSpanId === reviewer?.spanId);
  expect(nameOf(spans, reviewer?.parentSpanId)).toBe("ask_reviewer");
  expect(inside.map(({ kind, name, agent }) => [kind, name, agent])).toEqual([
    ["model", "scripted-small", "reviewer"],
    ["tool", "read_diff", "reviewer"],
    ["model", "scripted-small", "reviewer"],
  ]);
});

test("the usage of every model call is final, so the session's is complete", async () => {
  const { spans, usageComplete } = await recorded();
  const calls = spans.filter(({ kind }) => kind === "model");
  expect(calls).toHaveLength(10);
  expect(usageComplete).toBe(true);
  expect(calls.every(({ usageFinal, usage }) => usageFinal && (usage?.output ?? 0) > 0)).toBe(true);
});

test("each agent's context is said in full once, and after that only what is new", async () => {
  const { spans } = await recorded();
  const calls = spans.filter(({ kind }) => kind === "model");
  const inFull = calls.filter(({ context }) => context?.from === null);
  expect(inFull.map(({ agent }) => agent)).toEqual(["build-doctor", "reviewer"]);
  expect(calls.every(({ context }) => context?.cut === 0)).toBe(true);
});

test("the session says whose it is and what it was for", async () => {
  const { started } = await recorded();
  expect(started).toMatchObject({ feature: "build-doctor", tags: ["nightly"] });
  expect(started?.userId).toBeTypeOf("string");
});

/** The whole conversation without any waiting, folded as it was recorded. */
async function recorded(): Promise<SessionView> {
  const tree = createRunTree();
  const intoTree: EventExporter = {
    name: "tree",
    consumes: "events",
    async export(batch) {
      for (const event of batch) tree.apply(event);
    },
  };
  let now = 0;
  let keys = 0;
  const observer = createObserver({
    journal: "memory",
    exporters: [intoTree],
    clock: () => (now += 1),
    newKey: () => String((keys += 1)),
  });
  await runAgent(observer, { id: "nightly", pause: pauseAt(0), say: () => {} });
  await observer.close();
  const session = tree.session("nightly");
  if (!session) throw new Error("nothing was recorded");
  return session;
}

const marksOf = (span: Span | undefined): readonly string[] | undefined =>
  span?.marks.map(({ type }) => type);

const nameOf = (spans: readonly Span[], id: string | null | undefined): string | undefined =>
  spans.find(({ spanId }) => spanId === id)?.name;
