import { expect, test } from "vitest";
import { recordedSession, said, second, tokens } from "../report/hand-recorded.fixture.ts";
import { sessionSummary } from "../report/session-summary.ts";
import { exactText, nearestNumber } from "../report/usd.ts";
import type { Span } from "../run-tree/span.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { costOf } from "./cost-of.ts";
import { ledgerOf } from "./ledger.ts";
import { sumUp } from "./cost-sum.ts";
import { sonnet, haiku, book, turn, call, tool, total, ledger, amounts } from "./ledger.fixture.ts";

test("a model call is one line, with whose it is, what it used and whose price that has", () => {
  const { lines } = ledger(
    turn("t", 0, { userId: "ada", feature: "support" }),
    {
      ...said,
      type: "work.started",
      kind: "agent",
      key: "a",
      parent: "t",
      name: "a",
      agent: "helper",
    },
    ...call("m", { parent: "a", at: 1, usage: tokens(1_000, 100) }),
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    kind: "call",
    session: "s",
    user: "ada",
    feature: "support",
    agent: "helper",
    model: sonnet,
    provider: "anthropic",
    usageFinal: true,
    at: Date.UTC(2026, 0, 31, 8, 0, 1),
    turnAt: Date.UTC(2026, 0, 31, 8),
    cost: {
      price: {
        id: "anthropic/claude-sonnet-4-0",
        asOf: "2026-01-31",
        since: null,
        source: "bundled",
        from: "@pydantic/genai-prices 0.1.8",
      },
    },
  });
  expect(exactText(lines[0]?.cost.usd ?? 0n)).toBe("0.0045");
});

test("terms of the price are read from what the framework said of the call", () => {
  const batch = { service_tier: "batch" };
  expect(
    amounts(
      ledger(
        turn("t", 0),
        ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 100), native: batch }),
      ),
    ),
  ).toEqual(["0.00225"]);
});

test("of a call that nobody saw ending, a report of its usage may say which model answers", () => {
  const opening: EventDraft = {
    ...said,
    type: "model.started",
    key: "m",
    parent: "t",
    name: "model",
    requestModel: haiku,
    ...second(1),
  };
  const report: EventDraft = {
    ...said,
    type: "usage.reported",
    on: "m",
    mark: "u",
    basis: "call",
    final: false,
    usage: tokens(1_000, 100),
  };
  const told = ledger(turn("t", 0), opening, { ...report, model: sonnet });
  expect(told.lines).toMatchObject([{ model: sonnet, usageFinal: false }]);
  expect(amounts(told)).toEqual(["0.0045"]);
  const asked = ledger(turn("t", 0), opening, report);
  expect(asked.lines).toMatchObject([
    {
      model: haiku,
      cost: { assumed: expect.arrayContaining(["the model is the one that was asked for"]) },
    },
  ]);
  expect(amounts(asked)).toEqual(["0.0015"]);
});

test("a call that nobody counted is a line without a cost, not a line of zero", () => {
  const { lines } = ledger(turn("t", 0), ...call("m", { parent: "t", at: 1 }));
  expect(lines.map(({ cost }) => cost)).toEqual([
    { usd: null, unknown: "its tokens were not counted" },
  ]);
});

test("a call is put down to the tools whose results it is the first to act on", () => {
  const used = tokens(10, 1);
  const { lines } = ledger(
    turn("t", 0),
    ...call("asks", { parent: "t", at: 1, usage: used }),
    tool("read", "Read", 3, "t"),
    tool("bash", "Bash", 4, "t"),
    ...call("acts", { parent: "t", at: 6, usage: used }),
    ...call("goes on", { parent: "t", at: 8, usage: used }),
    tool("task", "Agent", 10, "t"),
    {
      ...said,
      type: "work.started",
      kind: "agent",
      key: "a",
      parent: "task",
      name: "a",
      ...second(11),
    },
    ...call("in the agent", { parent: "a", at: 12, usage: used }),
    tool("grep", "Grep", 14, "a"),
    ...call("acts in the agent", { parent: "a", at: 15, usage: used }),
    ...call("reads the agent", { parent: "t", at: 17, usage: used }),
  );
  expect(lines.map((line) => line.tool)).toEqual([
    null,
    "Bash + Read",
    null,
    "Agent",
    "Grep",
    "Agent",
  ]);
});

test("a report gets the cost of each call, and of each turn's rest, and how many of them are unknown", () => {
  const { view, content } = recordedSession([
    turn("t", 0),
    ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1), meter: "c" }),
    ...call("n", { parent: "t", at: 3, meter: "c" }),
    total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
    total("t", { meter: "c", model: "claude-other", usage: tokens(0, 9) }),
    turn("u", 10),
  ]);
  const cost = costOf(view, { book, content });
  const shown = view.spans.map((span) => {
    const { usd, unpriced } = cost(span);
    return [span.key, usd === null ? null : exactText(usd), unpriced];
  });
  expect(shown).toEqual([
    ["t", "0.001485", 1],
    ["m", "0.003015", 0],
    ["n", null, 1],
    ["u", null, 0],
  ]);
  const { cost: summed } = sessionSummary(view, content, { cost });
  const { usd, unknownCalls, unknownRests } = sumUp(ledgerOf(view, content, book));
  expect(summed).toEqual({
    usd: nearestNumber(usd ?? 0n),
    reportedUsd: null,
    unpriced: unknownCalls,
    unpricedRests: unknownRests,
  });
});

/** How often the ledger of so many turns looks at something of a span. */
function looksAt(turns: number): number {
  const drafts = Array.from({ length: turns }, (_, index) => [
    turn(`t${index}`, index * 10),
    ...call(`m${index}`, { parent: `t${index}`, at: index * 10 + 1, usage: tokens(1, 1) }),
    total(`t${index}`, { meter: `c${index}`, model: sonnet, usage: tokens(5, 1) }),
  ]).flat();
  const { view, content } = recordedSession(drafts);
  let looks = 0;
  const get = (span: Span, name: string | symbol): unknown => {
    looks += 1;
    return Reflect.get(span, name);
  };
  const spans = view.spans.map((span) => new Proxy(span, { get }));
  ledgerOf({ ...view, spans }, content, book);
  return looks;
}

test("a session twice as long takes twice the steps", () => {
  expect(looksAt(80)).toBeLessThan(looksAt(40) * 2.2);
});
