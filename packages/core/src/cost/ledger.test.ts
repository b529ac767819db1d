import { beforeAll, describe, expect, test } from "vitest";
import { recordedSession, said, second, tokens } from "../report/hand-recorded.fixture.ts";
import { sessionSummary } from "../report/session-summary.ts";
import type { Span } from "../run-tree/span.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import type { JsonObject } from "../vocabulary/json.ts";
import { type Usage, unknownUsage } from "../vocabulary/usage.ts";
import { costOf } from "./cost-of.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
import { ledgerSince } from "./ledger-since.ts";
import { bundledPrices } from "./prices/bundled-prices.ts";
import { createPriceBook, type PriceBook } from "./prices/price-book.ts";
import { exactText, nearestNumber } from "../report/usd.ts";
import { sumUp } from "./tally.ts";

/** Three dollars a million in, 15 out; and one with a price for long prompts. */
const sonnet = "claude-sonnet-4-20250514";
const haiku = "claude-haiku-4-5-20251001";

let book: PriceBook;
beforeAll(async () => {
  book = createPriceBook({ list: await bundledPrices() });
});

const turn = (key: string, at: number, more: object = {}): EventDraft => ({
  ...said,
  type: "turn.started",
  key,
  name: "turn",
  ...second(at),
  ...more,
});

interface CallSaid {
  readonly parent: string;
  readonly at: number;
  readonly model?: string;
  readonly usage?: Usage;
  readonly meter?: string;
  readonly native?: JsonObject;
}

function call(
  key: string,
  { parent, at, model = sonnet, usage, meter, native }: CallSaid,
): readonly EventDraft[] {
  const report: EventDraft = {
    ...said,
    type: "usage.reported",
    on: key,
    mark: "u",
    basis: "call",
    final: true,
    usage: usage ?? unknownUsage,
    ...(meter === undefined ? {} : { meter }),
  };
  return [
    {
      ...said,
      type: "model.started",
      key,
      parent,
      name: model,
      provider: "anthropic",
      ...second(at),
    },
    ...(usage ? [report] : []),
    {
      ...said,
      type: "model.ended",
      key,
      outcome: { status: "ok" },
      model,
      ...second(at + 1),
      ...(native ? { native: { usage: native } } : {}),
    },
  ];
}

const tool = (key: string, name: string, at: number, parent: string): EventDraft => ({
  ...said,
  type: "tool.started",
  key,
  name,
  parent,
  ...second(at),
});

interface TotalSaid {
  readonly meter: string;
  readonly usage: Usage;
  readonly model?: string;
  readonly reportedUsd?: number;
  readonly native?: {
    readonly usage: { readonly server_tool_use: { readonly web_search_requests: number } };
  };
}

const total = (
  on: string,
  { meter, mark = "first", ...more }: TotalSaid & { readonly mark?: string },
): EventDraft => ({
  ...said,
  type: "usage.reported",
  on,
  mark: `${mark}:${meter}:${more.model}`,
  basis: "total",
  meter,
  final: true,
  ...more,
});

const estimate = (said: TotalSaid): EventDraft =>
  ({ ...total("t", said), final: false }) as EventDraft;

function ledger(...drafts: readonly EventDraft[]): Ledger {
  const { view, content } = recordedSession(drafts);
  return ledgerOf(view, content, book);
}

const amounts = ({ lines }: Ledger): readonly string[] =>
  lines.map(({ cost }) => (cost.usd === null ? cost.unknown : exactText(cost.usd)));

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

