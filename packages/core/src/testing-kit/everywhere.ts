import type { EventDraft } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import * as say from "./drafts.ts";

const on = (mark: string) =>
  ({ session: say.session, source: "stream", on: "turn", mark }) as const;
export const nested = (value: JsonValue, depth: number): JsonValue => {
  let left = value;
  for (let level = 0; level < depth; level += 1)
    left = level % 2 === 0 ? { [`level ${level}`]: left } : [left];
  return left;
};

/** Everywhere that a draft can say a text. */
export const everywhere = (text: string): readonly EventDraft[] => {
  const error = new Error(`failed with ${text}`, { cause: new Error(text) });
  const content: JsonValue = {
    text,
    [text]: text,
    list: [[text]],
    inner: JSON.stringify({ text: JSON.stringify({ text }) }),
  };
  return [
    say.sessionStarted({
      userId: `user ${text}`,
      feature: text,
      tags: ["a", text],
      environment: text,
      release: text,
      agentVersion: text,
      framework: text,
      native: { text },
    }),
    say.turn("turn", { name: text, agent: text, trigger: text, input: content, userId: text }),
    say.model("model", "turn", {
      name: text,
      provider: text,
      requestModel: text,
      input: text,
      parameters: { stop: [text] },
      context: {
        instructions: text,
        tools: [{ name: text }],
        messages: [{ role: "user", content: text }, text, nested(text, 200)],
      },
    }),
    say.ended("model", "model", {
      output: error as unknown as JsonValue,
      outcome: { status: "error", errorType: text },
      detail: error.stack ?? text,
    }),
    say.tool("tool", "turn", { name: text, input: nested({ [text]: text }, 200) }),
    say.work("work", "turn", { name: text, kind: "task", input: text, expected: content }),
    say.amended("turn", "1", {
      name: text,
      input: text,
      expected: text,
      output: new Map([[text, new Set([text])]]) as unknown as JsonValue,
    }),
    { ...on("2"), type: "message.sent", from: text, to: text, role: text, content: text },
    { ...on("3"), type: "decision.made", kind: text, choice: text, options: [text], why: text },
    { ...on("4"), type: "interrupt.raised", wait: "w", payload: text },
    { ...on("5"), type: "handoff.made", to: text },
    { ...on("6"), type: "attempt.failed", errorType: text },
    { ...on("7"), type: "score.given", name: text, value: text, why: text },
    { ...on("8"), type: "log.written", level: text, content: text },
    { ...on("9"), type: "native.noted", name: text, native: text },
    {
      ...on("10"),
      type: "finding.raised",
      code: text,
      severity: "info",
      evidence: [],
      detail: text,
    },
    { ...on("11"), type: "limit.reached", limit: text, value: 1 },
    { ...on("12"), type: "output.began" },
    {
      ...on("13"),
      type: "message.unhandled",
      to: text,
      message: "m",
      fate: "dropped",
      reason: text,
    },
  ];
};
