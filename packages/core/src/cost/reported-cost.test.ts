import { describe, expect, test } from "vitest";
import { tokens } from "../report/hand-recorded.fixture.ts";
import { exactText } from "../report/usd.ts";
import type { Ledger } from "./ledger.ts";
import { ledgerSince } from "./ledger-since.ts";
import { sumUp } from "./cost-sum.ts";
import { sonnet, haiku, turn, call, total, estimate, ledger } from "./ledger.fixture.ts";

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
