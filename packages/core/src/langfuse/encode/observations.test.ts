import { describe, expect, test } from "vitest";
import { suspendedAndResumed } from "../../otlp/encode/golden/sessions.fixture.ts";
import { spansOf } from "../../otlp/encode/golden/spans-of.fixture.ts";
import { exampleContent, exampleSpan, held } from "../../otlp/encode/example-span.ts";
import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import type { SpanPrice } from "../../cost/span-price.ts";
import { statedUsd } from "../../report/usd.ts";
import type { Span } from "../../run-tree/span.ts";
import type { AgentEvent, EventId } from "../../vocabulary/event.ts";
import { observationsOf } from "./observations.ts";

const encoding = { content: exampleContent };

const mark = (said: object): AgentEvent =>
  ({
    v: 0,
    id: "0123456789abcdef0123456789abcdef" as EventId,
    recordedAt: 1,
    sequence: 1,
    spanId: null,
    session: "session-1",
    source: "stream",
    on: "key-1",
    mark: "1",
    at: { ms: 1_764_000_000_500 },
    ...said,
  }) as AgentEvent;

const rows = (known: Partial<Span>): readonly Observation[] =>
  observationsOf(exampleSpan(known), encoding);

function markRow(said: object): Observation {
  const [, row, ...others] = rows({ marks: [mark(said)] });
  if (row === undefined || others.length > 0) throw new Error("expected one row of a mark");
  return row;
}

describe("a mark", () => {
  test("is an event without length beneath its span, in the same trace", () => {
    const [span, row] = rows({
      turnName: "cook",
      marks: [mark({ type: "interrupt.raised", wait: "approval", payload: held({ amount: 20 }) })],
    });
    expect(row).toMatchObject({
      traceId: span?.traceId,
      parentId: span?.id,
      isRoot: false,
      type: "event",
      name: "interrupt.raised",
      start: 1_764_000_000_500,
      end: 1_764_000_000_500,
      input: { amount: 20 },
      level: "DEFAULT",
      statusMessage: "approval",
      traceName: "cook",
      sessionId: "session-1",
    });
    expect(row?.metadata).toMatchObject({ "spoor.type": "interrupt.raised", "spoor.order": 0 });
  });

  test("has an id of its own, the same whenever it is sent", () => {
    const said = { type: "handoff.made", to: "cashier" };
    const other = { ...said, id: "1123456789abcdef0123456789abcdef" };
    const { id } = markRow(said);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(markRow(said).id).toBe(id);
    expect(markRow(other).id).not.toBe(id);
  });

  test("whose time nobody knows stands where its span begins", () => {
    for (const at of [undefined, { ms: -1 }])
      expect(markRow({ type: "handoff.made", to: "a", at })).toMatchObject({
        start: 1_764_000_000_000,
        end: 1_764_000_000_000,
      });
  });

  test("that can say several things says them by name", () => {
    const said = { type: "decision.made", kind: "route", choice: held("b"), why: held("cheap") };
    expect(markRow(said).input).toEqual({ choice: "b", why: "cheap" });
  });

  test.each<[string, object, Observation["level"], string]>([
    ["a handoff", { type: "handoff.made", to: "cashier" }, "DEFAULT", "to cashier"],
    ["a message", { type: "message.sent", role: "user", content: held("hi") }, "DEFAULT", "user"],
    ["a fate", { type: "message.unhandled", message: "m", fate: "dropped" }, "WARNING", "dropped"],
    ["an attempt", { type: "attempt.failed", errorType: "RateLimit" }, "WARNING", "RateLimit"],
    ["a limit", { type: "limit.reached", limit: "usd", value: 5 }, "WARNING", "usd: 5"],
    [
      "a finding",
      { type: "finding.raised", code: "loop", severity: "critical", evidence: [] },
      "ERROR",
      "loop",
    ],
    ["a decision", { type: "decision.made", kind: "route", choice: held(1) }, "DEFAULT", "route"],
    ["a checkpoint", { type: "checkpoint.saved", checkpoint: "c1" }, "DEFAULT", "c1"],
    [
      "a line of a log",
      { type: "log.written", level: "warn", content: held("x") },
      "WARNING",
      "warn",
    ],
    [
      "an error of a log",
      { type: "log.written", level: "ERROR", content: held("x") },
      "ERROR",
      "ERROR",
    ],
    ["a native line", { type: "native.noted", name: "ping" }, "DEBUG", "ping"],
  ])("says in short what it is: %s", (_, said, level, statusMessage) => {
    expect(markRow(said)).toMatchObject({ level, statusMessage });
  });

  test("that its span tells, or that is a score, is no row", () => {
    const marks = [
      mark({ type: "score.given", name: "helpful", value: 1 }),
      mark({ type: "output.began" }),
      mark({ type: "usage.reported", basis: "call", usage: {}, final: true }),
    ];
    expect(rows({ marks })).toHaveLength(1);
  });
});

