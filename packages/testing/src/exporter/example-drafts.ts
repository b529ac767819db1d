import type { EventDraft, JsonValue, Key } from "@spoor/core";

/** Stands once in every value of the example, and nowhere else. */
export const planted = "plantedcontent";
/** Stands in the messages of a context, beside `planted`. */
export const plantedMessage: string = `${planted} in a message`;

const said = (what: string): JsonValue => ({ [what]: [planted] });
const message = (role: string): JsonValue => ({ role, content: plantedMessage });

/** Every type of event and every kind of work, with content in every field that may have some. */
export function exampleDrafts(session: string): readonly EventDraft[] {
  let ms = Date.UTC(2026, 0, 1);
  const about = (): { session: string; source: string; native: JsonValue; at: { ms: number } } => ({
    session,
    source: "stream",
    native: said("native"),
    at: { ms: (ms += 1_000.5) },
  });
  const on = (key: Key, mark: string) => ({ ...about(), on: key, mark }) as const;
  const ended = (key: Key) =>
    ({ ...about(), key, output: said("output"), detail: planted }) as const;
  return [
    {
      ...about(),
      type: "session.started",
      on: null,
      mark: "session",
      framework: "example",
      frameworkVersion: "1.2.3",
      userId: planted,
      feature: "search",
      tags: ["one", "two"],
      environment: "test",
      release: "r1",
      agentVersion: "a1",
    },
    { ...about(), type: "turn.started", key: "turn", name: "answer", input: message("user") },
    ...kinds.flatMap((kind): readonly EventDraft[] => [
      {
        ...about(),
        type: "work.started",
        kind,
        key: kind,
        name: `the ${kind}`,
        parent: "turn",
        agent: "guide",
        input: said("input"),
        ...(kind === "task" ? { expected: said("expected") } : {}),
      },
      { ...ended(kind), type: "work.ended", outcome: { status: "ok" } },
    ]),
    {
      ...about(),
      type: "model.started",
      key: "call",
      name: "large",
      parent: "turn",
      provider: "provider",
      requestModel: "large",
      parameters: said("parameters"),
      context: {
        instructions: planted,
        tools: [{ name: "search", description: planted }],
        messages: [message("user"), message("assistant")],
      },
    },
    { ...on("call", "try"), type: "attempt.failed", errorType: "Overloaded", retryDelayMs: 250 },
    {
      ...on("call", "used"),
      type: "usage.reported",
      basis: "call",
      usage: { input: 10, cacheRead: 5, cacheWrite: 2, output: 7, reasoning: 3 },
      final: true,
    },
    {
      ...ended("call"),
      type: "model.ended",
      outcome: { status: "ok" },
      output: message("assistant"),
      model: "large-1",
      finishReason: "tool_use",
      responseId: "response 1",
    },
    {
      ...about(),
      type: "tool.started",
      key: "tool",
      name: "search",
      parent: "turn",
      causedBy: "call",
      toolCallId: "tool",
      attempt: 2,
      input: said("arguments"),
    },
    {
      ...ended("tool"),
      type: "tool.ended",
      outcome: { status: "error", errorType: "NotFound" },
      detail: { message: planted },
    },
    {
      ...on("turn", "1"),
      type: "message.sent",
      from: "planner",
      to: "searcher",
      role: "assistant",
      content: said("content"),
    },
    { ...on("turn", "2"), type: "message.received", role: "user", content: said("content") },
    { ...on("turn", "3"), type: "handoff.made", to: "other" },
    {
      ...on("turn", "unhandled"),
      type: "message.unhandled",
      message: "m1",
      fate: "dead-lettered",
      attempt: 5,
      reason: said("reason"),
    },
    { ...on("turn", "4"), type: "interrupt.raised", wait: "approval", payload: planted },
    { ...on("turn", "5"), type: "interrupt.resolved", wait: "approval", answer: planted },
    {
      ...on("turn", "6"),
      type: "decision.made",
      kind: "route",
      choice: said("choice"),
      options: said("options"),
      why: said("why"),
    },
    { ...on("turn", "7"), type: "checkpoint.saved", checkpoint: "c1", hash: "ff" },
    { ...on("turn", "8"), type: "checkpoint.restored", checkpoint: "c1" },
    { ...on("turn", "9"), type: "score.given", name: "helpful", value: 0.5, why: said("why") },
    { ...on("turn", "10"), type: "limit.reached", limit: "usd", value: 5 },
    {
      ...on("turn", "11"),
      type: "finding.raised",
      code: "loop",
      severity: "critical",
      evidence: [],
      detail: planted,
    },
    { ...on("turn", "12"), type: "log.written", level: "error", content: planted },
    { ...on("turn", "13"), type: "native.noted", name: "ping" },
    { ...on("turn", "14"), type: "span.amended", output: said("late") },
    {
      ...ended("turn"),
      type: "turn.ended",
      outcome: { status: "ok" },
      output: message("assistant"),
    },
    {
      ...on("turn", "15"),
      on: null,
      type: "record.reduced",
      what: "content",
      why: "retention",
      segment: 1,
      reason: "30 days",
    },
    {
      ...on("turn", "16"),
      type: "checkpoint.saved",
      checkpoint: "c2",
      after: "c1",
      namespace: "node:1",
      step: 1,
      origin: "loop",
      label: "paid",
      state: planted,
    },
    {
      ...on("turn", "17"),
      type: "checkpoint.written",
      checkpoint: "c2",
      namespace: "node:1",
      task: "t1",
      writes: planted,
    },
    {
      ...on("turn", "18"),
      type: "checkpoint.refused",
      checkpoint: "c3",
      namespace: "node:1",
      task: "t1",
      errorType: "Error",
      detail: planted,
    },
    {
      ...on("turn", "19"),
      type: "checkpoint.restored",
      checkpoint: "c2",
      namespace: "node:1",
      state: planted,
    },
    {
      ...on("turn", "20"),
      type: "checkpoint.removed",
      checkpoint: "c2",
      namespace: "node:1",
      kept: "latest",
    },
  ];
}

const kinds = [
  "workflow",
  "agent",
  "task",
  "step",
  "plan",
  "retrieval",
  "memory",
  "guardrail",
  "compaction",
  "other",
] as const;