describe("what a turn used beyond the calls that were seen", () => {
  test("is a line of its own, priced by the model that the total names", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
    );
    expect(costs.lines.map(({ kind, model, provider }) => [kind, model, provider])).toEqual([
      ["call", sonnet, "anthropic"],
      ["unattributed", sonnet, "anthropic"],
    ]);
    expect(amounts(costs)).toEqual(["0.003015", "0.001485"]);
    expect(exactText(sumUp(costs).unattributedUsd ?? 0n)).toBe("0.001485");
  });

  test("is told apart by model, and each has its own price", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1), meter: "c" }),
      ...call("n", { parent: "t", at: 3, usage: tokens(10, 1), meter: "c", model: haiku }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
      total("t", { meter: "c", model: haiku, usage: tokens(10, 21) }),
    );
    const rests = costs.lines.filter(({ kind }) => kind === "unattributed");
    expect(rests.map(({ model, usage }) => [model, usage?.output])).toEqual([
      [sonnet, 99],
      [haiku, 20],
    ]);
    expect(amounts({ ...costs, lines: rests })).toEqual(["0.001485", "0.0001"]);
  });

  test("is what the turn's own calls do not cover, where they name no counter", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1) }),
      ...call("n", { parent: "t", at: 3, usage: tokens(10, 1), model: haiku }),
      turn("u", 10),
      ...call("o", { parent: "u", at: 11, usage: tokens(5, 5) }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
      total("t", { meter: "c", model: haiku, usage: tokens(10, 21) }),
    );
    const rests = costs.lines.filter(({ kind }) => kind === "unattributed");
    expect(amounts({ ...costs, lines: rests })).toEqual(["0.001485", "0.0001"]);
  });

  test("has no price where nothing tells the models apart", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(10, 1), meter: "c", model: "claude-other" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
      total("t", { meter: "c", model: haiku, usage: tokens(10, 21) }),
    );
    const [rest] = costs.lines.filter(({ kind }) => kind === "unattributed");
    expect(rest).toMatchObject({
      model: null,
      cost: { usd: null, unknown: "which model answered is not known" },
    });
  });

  test("is not there where every token belongs to a call", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 100), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
    );
    expect(costs.lines.map(({ kind }) => kind)).toEqual(["call"]);
  });

  test("is made good by the next turn, where a call was in flight when the counter was read", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 100), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 40) }),
      turn("u", 10),
      total("u", { meter: "d", model: sonnet, usage: tokens(0, 60) }),
    );
    expect(amounts(costs)).toEqual(["0.0045", "-0.0009", "0.0009"]);
    expect(exactText(sumUp(costs).usd ?? 0n)).toBe("0.0045");
  });

  test("has the searches that only the total knows of", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", {
        parent: "t",
        at: 1,
        usage: tokens(1_000, 100),
        meter: "c",
        native: { server_tool_use: { web_search_requests: 1 } },
      }),
      total("t", {
        meter: "c",
        model: sonnet,
        usage: tokens(1_000, 101),
        native: { usage: { server_tool_use: { web_search_requests: 3 } } },
      }),
    );
    expect(amounts(costs)).toEqual(["0.0145", "0.020015"]);
  });

  test("has no price where its calls were made on different terms", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", {
        parent: "t",
        at: 1,
        usage: tokens(1, 1),
        meter: "c",
        native: { service_tier: "batch" },
      }),
      ...call("n", { parent: "t", at: 3, usage: tokens(1, 1), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(2, 100) }),
    );
    expect(amounts(costs).at(-1)).toBe("its calls were made on different terms");
  });
});

test("what the framework reports stands beside what is computed, by model, and is never added", () => {
  const costs = ledger(
    turn("t", 0),
    ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 100), meter: "c" }),
    total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100), reportedUsd: 0.0045 }),
    total("t", { meter: "c", model: haiku, usage: tokens(0, 0), reportedUsd: 0.1 }),
    total("t", {
      meter: "c",
      model: haiku,
      usage: tokens(0, 0),
      reportedUsd: 9,
      mark: "again",
    }),
  );
  expect(costs.reported.map(({ model, usd }) => [model, exactText(usd)])).toEqual([
    [sonnet, "0.0045"],
    [haiku, "0.1"],
  ]);
  expect(sumUp(costs)).toMatchObject({ usd: costs.lines[0]?.cost.usd });
});

