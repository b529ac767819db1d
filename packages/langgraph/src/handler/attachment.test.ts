import { type EventDraft, type Recorder, type SpanContext, createObserver } from "@spoor/core";
import { expect, onTestFinished, test } from "vitest";
import { endOf, graphRun, modelRun, nodeRun } from "../callbacks/example-runs.ts";
import type { ChainStarted } from "../callbacks/native.ts";
import { createTranslator } from "../callbacks/translate.ts";
import { Attachment } from "./attachment.ts";

function attachment(): { readonly attached: Attachment; readonly emitted: readonly string[] } {
  const observer = createObserver({ journal: "memory" });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));
  const emitted: string[] = [];
  const recorder: Recorder = {
    emit: (draft: EventDraft) => {
      emitted.push(draft.type);
      return observer.emit(draft);
    },
  };
  return { attached: new Attachment(recorder, createTranslator()), emitted };
}

const sequence = (runId: string, parentRunId: string): ChainStarted =>
  graphRun(runId, {
    parentRunId,
    runName: "RunnableSequence",
    classPath: ["langchain_core", "runnables", "RunnableSequence"],
  });

test("each run has a span of its own, all of them in the trace of their turn", () => {
  const { attached } = attachment();
  attached.record(graphRun("graph"));
  attached.record(nodeRun("node", "graph"));
  const spans = ["graph", "node"].map((runId) => attached.spanOf(runId));
  expect(new Set(spans.map((span) => span?.spanId)).size).toBe(2);
  expect(new Set(spans.map((span) => span?.traceId)).size).toBe(1);
});

test("a run that is no span of its own answers for its parent", () => {
  const { attached } = attachment();
  attached.record(graphRun("graph"));
  attached.record(nodeRun("node", "graph"));
  attached.record(sequence("plumbing", "node"));
  attached.record(sequence("more plumbing", "plumbing"));
  expect(attached.spanOf("more plumbing")).toEqual(attached.spanOf("node"));
});

test("work that nobody awaited finds the run that it belongs to after that has ended", () => {
  const { attached } = attachment();
  attached.record(graphRun("graph"));
  attached.record(nodeRun("node", "graph"));
  const node = attached.spanOf("node");
  attached.record(endOf("node"));
  attached.record(endOf("graph"));
  attached.record(sequence("late plumbing", "node"));
  expect(attached.spanOf("late plumbing")).toEqual(node);
});

test("a start that is told again changes nothing, also after the end", () => {
  const { attached, emitted } = attachment();
  attached.record(graphRun("graph"));
  attached.record(nodeRun("node", "graph"));
  const node = attached.spanOf("node");
  const said = emitted.length;
  attached.record(nodeRun("node", "graph"));
  expect(attached.spanOf("node")).toEqual(node);
  expect(emitted).toHaveLength(said);
  attached.record(endOf("node"));
  attached.record(nodeRun("node", "graph"));
  expect(attached.spanOf("node")).toEqual(node);
});

test("runs that are not known have no span", () => {
  const { attached } = attachment();
  attached.record(endOf("nobody"));
  expect(attached.spanOf("nobody")).toBeNull();
  expect(attached.spanOf("")).toBeNull();
});

test("of runs that never end the oldest are forgotten, and those that ended after a while", () => {
  const context = { traceId: "1".repeat(32), spanId: "2".repeat(16) } as SpanContext;
  const attached = new Attachment({ emit: () => context }, createTranslator());
  const names = Array.from({ length: 25_000 }, (_, index) => `run ${index}`);
  for (const name of names) attached.record(modelRun(name));
  expect(attached.spanOf("run 0")).toBeNull();
  expect(attached.spanOf("run 24999")).toEqual(context);
  for (const name of names) attached.record(endOf(name));
  expect(attached.spanOf("run 20000")).toBeNull();
  expect(attached.spanOf("run 24999")).toEqual(context);
});

test("a root with the run id of one that has ended stands at a span of its own", () => {
  const { attached } = attachment();
  attached.record(graphRun("graph"));
  const first = attached.spanOf("graph");
  attached.record(endOf("graph"));
  attached.record(graphRun("graph"));
  const second = attached.spanOf("graph");
  expect(second?.spanId).not.toBe(first?.spanId);
  attached.record(endOf("graph"));
  expect(attached.spanOf("graph")).toEqual(second);
});
