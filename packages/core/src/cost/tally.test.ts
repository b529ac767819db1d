import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SpanId } from "../vocabulary/event.ts";
import type { Ledger, LedgerLine, ReportedLine } from "./ledger.ts";
import type { Cost } from "./price-call.ts";
import { exactText, statedUsd, sumOf, type Usd } from "../report/usd.ts";
import { type CostSum, sumUp } from "./cost-sum.ts";
import { type CostKey, costKeys, costTally, rollUp } from "./tally.ts";
import { unknownTerms } from "./terms.ts";

const known = (usd: Usd): Cost => ({
  usd,
  parts: [],
  price: { id: "p/m", asOf: "2026-01-31", since: null, source: "bundled", from: "a list" },
  assumed: ["no web search was charged"],
});
const unknown = (reason: string): Cost => ({ usd: null, unknown: reason });

function line(said: Partial<LedgerLine>): LedgerLine {
  return {
    kind: "call",
    session: "s",
    user: null,
    feature: null,
    model: "m",
    provider: "p",
    turnSpanId: null,
    turnAt: null,
    at: 0,
    spanId: "0".repeat(16) as SpanId,
    agent: null,
    tool: null,
    terms: unknownTerms,
    usageFinal: true,
    usage: { input: 1, cacheRead: null, cacheWrite: 0, output: 2, reasoning: null },
    cost: known(1n),
    reported: { turnSpanId: null, byModel: true },
    ...said,
  };
}

const reportedOf = (usd: number, said: Partial<ReportedLine> = {}): ReportedLine => ({
  ...line({}),
  ...said,
  usd: statedUsd(usd) ?? 0n,
});

const ledger = (all: readonly LedgerLine[], said: readonly ReportedLine[] = []): Ledger => ({
  lines: all,
  reported: said,
  uncounted: [],
  isComparable: true,
  timeless: 0,
});

const name = fc.option(fc.constantFrom("a", "b", "c"));
const lines: fc.Arbitrary<LedgerLine> = fc
  .record({
    kind: fc.constantFrom("call", "unattributed"),
    session: fc.constantFrom("s", "t"),
    user: name,
    feature: name,
    model: name,
    agent: name,
    tool: name,
    at: fc.option(fc.oneof(fc.integer({ min: 0, max: 4e8 }), fc.constant(9e15))),
    cost: fc.oneof(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(known),
      fc.constantFrom("no price", "not counted").map(unknown),
    ),
  })
  .map(line);
const reported: fc.Arbitrary<ReportedLine> = fc
  .record({
    session: fc.constantFrom("s", "t"),
    user: name,
    feature: name,
    model: name,
    usd: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ usd, ...said }) => reportedOf(usd, said));

test("groups add up to the total, exactly, whatever lines are grouped by", () => {
  fc.assert(
    fc.property(
      fc.array(lines, { maxLength: 40 }),
      fc.array(reported, { maxLength: 10 }),
      fc.constantFrom(...costKeys),
      (all, said, by) => {
        const { groups, total } = rollUp(ledger(all, said), by);
        const sum = (of: (group: CostSum) => number): number =>
          groups.reduce((so, group) => so + of(group), 0);
        expect(sumOf(groups.map(({ usd }) => usd))).toBe(total.usd);
        expect(total.usd).toBe(sumOf(all.map(({ cost }) => cost.usd)));
        expect(sumOf(groups.map((group) => group.unattributedUsd))).toBe(total.unattributedUsd);
        expect(sum(({ calls }) => calls)).toBe(total.calls);
        expect(sum((group) => group.unknownCalls)).toBe(total.unknownCalls);
        expect(sum((group) => group.unknownRests)).toBe(total.unknownRests);
        expect(sum(({ usage }) => usage.output ?? 0)).toBe(total.usage.output ?? 0);
        expect(sum((group) => group.lines)).toBe(total.lines);
        const isTold = groups.some((group) => group.reportedUsd !== null);
        const told = by === "model" ? said.filter(({ model }) => model !== null) : said;
        const toldUsd = sumOf(told.map(({ usd }) => usd));
        if (isTold) expect(sumOf(groups.map((group) => group.reportedUsd))).toBe(toldUsd);
        expect(total.reportedUsd).toBe(sumOf(said.map(({ usd }) => usd)));
      },
    ),
  );
});

test("ten thousand lines add up exactly, in one ledger or in many", () => {
  const cost = known(statedUsd(0.000_000_1) ?? 0n);
  const all = Array.from({ length: 10_000 }, (_, index) =>
    line({ cost, session: `s${index % 100}` }),
  );
  expect(exactText(sumUp(ledger(all)).usd ?? 0n)).toBe("0.001");
  const tally = costTally("session");
  for (const part of Map.groupBy(all, ({ session }) => session).values()) tally.add(ledger(part));
  const { groups, total } = tally.sums();
  expect(exactText(total.usd ?? 0n)).toBe("0.001");
  expect(groups).toHaveLength(100);
  expect(new Set(groups.map(({ usd }) => exactText(usd ?? 0n)))).toEqual(new Set(["0.00001"]));
});

