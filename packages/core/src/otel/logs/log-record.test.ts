import { describe, expect, test } from "vitest";
import { redactor } from "../../redaction/default-redactor.ts";
import * as say from "../../testing-kit/drafts.ts";
import type { DraftOf, EventDraft, MarkDraft } from "../../vocabulary/event.ts";
import { traceIdOf } from "../../vocabulary/identity.ts";
import { type SentLog, sentLogs } from "./sent-logs.fixture.ts";

const on = (key: string, mark: string) =>
  ({ session: say.session, source: "stream", on: key, mark }) as const;

const decision: EventDraft = {
  ...on("turn", "decision"),
  type: "decision.made",
  kind: "route",
  choice: "refund",
  options: ["refund", "escalate"],
  why: "the order was late, card 4111 1111 1111 1111",
};

const logged = (level: string, content: string): DraftOf<"log.written"> => ({
  ...on("turn", content),
  type: "log.written",
  level,
  content,
});

const failed = (more: object = {}) =>
  ({ outcome: { status: "error", errorType: "NotFound", ...more } }) as const;

const full = { options: { content: "full" } } as const;

const eventNames = (sent: readonly SentLog[]): readonly unknown[] =>
  sent.map(({ eventName }) => eventName);

describe("a turn", () => {
  test("is told of when it begins, waits, goes on and ends, each in its trace", async () => {
    const sent = await sentLogs([
      say.turn("turn"),
      say.interrupt("turn", "approval"),
      say.ended("turn", "turn", { outcome: { status: "suspended" } }),
      say.turn("again", { resumes: "approval" }),
      { ...on("again", "1"), type: "interrupt.resolved", wait: "approval" },
      say.ended("turn", "again"),
    ]);
    const traceId = traceIdOf(say.session, "turn");
    const told = (eventName: string, key: string, severityNumber: number = 9) => ({
      eventName,
      severityNumber,
      traceId,
      spanId: say.spanId(key),
      attributes: { "spoor.turn.id": say.spanId("turn"), "gen_ai.conversation.id": say.session },
    });
    expect(sent).toMatchObject([
      told("spoor.turn.started", "turn"),
      told("spoor.turn.waiting_for_input", "turn"),
      told("spoor.turn.ended", "turn"),
      told("spoor.turn.resumed", "again"),
      told("spoor.turn.input_received", "again"),
      told("spoor.turn.ended", "again"),
    ]);
    expect(sent.map(({ attributes }) => attributes["spoor.status"])).toEqual([
      undefined,
      undefined,
      "suspended",
      undefined,
      undefined,
      "ok",
    ]);
  });

  test("that two witnesses tell of begins and ends once", async () => {
    const hook = { source: "hook" };
    const sent = await sentLogs([
      say.turn("turn"),
      say.turn("turn", hook),
      say.ended("turn", "turn", hook),
      say.ended("turn", "turn"),
    ]);
    expect(eventNames(sent)).toEqual(["spoor.turn.started", "spoor.turn.ended"]);
  });
});

test("an error is told where it happened, and on its turn without its message", async () => {
  const sent = await sentLogs(
    [
      say.turn("turn"),
      say.work("step", "turn"),
      say.tool("tool", "step", { name: "search" }),
      say.ended("tool", "tool", { ...failed(), detail: "no such order" }),
      say.ended("work", "step", { ...failed({ passedOn: true }), detail: "no such order" }),
      say.ended("turn", "turn", { ...failed({ passedOn: true }), detail: "no such order" }),
    ],
    full,
  );
  const [, error, turn, ...more] = sent;
  expect(more).toEqual([]);
  expect(error).toMatchObject({
    eventName: "spoor.error",
    severityNumber: 17,
    spanId: say.spanId("tool"),
    body: { stringValue: "tool search failed: NotFound" },
    attributes: {
      "error.type": "NotFound",
      "exception.type": "NotFound",
      "exception.message": "no such order",
    },
  });
  expect(turn).toMatchObject({
    eventName: "spoor.turn.ended",
    severityNumber: 17,
    attributes: { "error.type": "NotFound", "spoor.error.passed_on": true },
  });
  expect(JSON.stringify(turn)).not.toContain("no such order");
});

describe("a decision", () => {
  test("says of which kind it was, and no more where no content goes out", async () => {
    const [, made] = await sentLogs([say.turn("turn"), decision]);
    expect(made).toMatchObject({
      eventName: "spoor.decision.made",
      body: { stringValue: "decided: route" },
      attributes: { "spoor.decision.kind": "route" },
    });
    expect(JSON.stringify(made)).not.toMatch(/refund|late/);
  });

  test("says what was chosen from what, and why, where content may go", async () => {
    const [, made] = await sentLogs([say.turn("turn"), decision], full);
    expect(made?.attributes).toMatchObject({
      "spoor.choice": '"refund"',
      "spoor.options": '["refund","escalate"]',
      "spoor.why": expect.stringContaining("the order was late"),
    });
  });

  test("is redacted as its route says", async () => {
    const sent = await sentLogs(
      [say.turn("turn"), decision, logged("info", "4111 1111 1111 1111")],
      {
        ...full,
        route: { redact: redactor() },
      },
    );
    expect(JSON.stringify(sent)).not.toContain("4111");
    expect(sent.at(-1)?.body).toBeDefined();
  });
});

