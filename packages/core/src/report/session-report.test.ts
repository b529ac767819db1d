import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContentReader } from "../journal/content.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { spanIdOf, traceIdOf } from "../vocabulary/identity.ts";
import {
  interruptedSession,
  recordedSession,
  said,
  second,
  tokens,
} from "./hand-recorded.fixture.ts";
import { sessionReport } from "./session-report.ts";
import { sessionSummary } from "./session-summary.ts";

const id = (key: string): string => spanIdOf("s", key);

function reportOf(drafts: readonly EventDraft[]): ReturnType<typeof sessionReport> {
  const { view, content } = recordedSession(drafts);
  return sessionReport(view, content);
}

const turnOf = (key: string, seconds: number): EventDraft => ({
  ...said,
  ...second(seconds),
  type: "turn.started",
  key,
  name: "turn",
});
const callIn = (turn: string, key: string): EventDraft => ({
  ...said,
  type: "model.started",
  key,
  parent: turn,
  name: "small-1",
});
const used = (
  on: string,
  usage: ReturnType<typeof tokens>,
  basis: "call" | "total" = "call",
): EventDraft => ({
  ...said,
  type: "usage.reported",
  on,
  mark: basis,
  basis,
  usage,
  final: true,
});

const nothingUsed = {
  input: null,
  cacheRead: null,
  cacheWrite: null,
  output: null,
  reasoning: null,
};

