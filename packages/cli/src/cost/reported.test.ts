import { addUsage, sessionSummary, type Usage, unknownUsage } from "@spoor/core";
import { costOf, type CostSum, ledgerOf, nearestNumber, openPrices, sumUp } from "@spoor/core/cost";
import { describe, expect, test } from "vitest";
import { sessionBySession } from "../record/session-by-session.ts";
import { temporaryFolder } from "../spoor.fixture.ts";
import { claudeJournal, scenarios } from "./claude-journal.fixture.ts";

const { book } = await openPrices();

async function sumsOf(
  scenario: string,
): Promise<readonly (CostSum & { readonly complete: boolean })[]> {
  const folder = await claudeJournal(temporaryFolder(), scenario);
  return Array.from(sessionBySession(folder, null), ({ view, content }) => {
    const ledger = ledgerOf(view, content, book);
    return { ...sumUp(ledger), complete: ledger.uncounted.length === 0 };
  });
}

/** Recordings of which not all can be compared, and why not. */
const exceptions: Readonly<Record<string, string>> = {
  "e6-subagent-other-model": "anthropic has no price for the model claude-haiku-5-5",
  "g2-hard-api-error": "nothing was used",
  "g3-retries-exhausted": "nothing was used",
  "g5-auth-error": "nothing was used",
  "g8-stream-cut": "something was used that nobody could count",
  "k2-interrupt": "something was used that nobody could count",
  "t-abort": "the framework reports nothing",
};

/** Why computed and reported cannot be compared; null where they can. */
function exceptionIn({
  reasons,
  usd,
  reportedUsd,
  complete,
}: Awaited<ReturnType<typeof sumsOf>>[number]): string | null {
  if (reasons[0]) return reasons[0].words;
  if (usd === null) return "nothing was used";
  if (reportedUsd === null) return "the framework reports nothing";
  return complete ? null : "something was used that nobody could count";
}

test.each(scenarios)(
  "%s costs what Claude Code itself says, or it is known why not",
  async (scenario) => {
    for (const sum of await sumsOf(scenario)) {
      expect(exceptionIn(sum)).toBe(exceptions[scenario] ?? null);
      // Claude Code adds up binary fractions.
      if (sum.difference !== null)
        expect(Math.abs(nearestNumber(sum.difference))).toBeLessThan(1e-12);
    }
  },
);

test("what can be counted of an interrupted session costs what Claude Code says of it, too", async () => {
  for (const scenario of ["g8-stream-cut", "k2-interrupt"])
    for (const { usd, reportedUsd } of await sumsOf(scenario))
      expect(nearestNumber(usd ?? 0n)).toBeCloseTo(nearestNumber(reportedUsd ?? 1n), 12);
});

/** A rest of nothing is no line, so what only that knows to be zero is not known. */
const tokensOf = (usage: Usage): readonly number[] =>
  [usage.input, usage.cacheRead, usage.cacheWrite, usage.output, usage.reasoning].map(
    (tokens) => tokens ?? 0,
  );

describe("the ledger of each recording", () => {
  test.each(scenarios)("of %s knows whether something was not counted", async (scenario) => {
    const folder = await claudeJournal(temporaryFolder(), scenario);
    for (const { view, content } of sessionBySession(folder, null)) {
      const { uncounted } = ledgerOf(view, content, book);
      expect(uncounted.length === 0).toBe(view.usageComplete);
    }
  });

  test.each(scenarios)("of %s has every token once, and no other", async (scenario) => {
    const folder = await claudeJournal(temporaryFolder(), scenario);
    for (const { view, content } of sessionBySession(folder, null)) {
      const used = view.spans.flatMap(({ usage, unattributed }) => usage ?? unattributed ?? []);
      const { usage } = sumUp(ledgerOf(view, content, book));
      expect(tokensOf(usage)).toEqual(tokensOf(used.reduce(addUsage, unknownUsage)));
    }
  });

  test.each(scenarios)("of %s comes to what a report of the session says", async (scenario) => {
    const folder = await claudeJournal(temporaryFolder(), scenario);
    for (const { view, content } of sessionBySession(folder, null)) {
      const { usd, unknownCalls, unknownRests } = sumUp(ledgerOf(view, content, book));
      const { cost } = sessionSummary(view, content, { cost: costOf(view, { book, content }) });
      expect(cost).toMatchObject({
        usd: usd === null ? null : nearestNumber(usd),
        unpriced: unknownCalls,
        unpricedRests: unknownRests,
      });
    }
  });
});
