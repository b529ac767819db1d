import { expect, test } from "vitest";
import { type CostOf, costReportOf } from "./cost-report.ts";
import { story } from "./drafts.fixture.ts";
import { costsBy, everyCall } from "./prices.fixture.ts";
import { recordedSession } from "./hand-recorded.fixture.ts";
import { sessionReport } from "./session-report.ts";
import { statedUsd } from "./usd.ts";

const prices: ReadonlyMap<string, number> = new Map([
  ["m0", 0.1],
  ["m1", 0.2],
  ["t0", 0.05],
]);

const listed: CostOf = costsBy(
  ({ key }) => prices.get(key) ?? (key.startsWith("m") ? null : undefined),
);

function reportOf(
  keys: readonly string[],
  cost: CostOf = listed,
): ReturnType<typeof sessionReport> {
  const told = story();
  told.turn("t0", "go");
  for (const key of keys) told.call(key, "t0", "done", { input: 10 });
  told.endTurn("t0");
  const { view, content } = recordedSession(told.drafts);
  return sessionReport(view, content, { cost });
}

test("calls and the rests of turns are summed, without what binary fractions add", () => {
  const { session, turns } = reportOf(["m0", "m1"]);
  expect(session.cost).toEqual({ usd: 0.35, reportedUsd: null, unpriced: 0, unpricedRests: 0 });
  expect(turns[0]?.cost).toEqual(session.cost);
  expect(turns[0]?.spans.map(({ costUsd }) => costUsd)).toEqual([null, 0.1, 0.2]);
});

test("a call without a price is counted, and the sum is of the others", () => {
  expect(reportOf(["m0", "m9"]).session.cost).toMatchObject({ usd: 0.15, unpriced: 1 });
});

test("where nothing has a price, the cost is unknown, not zero", () => {
  const told = story();
  told.turn("t1", "go");
  told.call("m9", "t1", "done");
  const { view, content } = recordedSession(told.drafts);
  expect(sessionReport(view, content).session.cost).toEqual({
    usd: null,
    reportedUsd: null,
    unpriced: 1,
    unpricedRests: 0,
  });
});

test("a rest without a price is counted too, and makes the sum a lower bound", () => {
  const { session, turns } = reportOf(["m0"], ({ kind }) =>
    kind === "turn" ? { usd: statedUsd(0.05), unpriced: 2 } : { usd: statedUsd(0.1), unpriced: 0 },
  );
  expect(session.cost).toMatchObject({ usd: 0.15, unpriced: 0, unpricedRests: 2 });
  expect(turns[0]?.cost).toEqual(session.cost);
});

test("sums are exact, however small: what is something never becomes nothing", () => {
  expect(reportOf(["m0"], everyCall(1e-13)).session.cost.usd).toBe(1e-13);
  const parts = [1e-13, 0.1, 0.2].map((usd) => ({
    usd,
    reportedUsd: usd,
    unpriced: 1,
    unpricedRests: 2,
  }));
  expect(costReportOf(parts)).toEqual({
    usd: 0.300_000_000_000_1,
    reportedUsd: 0.300_000_000_000_1,
    unpriced: 3,
    unpricedRests: 6,
  });
});