describe("the report of a session", () => {
  const { session, turns, unplaced, marks } = reportOf(interruptedSession);

  test("sums up the session", () => {
    expect(session).toEqual({
      id: "s",
      inferred: false,
      framework: "by hand",
      userId: "ada",
      feature: null,
      tags: ["night"],
      environment: null,
      release: null,
      status: "error",
      startedAt: "2026-01-31T08:00:00.000Z",
      endedAt: "2026-01-31T08:00:21.000Z",
      turns: 2,
      modelCalls: 1,
      toolCalls: 2,
      errors: 1,
      usage: { input: 100, cacheRead: 50, cacheWrite: 0, output: 20, reasoning: null },
      unattributed: { input: 7, cacheRead: 0, cacheWrite: 0, output: 3, reasoning: null },
      usageComplete: true,
      cost: { usd: null, reportedUsd: 0.25, unpriced: 1, unpricedRests: 1 },
    });
  });

  test("joins the activations of a turn: input of the first, output and status of the last", () => {
    const { spans, marks: own, ...turn } = turns[0] ?? expect.fail("expected a turn");
    expect(turn).toEqual({
      index: 0,
      turnId: id("t1"),
      traceId: traceIdOf("s", "t1"),
      activations: 2,
      continuation: null,
      status: "ok",
      startedAt: "2026-01-31T08:00:01.000Z",
      endedAt: "2026-01-31T08:00:13.000Z",
      input: "delete it",
      output: "gone",
      usage: { input: 100, cacheRead: 50, cacheWrite: 0, output: 20, reasoning: null },
      unattributed: { input: 7, cacheRead: 0, cacheWrite: 0, output: 3, reasoning: null },
      cost: { usd: null, reportedUsd: 0.25, unpriced: 1, unpricedRests: 1 },
      links: [{ kind: "resume", traceId: traceIdOf("s", "t1"), spanId: id("t1") }],
    });
    expect(spans.map(({ key, parentSpanId }) => [key, parentSpanId])).toEqual([
      ["t1", null],
      ["m1", id("t1")],
      ["t1b", id("t1")],
      ["toolu_1", id("t1b")],
    ]);
    expect(own.map(({ type, spanId }) => [type, spanId])).toEqual([
      ["usage.reported", id("m1")],
      ["interrupt.raised", id("t1")],
      ["usage.reported", id("t1b")],
    ]);
  });

  test("links a turn to the first span of the turn before", () => {
    expect(turns[1]?.links).toEqual([
      { kind: "previous", traceId: traceIdOf("s", "t1"), spanId: id("t1") },
    ]);
  });

  test("says all of a model call", () => {
    expect(turns[0]?.spans[1]).toEqual({
      spanId: id("m1"),
      parentSpanId: id("t1"),
      kind: "model",
      name: "small-1",
      key: "m1",
      status: "ok",
      startedAt: "2026-01-31T08:00:02.000Z",
      endedAt: "2026-01-31T08:00:03.000Z",
      inferred: [],
      agent: null,
      model: "small-1-2026",
      requestModel: null,
      provider: null,
      finishReason: "tool_use",
      usage: { input: 100, cacheRead: 50, cacheWrite: 0, output: 20, reasoning: null },
      usageFinal: true,
      firstOutputAt: null,
      costUsd: null,
      toolCallId: null,
      causedBy: null,
      links: [],
      error: null,
      contextHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      attempt: null,
      expected: null,
      actual: null,
    });
  });

  test("names the span that caused a tool call", () => {
    expect(turns[0]?.spans[3]).toMatchObject({ toolCallId: "toolu_1", causedBy: id("m1") });
  });

  test("says of an error what it was and what it said", () => {
    expect(turns[1]?.spans[0]?.error).toEqual({ type: "Overloaded", message: "try later" });
  });

  test("gives marks the fields of their type, content as values", () => {
    expect(turns[0]?.marks[1]).toEqual({
      type: "interrupt.raised",
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      spanId: id("t1"),
      at: "2026-01-31T08:00:04.000Z",
      source: "api",
      wait: "approval",
      payload: { ask: "sure?" },
    });
  });

  test("keeps what belongs to no turn: spans, and the session's own marks", () => {
    expect(unplaced.map(({ key, status }) => [key, status])).toEqual([["stray", "open"]]);
    expect(marks).toMatchObject([{ type: "session.started", spanId: null, userId: "ada" }]);
  });

  test("is one JSON document: nothing is lost on the way through text", () => {
    const report = { session, turns, unplaced, marks };
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe("what is not there", () => {
  const turn: EventDraft = { ...said, type: "turn.started", key: "t", name: "turn", input: "hi" };
  const call: EventDraft = {
    ...said,
    type: "model.started",
    key: "m",
    parent: "t",
    name: "small-1",
    context: { messages: ["hi"] },
  };

  test("is said in words where it was withheld", () => {
    const redact = {
      profile: "none",
      redact: () => {
        throw new Error("no");
      },
    };
    const { view, content } = recordedSession([turn, call], { redact });
    const [first] = sessionReport(view, content).turns;
    expect(first?.input).toBe("[withheld: redactor failed]");
    expect(first?.spans[1]?.contextHash).toBeNull();
  });

  test.each([
    ["erased", "[erased]"],
    ["missing", "[not in this journal]"],
  ] as const)("is said in words where it is %s", (kind, words) => {
    const { view, content } = recordedSession([turn, call]);
    const gone: ContentReader = {
      read: () => ({ kind }),
      sizeOf: () => 0,
      messages: (context) => content.messages(context),
    };
    const [first] = sessionReport(view, gone).turns;
    expect(first?.input).toBe(words);
    expect(first?.spans[1]?.contextHash).toBeNull();
  });

  test("is null where nobody said it", () => {
    const [only] = reportOf([{ ...said, type: "turn.started", key: "t", name: "turn" }]).turns;
    expect(only).toMatchObject({
      input: null,
      output: null,
      startedAt: null,
      endedAt: null,
      status: "open",
      usage: nothingUsed,
      unattributed: null,
      cost: { usd: null, reportedUsd: null, unpriced: 0, unpricedRests: 0 },
    });
  });

  test("is null where a time is beyond what a date can say", () => {
    const [only] = reportOf([{ ...turn, at: { ms: 1e18 } }]).turns;
    expect(only?.startedAt).toBeNull();
  });

  test("leaves a session open whose turn nobody has told", () => {
    const { session } = reportOf([call]);
    expect(session).toMatchObject({ status: "open", turns: 0, framework: null, startedAt: null });
  });
});

describe("tokens", () => {
  test("beyond the calls that were seen are summed with their sign and clamped where they are shown", () => {
    const { session, turns } = reportOf([
      turnOf("a", 0),
      callIn("a", "m"),
      used("m", tokens(100, 10)),
      used("a", tokens(60, 10), "total"),
      turnOf("b", 1),
      used("b", tokens(45, 5), "total"),
    ]);
    expect(turns.map(({ unattributed }) => unattributed?.input)).toEqual([0, 45]);
    expect(session.unattributed).toMatchObject({ input: 5, output: 5 });
  });

  test("are incomplete when a call counted nothing at all", () => {
    const { session } = reportOf([turnOf("a", 0), callIn("a", "m"), used("m", nothingUsed)]);
    expect(session).toMatchObject({ usage: nothingUsed, usageComplete: false });
  });

  test("are complete where there was no call", () => {
    expect(reportOf([turnOf("a", 0)]).session).toMatchObject({
      usage: nothingUsed,
      usageComplete: true,
    });
  });

  test("of a session are those of its turns and of what is unplaced", () => {
    const calls = fc.array(fc.tuple(fc.constantFrom("a", "b", null), fc.nat(9_999)));
    fc.assert(
      fc.property(calls, (made) => {
        const drafts = made.flatMap(([turn, input], index): readonly EventDraft[] => {
          const key = `m${index}`;
          const call = callIn(turn ?? "nowhere", key);
          return [call, used(key, tokens(input, 1))];
        });
        const { session, turns } = reportOf([turnOf("a", 0), turnOf("b", 1), ...drafts]);
        const stray = made.filter(([turn]) => turn === null);
        const inTurns = turns.map(({ usage }) => usage.input ?? 0);
        const sum = [...inTurns, ...stray.map(([, input]) => input)].reduce((a, b) => a + b, 0);
        expect(session.usage.input ?? 0).toBe(sum);
      }),
    );
  });
});

test("the summary is the session of the report", () => {
  const { view, content } = recordedSession(interruptedSession);
  expect(sessionSummary(view, content)).toEqual(sessionReport(view, content).session);
});
