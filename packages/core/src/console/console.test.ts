import { describe, expect, test } from "vitest";
import { type Fact, seenAfter } from "./example-session.ts";

const ok = { status: "ok" } as const;

const usage = (on: string, input: number, output: number, cacheRead = 0): Fact => ({
  type: "usage.reported",
  on,
  mark: "usage",
  basis: "call",
  usage: { input, cacheRead, cacheWrite: 0, output, reasoning: null },
  final: true,
});

const call = (key: string, parent: string, from: number, to: number): readonly Fact[] => [
  {
    type: "model.started",
    key,
    parent,
    name: "ChatAnthropic",
    requestModel: "claude-sonnet-4-5",
    second: from,
  },
  usage(key, 1_204, 87, 3_000),
  { type: "model.ended", key, outcome: ok, second: to },
];

const booking: readonly Fact[] = [
  {
    type: "session.started",
    on: null,
    mark: "s",
    framework: "langgraph",
    frameworkVersion: "1.0.2",
    second: 0,
  },
  { type: "turn.started", key: "turn", name: "travel desk", second: 0 },
  ...call("m1", "turn", 0.02, 1.8),
  { type: "tool.started", key: "t1", parent: "turn", name: "search_flights", second: 1.8 },
  { type: "tool.started", key: "t2", parent: "turn", name: "search_hotels", second: 1.81 },
  {
    type: "tool.ended",
    key: "t2",
    outcome: { status: "error", errorType: "TimeoutError" },
    detail: { message: "hotels.example did not answer\n    at fetch (node:internal)" },
    second: 2.81,
  },
  {
    type: "tool.started",
    key: "t3",
    parent: "turn",
    name: "search_hotels",
    attempt: 2,
    second: 3.3,
  },
  { type: "tool.ended", key: "t1", outcome: ok, second: 3.4 },
  { type: "tool.ended", key: "t3", outcome: ok, second: 3.9 },
  { type: "handoff.made", on: "turn", mark: "h", to: "pricing", second: 3.95 },
  {
    type: "work.started",
    kind: "agent",
    key: "a1",
    parent: "turn",
    name: "pricing",
    agent: "pricing",
    second: 4,
  },
  {
    type: "model.started",
    key: "m2",
    parent: "a1",
    name: "ChatAnthropic",
    requestModel: "claude-haiku-4-5",
    second: 4.1,
  },
  {
    type: "attempt.failed",
    on: "m2",
    mark: "1",
    errorType: "RateLimitError",
    retryDelayMs: 2_000,
    second: 4.2,
  },
  { type: "model.ended", key: "m2", outcome: ok, second: 7.25 },
  { type: "work.ended", key: "a1", outcome: ok, second: 7.3 },
  {
    type: "interrupt.raised",
    on: "turn",
    mark: "i",
    wait: "approve",
    payload: { hotel: "Adler", usd: 412 },
    second: 7.4,
  },
  { type: "turn.ended", key: "turn", outcome: { status: "suspended" }, second: 7.5 },
  { type: "turn.started", key: "turn-2", name: "travel desk", resumes: "approve", second: 3_600 },
  {
    type: "interrupt.resolved",
    on: "turn-2",
    mark: "i",
    wait: "approve",
    answer: "yes",
    second: 3_600,
  },
  ...call("m3", "turn-2", 3_600.1, 3_601.9),
  { type: "turn.ended", key: "turn-2", outcome: ok, second: 3_602 },
];

test("a session reads from top to bottom", async () => {
  expect((await seenAfter(booking)).join("\n")).toMatchInlineSnapshot(`
    "── thread-7 · langgraph 1.0.2
       0.0s  ▸ turn  travel desk
       0.0s    ▸ model ChatAnthropic                    claude-sonnet-4-5
       1.8s    ✓ model ChatAnthropic                      1.8s  4,204 in (3,000 cached), 87 out
       1.8s    ▸ tool  search_flights
       1.8s    ▸ tool  search_hotels
       2.8s    ✗ tool  search_hotels                      1.0s  TimeoutError: hotels.example did not answer at fe…
       3.3s    ▸ tool  search_hotels                    attempt 2
       3.4s    ✓ tool  search_flights                     1.6s
       3.9s    ✓ tool  search_hotels                     600ms
       4.0s    → hands over to pricing
       4.0s    ▸ agent pricing
       4.1s      ▸ model ChatAnthropic                  claude-haiku-4-5
       4.2s        ↻ retry after RateLimitError, in 2.0s
       7.3s      ✓ model ChatAnthropic                    3.1s  ? in, ? out
       7.3s    ✓ agent pricing                            3.3s
       7.4s    ◆ asks  approve: {"hotel":"Adler","usd":412}
       7.5s  ‖ turn  travel desk                          7.5s  suspended
       0.0s  ▸ turn  travel desk                        goes on
       0.0s    ◇ told  approve: yes
       0.1s    ▸ model ChatAnthropic                    claude-sonnet-4-5
       1.9s    ✓ model ChatAnthropic                      1.8s  4,204 in (3,000 cached), 87 out
       2.0s  ✓ turn  travel desk                          2.0s"
  `);
});