describe("a line that the application logged", () => {
  test.each([
    ["TRACE", 1],
    ["debug", 5],
    ["info", 9],
    ["notice", 10],
    ["Warning", 13],
    ["error", 17],
    ["critical", 18],
    ["fatal", 21],
    ["constructor", undefined],
  ])("at level %s has the severity %s, and is no event", async (level, severityNumber) => {
    const [, line] = await sentLogs([say.turn("turn"), logged(level, "on its way")], {
      options: { content: "full", level: "debug" },
    });
    if (severityNumber === 1) return expect(line).toBeUndefined();
    expect(line).toMatchObject({ severityText: level, body: { stringValue: "on its way" } });
    expect(line?.severityNumber).toBe(severityNumber);
    expect(line).not.toHaveProperty("eventName");
    expect(line).toMatchObject({ spanId: say.spanId("turn") });
  });

  test("says that there was one where no content goes out", async () => {
    const [, line] = await sentLogs([say.turn("turn"), logged("error", "secret")]);
    expect(line).toMatchObject({ severityNumber: 17, severityText: "error" });
    expect(line).not.toHaveProperty("body");
    expect(JSON.stringify(line)).not.toContain("secret");
  });
});

test.each<[MarkDraft, object]>([
  [
    { ...on("turn", "1"), type: "limit.reached", limit: "usd", value: 5 },
    { eventName: "spoor.limit.reached", severityNumber: 13 },
  ],
  [
    {
      ...on("turn", "1"),
      type: "finding.raised",
      code: "loop",
      severity: "critical",
      evidence: [],
    },
    { eventName: "spoor.finding.raised", severityNumber: 18 },
  ],
  [
    { ...on("turn", "1"), type: "attempt.failed", errorType: "Overloaded" },
    { eventName: "spoor.attempt.failed", severityNumber: 13 },
  ],
  [
    { ...on("turn", "1"), type: "handoff.made", to: "billing" },
    { eventName: "spoor.handoff.made", body: { stringValue: "handed over to billing" } },
  ],
  [
    { ...on("turn", "1"), type: "score.given", name: "helpful", value: 0.5 },
    {
      eventName: "gen_ai.evaluation.result",
      attributes: { "gen_ai.evaluation.name": "helpful", "gen_ai.evaluation.score.value": 0.5 },
    },
  ],
])("$type is a record of its own", async (mark, expected) => {
  const [, record] = await sentLogs([say.turn("turn"), mark]);
  expect(record).toMatchObject({ ...expected, traceId: traceIdOf(say.session, "turn") });
});

describe("the level", () => {
  const drafts = [
    say.turn("turn"),
    say.tool("tool", "turn"),
    say.ended("tool", "tool"),
    { ...on("turn", "1"), type: "attempt.failed", errorType: "Overloaded" },
    say.ended("turn", "turn", failed()),
    logged("in other words", "kept"),
  ] as const;

  test.each([
    ["debug", 6],
    ["info", 4],
    ["warn", 3],
    ["error", 2],
  ] as const)(
    "%s leaves out what is less; what is in other words goes out",
    async (level, count) => {
      const sent = await sentLogs(drafts, { options: { level } });
      expect(sent).toHaveLength(count);
      expect(sent.at(-1)).toMatchObject({ severityText: "in other words" });
    },
  );

  test("debug tells of each piece of work, with what it is", async () => {
    const [, started, ended] = await sentLogs(drafts, { options: { level: "debug" } });
    expect(started).toMatchObject({
      eventName: "spoor.tool.started",
      severityNumber: 5,
      attributes: { "spoor.kind": "tool", "spoor.span.name": "tool" },
    });
    expect(ended).toMatchObject({ eventName: "spoor.tool.ended", spanId: say.spanId("tool") });
  });
});

describe("what is not known", () => {
  test("of the time is absent and said so, and when it was recorded stands beside it", async () => {
    const at = { ms: 5_000.5, inferred: true } as const;
    const [clocked, reasoned, timeless] = await sentLogs([
      say.turn("turn"),
      say.turn("2", { at }),
      say.turn("3", { at: { ms: -1 } }),
    ]);
    expect(clocked).toMatchObject({ timeUnixNano: expect.stringMatching(/^\d+$/) });
    expect(clocked?.attributes).not.toHaveProperty("spoor.inferred");
    expect(reasoned).toMatchObject({ timeUnixNano: "5000500000" });
    expect(reasoned?.attributes).toMatchObject({ "spoor.inferred": ["at"] });
    expect(timeless).not.toHaveProperty("timeUnixNano");
    expect(timeless?.attributes).toMatchObject({ "spoor.unknown": ["at"] });
    expect(timeless).toHaveProperty("observedTimeUnixNano");
  });

  test("of the trace leaves the span's id to an attribute", async () => {
    const [record] = await sentLogs([say.handoff("somewhere", "1")]);
    expect(record).not.toHaveProperty("traceId");
    expect(record).not.toHaveProperty("spanId");
    expect(record?.attributes).toMatchObject({ "spoor.span.id": say.spanId("somewhere") });
  });

  test("of the conversation is not made up: an id that stands for one is none", async () => {
    const sent = await sentLogs([say.sessionStarted({ inferred: true }), say.turn("turn")]);
    expect(sent).toHaveLength(2);
    for (const { attributes } of sent)
      expect(attributes).not.toHaveProperty("gen_ai.conversation.id");
  });
});

test("a record that comes again is known by its id", async () => {
  const drafts = [say.turn("turn"), decision];
  const [one, other] = [await sentLogs(drafts), await sentLogs(drafts)];
  const ids = one.map(({ attributes }) => attributes["log.record.uid"]);
  expect(new Set(ids).size).toBe(2);
  expect(other.map(({ attributes }) => attributes["log.record.uid"])).toEqual(ids);
});
