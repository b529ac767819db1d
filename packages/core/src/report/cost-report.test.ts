import { expect, test } from "vitest";
import { story } from "./drafts.fixture.ts";
import { recordedSession } from "./hand-recorded.fixture.ts";
import { sessionReport } from "./session-report.ts";

const prices: ReadonlyMap<string, number> = new Map([
  ["m0", 0.1],
  ["m1", 0.2],
  ["t0", 0.05],
]);

function reportOf(keys: readonly string[]): ReturnType<typeof sessionReport> {
  const told = story();
  told.turn("t0", "go");
  for (const key of keys) told.call(key, "t0", "done", { input: 10 });
  told.endTurn("t0");
  const { view, content } = recordedSession(told.drafts);
  return sessionReport(view, content, { cost: ({ key }) => prices.get(key) ?? null });
}

test("calls and the rests of turns are summed, without what binary fractions add", () => {
  const { session, turns } = reportOf(["m0", "m1"]);
  expect(session.cost).toEqual({ usd: 0.35, reportedUsd: null, unpriced: 0 });
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
  });
});