describe("what nobody knows", () => {
  test("is a question mark: times, usage, and spans that nobody saw open", async () => {
    const lines = await seenAfter([
      { type: "turn.started", key: "turn", name: "turn" },
      { type: "model.started", key: "m", parent: "turn", name: "gpt" },
      { type: "model.ended", key: "m", outcome: ok, second: 5 },
      { type: "tool.ended", key: "toolu_9", outcome: ok, second: 6 },
    ]);
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "── thread-7
            ?  ▸ turn  turn
            ?    ▸ model gpt
            ?    ✓ model gpt                                   ?  ? in, ? out
            ?  ✓ tool  toolu_9                                 ?"
    `);
  });

  test("is marked with a tilde where it was inferred", async () => {
    const lines = await seenAfter([
      { type: "turn.started", key: "turn", name: "turn", second: 0, inferred: true },
      { type: "turn.ended", key: "turn", outcome: { status: "cancelled" }, second: 61 },
    ]);
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "── thread-7
        ~0.0s  ▸ turn  turn
       ~1m01s  ⊘ turn  turn                               ~1m01s  cancelled"
    `);
  });
});

describe("several witnesses", () => {
  test("of one span are one line each way", async () => {
    const turn: readonly Fact[] = [
      { type: "turn.started", key: "turn", name: "turn", second: 0 },
      { type: "turn.ended", key: "turn", outcome: ok, second: 1 },
    ];
    const hook = turn.map((fact): Fact => ({ ...fact, source: "hook" }));
    expect(await seenAfter([...turn, ...hook])).toEqual(await seenAfter(turn));
  });

  test("that know usage only after the end of a call add it below", async () => {
    const [opening, used, closing] = call("m", "turn", 1, 2);
    const lines = await seenAfter([
      { type: "turn.started", key: "turn", name: "turn", second: 0 },
      ...(opening && closing && used ? [opening, closing, { ...used, second: 3 } as Fact] : []),
    ]);
    expect(lines.slice(-2).join("\n")).toMatchInlineSnapshot(`
      "   2.0s    ✓ model ChatAnthropic                      1.0s  ? in, ? out
         3.0s    · model ChatAnthropic                    4,204 in (3,000 cached), 87 out"
    `);
  });
});

const turnIn = (session: string): Fact => ({
  type: "turn.started",
  session,
  key: "turn",
  name: "turn",
  second: 0,
});

test("sessions that run at once are told apart by a heading at every change", async () => {
  const lines = await seenAfter([
    turnIn("one"),
    turnIn("two"),
    { ...turnIn("one"), key: "2" } as Fact,
  ]);
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "── one
       0.0s  ▸ turn  turn
    ── two
       0.0s  ▸ turn  turn
    ── one
       0.0s  ▸ turn  turn"
  `);
});

test("findings, limits and errors are shown where they happen", async () => {
  const lines = await seenAfter([
    { type: "turn.started", key: "turn", name: "turn", second: 0 },
    {
      type: "finding.raised",
      on: "turn",
      mark: "f",
      code: "loop",
      severity: "critical",
      evidence: [],
      detail: "the same call 12 times",
      second: 1,
    },
    { type: "limit.reached", on: "turn", mark: "l", limit: "usd", value: 5, second: 2 },
    {
      type: "message.unhandled",
      on: "turn",
      mark: "m",
      message: "m1",
      fate: "dead-lettered",
      to: "sights",
      reason: "after 5 attempts",
      second: 2,
    },
    {
      type: "native.noted",
      on: "turn",
      mark: "n",
      name: "carrier.unreadable",
      warns: true,
      second: 2,
    },
    { type: "native.noted", on: "turn", mark: "p", name: "ping", second: 2 },
    { type: "log.written", on: null, mark: "x", level: "error", content: "disk full", second: 3 },
    { type: "log.written", on: null, mark: "y", level: "debug", content: "noise", second: 3 },
  ]);
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "── thread-7
       0.0s  ▸ turn  turn
       1.0s    ! finds loop (critical): the same call 12 times
       2.0s    ! limit usd at 5
       2.0s    ! message dead-lettered to sights: after 5 attempts
       2.0s    ! warns carrier.unreadable
          ?  ! error disk full"
  `);
});

test("colours change nothing but colours", async () => {
  const plain = await seenAfter(booking);
  const painted = await seenAfter(booking, { color: true });
  expect(painted).not.toEqual(plain);
  // oxlint-disable-next-line no-control-regex
  expect(painted.map((line) => line.replaceAll(/\u001b\[\d+m/g, "").trimEnd())).toEqual(plain);
});