test("an estimate that falls short of one model's calls takes nothing away from them", () => {
  const said = [
    turn("t", 0),
    ...call("m", { parent: "t", at: 1, usage: tokens(10, 1), meter: "c" }),
    estimate({ meter: "c", model: sonnet, usage: tokens(8, 1) }),
    estimate({ meter: "c", model: haiku, usage: tokens(5, 1) }),
  ];
  const { lines } = ledger(...said);
  expect(lines.map(({ kind, model, usage }) => [kind, model, usage?.input, usage?.output])).toEqual(
    [
      ["call", sonnet, 10, 1],
      ["unattributed", null, 3, 1],
    ],
  );
  expect(recordedSession(said).view.spans[0]?.unattributed).toMatchObject({ input: 3, output: 1 });
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

test("a turn is in a span of time whole or not at all: it counts when it began", () => {
  const costs = ledger(
    turn("t", 0),
    ...call("m", { parent: "t", at: 1, usage: tokens(1, 1) }),
    ...call("n", { parent: "t", at: 500, usage: tokens(1, 1) }),
    turn("u", 100),
    ...call("o", { parent: "u", at: 101, usage: tokens(2, 1), meter: "c" }),
    total("u", { meter: "c", model: sonnet, usage: tokens(2, 1), reportedUsd: 1 }),
  );
  const since = ledgerSince(costs, Date.UTC(2026, 0, 31, 8, 1));
  expect(since.lines.map(({ usage }) => usage?.input)).toEqual([2]);
  expect(since.reported).toHaveLength(1);
  expect(ledgerSince(costs, Number.NEGATIVE_INFINITY)).toEqual(costs);
});

test("what nobody could count is missing in its own turn, and in no other", () => {
  const costs = ledger(
    turn("t", 0),
    ...call("m", { parent: "t", at: 1 }),
    turn("u", 100),
    ...call("o", { parent: "u", at: 101, usage: tokens(2, 1) }),
  );
  expect(costs.uncounted).toMatchObject([{ model: sonnet, at: Date.UTC(2026, 0, 31, 8, 0, 1) }]);
  expect(ledgerSince(costs, Date.UTC(2026, 0, 31, 8, 1)).uncounted).toEqual([]);
});

function untimed(draft: EventDraft): EventDraft {
  const { at: _, ...rest } = draft;
  return rest;
}

test("what has no time is in no span of time, and is counted", () => {
  const costs = ledger(
    ...[turn("t", 0), ...call("m", { parent: "t", at: 1, usage: tokens(1, 1) })].map(untimed),
    turn("u", 100),
    ...call("o", { parent: "u", at: 101, usage: tokens(2, 1) }),
  );
  const since = ledgerSince(costs, 0);
  expect(since.lines.map(({ usage }) => usage?.input)).toEqual([2]);
  expect(since.timeless).toBe(1);
  expect(ledgerSince(costs, Number.NEGATIVE_INFINITY).timeless).toBe(0);
});

const reportedOf = ({ lines }: Ledger): readonly unknown[] =>
  lines.map(({ kind, usage, reported }) => [
    kind,
    usage?.input,
    reported && (reported.byModel ? "by model" : "in one sum"),
  ]);

describe("the framework reports the cost", () => {
  test("of the calls that its counters cover, and of their rest, and of no other turn", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1, 1), meter: "c" }),
      turn("u", 100),
      ...call("in the background", { parent: "u", at: 101, usage: tokens(2, 1), meter: "c" }),
      ...call("silent", { parent: "u", at: 102, usage: tokens(3, 1) }),
      total("t", { meter: "c", model: sonnet, usage: tokens(9, 2), reportedUsd: 1 }),
    );
    expect(reportedOf(costs)).toEqual([
      ["call", 1, "by model"],
      ["call", 2, "by model"],
      ["call", 3, null],
      ["unattributed", 6, "by model"],
    ]);
  });

  test("in one sum, where it does not tell models apart", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1, 1) }),
      total("t", { meter: "c", usage: tokens(1, 1), reportedUsd: 1 }),
    );
    expect(reportedOf(costs)).toEqual([["call", 1, "in one sum"]]);
  });

  test("of work that went on in the background, so that no span of time may part the two", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1, 1), meter: "c" }),
      turn("u", 100),
      total("u", { meter: "c", model: sonnet, usage: tokens(1, 1), reportedUsd: 1 }),
      turn("v", 200),
      ...call("n", { parent: "v", at: 201, usage: tokens(1, 1), meter: "d" }),
      total("v", { meter: "d", model: sonnet, usage: tokens(1, 1), reportedUsd: 1 }),
    );
    const from = (seconds: number): boolean =>
      ledgerSince(costs, Date.UTC(2026, 0, 31, 8) + seconds * 1_000).isComparable;
    expect([0, 50, 150].map(from)).toEqual([true, false, true]);
  });

  test("of a turn whose own totals are estimates, and cannot be compared then", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1, 1), meter: "c" }),
      estimate({ meter: "c", model: sonnet, usage: tokens(1, 1), reportedUsd: 1 }),
    );
    expect(costs.isComparable).toBe(false);
    expect(sumUp(costs).difference).toBeNull();
  });

  test("of nothing, where it counts tokens only", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1, 1), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(5, 1) }),
    );
    expect(reportedOf(costs)).toEqual([
      ["call", 1, null],
      ["unattributed", 4, null],
    ]);
  });
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
