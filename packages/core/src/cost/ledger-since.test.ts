import { expect, test } from "vitest";
import { tokens } from "../report/hand-recorded.fixture.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { ledgerSince } from "./ledger-since.ts";
import { sonnet, turn, call, total, ledger } from "./ledger.fixture.ts";

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