describe("the rest of a turn", () => {
  const rest = { input: 8, cacheRead: 0, cacheWrite: -3, output: null, reasoning: null };

  test("is a generation where the turn ends, and says what it is", () => {
    const [turn, row] = rows({ kind: "turn", unattributed: rest, totalsFinal: false });
    expect(row).toMatchObject({
      parentId: turn?.id,
      type: "generation",
      name: "unattributed usage",
      start: turn?.end,
      end: turn?.end,
      usageDetails: { input: 8, input_cached_tokens: 0, input_cache_creation: 0 },
      costDetails: null,
      model: null,
      level: "DEFAULT",
      statusMessage: expect.stringMatching(/beyond the calls that were seen.*estimates/),
    });
    expect(row?.id).not.toBe(turn?.id);
  });

  test("is of a model only where one was counted", () => {
    for (const [models, only] of [
      [["opus", "opus"], "opus"],
      [["opus", "haiku"], null],
    ] as const) {
      const marks = models.map((model) =>
        mark({ type: "usage.reported", basis: "total", usage: rest, final: true, model }),
      );
      expect(rows({ kind: "turn", unattributed: rest, marks })[1]?.model).toBe(only);
    }
  });

  test("costs what it is priced at, without what is less than nothing", () => {
    const turn = exampleSpan({ kind: "turn", unattributed: rest });
    const asked: (Span["unattributed"] | null)[] = [];
    const price: SpanPrice = ({ unattributed }) => {
      asked.push(unattributed);
      return { usd: statedUsd(0.25), unpriced: 0 };
    };
    const [whole, row] = observationsOf(turn, { ...encoding, price });
    expect(whole?.costDetails).toBeNull();
    expect(row?.costDetails).toEqual({ total: 0.25 });
    expect(asked).toEqual([{ ...rest, cacheWrite: 0 }]);
  });

  test("that is nothing is no row", () => {
    const nothing = { input: 0, cacheRead: null, cacheWrite: -1, output: null, reasoning: null };
    for (const unattributed of [null, nothing])
      expect(rows({ kind: "turn", unattributed })).toHaveLength(1);
  });
});

test("the activations of a turn are one tree of one trace", () => {
  const { spans, content } = spansOf(suspendedAndResumed);
  const all = spans.flatMap((span) => observationsOf(span, { content }));
  const refund = all.filter(({ traceName }) => traceName === "refund");
  expect(new Set(refund.map(({ traceId }) => traceId)).size).toBe(1);
  expect(refund.filter(({ isRoot }) => isRoot)).toHaveLength(1);
  const ids = new Set(refund.map(({ id }) => id));
  for (const { parentId, isRoot } of refund)
    expect(isRoot || ids.has(parentId as never)).toBe(true);
});

describe("an error", () => {
  const failed = { status: "error", errorType: "Timeout", detail: held("secret host") } as const;

  test("says its text", () => {
    expect(rows(failed)[0]).toMatchObject({ level: "ERROR", statusMessage: "secret host" });
  });

  test("says its name alone where no content goes out", () => {
    const [row] = observationsOf(exampleSpan(failed), { content: null });
    expect(row).toMatchObject({ level: "ERROR", statusMessage: "Timeout" });
  });
});

test.each([
  ["full", '{"count":2}'],
  ["delta", '{"count":2,"keep":1,"cut":0,"added":1}'],
] as const)("a context in %s says what has to be known to read it", (contextMode, fact) => {
  const from = "0123456789abcdef0123456789abcdef" as EventId;
  const context = { from, keep: 1, cut: 0, count: 2, add: [held("and now?")] };
  const content = { ...exampleContent, messages: () => [held("first"), held("and now?")] };
  const span = exampleSpan({ kind: "model", context });
  const [row] = observationsOf(span, { content, contextMode });
  expect(row?.metadata["spoor.context"]).toBe(fact);
});

test("facts stand in the metadata, and what was said beside them", () => {
  expect(rows({ kind: "tool", native: held({ a: 1 }) })[0]?.metadata).toMatchObject({
    "spoor.kind": "tool",
    "spoor.key": "key-1",
    "spoor.status": "ok",
    "spoor.native": '{"a":1}',
  });
});