test("what is unknown is counted beside the sum, with the reasons, most of them first", () => {
  const sum = sumUp(
    ledger([
      line({ cost: unknown("no price") }),
      line({ cost: unknown("not counted") }),
      line({ cost: unknown("not counted"), kind: "unattributed" }),
      line({ cost: known(5n) }),
    ]),
  );
  expect(sum).toMatchObject({ usd: 5n, calls: 3, unknownCalls: 2, unknownRests: 1 });
  expect(sum.reasons).toEqual([
    { words: "not counted", lines: 2 },
    { words: "no price", lines: 1 },
  ]);
  expect(sum.prices).toEqual([{ words: "a list (bundled)", lines: 1 }]);
  expect(sum.assumed).toEqual([{ words: "no web search was charged", lines: 1 }]);
  expect(sumUp(ledger([line({ cost: unknown("no price") })])).usd).toBeNull();
});

test("computed and reported are compared only where both are known in full", () => {
  const usd = statedUsd(0.5) ?? 0n;
  const half = [line({ cost: known(usd) })];
  const said = [reportedOf(0.25), reportedOf(0.125)];
  expect(sumUp(ledger(half, said)).difference).toBe(usd / 4n);
  expect(sumUp(ledger(half)).difference).toBeNull();
  expect(sumUp({ ...ledger(half, said), isComparable: false }).difference).toBeNull();
  const unpriced = line({ cost: unknown("no price") });
  expect(sumUp(ledger([...half, unpriced], said)).difference).toBeNull();
});

describe("what the framework does not report on", () => {
  const usd = statedUsd(0.5) ?? 0n;
  const here = line({ session: "told", cost: known(usd) });
  const said = [reportedOf(0.25, { session: "told" })];
  const elsewhere = { session: "silent", reported: null } as const;

  test("is no part of the difference, and it is said how much that leaves", () => {
    const all = [here, line({ ...elsewhere, cost: known(usd) })];
    expect(sumUp(ledger(all, said))).toMatchObject({
      usd: usd * 2n,
      lines: 2,
      reportedUsd: usd / 2n,
      reportedLines: 1,
      difference: usd / 2n,
    });
    const { groups } = rollUp(ledger(all, said), "session");
    expect(groups.map(({ key, difference }) => [key, difference])).toEqual([
      ["silent", null],
      ["told", usd / 2n],
    ]);
  });

  test("keeps nothing from being compared that it does report on", () => {
    const unpriced = line({ ...elsewhere, cost: unknown("no price") });
    const all = { ...ledger([here, unpriced], said), uncounted: [unpriced] };
    expect(sumUp(all).difference).toBe(usd / 2n);
    expect(rollUp(all, "session")).toMatchObject({
      complete: false,
      total: { difference: usd / 2n },
    });
  });
});

test("a sum that is reported of no one model is in the total, and makes no group of its own", () => {
  const all = [line({ reported: { turnSpanId: null, byModel: false }, cost: known(7n) })];
  const { groups, total } = rollUp(ledger(all, [reportedOf(0.25, { model: null })]), "model");
  expect(groups).toMatchObject([
    { key: "m", usd: 7n, reportedUsd: null, reportedLines: 0, difference: null },
  ]);
  expect(total).toMatchObject({ reportedUsd: statedUsd(0.25), reportedLines: 1 });
  expect(total.difference).toBe(7n - (statedUsd(0.25) ?? 0n));
});

test("what is reported stands with a user, a feature, a session or a model, and with no other group", () => {
  const said = [reportedOf(0.25, { user: "ada", feature: "f", model: "m" })];
  const all = [line({ user: "ada", feature: "f", model: "m", agent: "x", tool: "Bash" })];
  const reportedBy = (by: CostKey): readonly (Usd | null)[] =>
    rollUp(ledger(all, said), by).groups.map((group) => group.reportedUsd);
  for (const by of ["user", "feature", "session", "model"] as const)
    expect(reportedBy(by)).toEqual([statedUsd(0.25)]);
  for (const by of ["agent", "tool", "day"] as const) expect(reportedBy(by)).toEqual([null]);
  expect(rollUp(ledger(all, said), "tool").total.reportedUsd).toBe(statedUsd(0.25));
});

test("the dearest group comes first, what is unknown last, and a day is one of UTC", () => {
  const day = Date.UTC(2026, 0, 31);
  const { groups } = rollUp(
    ledger([
      line({ at: day - 1, cost: known(1n) }),
      line({ at: day, cost: known(3n) }),
      line({ at: null, cost: unknown("no price") }),
    ]),
    "day",
  );
  expect(groups.map(({ key }) => key)).toEqual(["2026-01-31", "2026-01-30", null]);
});
