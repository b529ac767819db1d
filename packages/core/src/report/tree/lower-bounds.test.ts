import { expect, test } from "vitest";
import { type Story, story } from "../drafts.fixture.ts";
import type { CostOf } from "../cost-report.ts";
import { recordedSession, said, tokens } from "../hand-recorded.fixture.ts";
import { sessionOutline } from "../outline/outline.ts";
import { renderOutline } from "../outline/render-outline.ts";
import { costsBy } from "../prices.fixture.ts";
import { sessionReport } from "../session-report.ts";
import { renderTree } from "../tree.ts";
import { statedUsd } from "../usd.ts";

/** The lines of both that say what something cost. */
function costLines({ drafts }: Pick<Story, "drafts">, cost: CostOf): readonly string[] {
  const { view, content } = recordedSession(drafts);
  const tree = renderTree(sessionReport(view, content, { cost }), { times: false });
  const outline = renderOutline(sessionOutline(view, content, { cost }), { times: false });
  return [...tree, ...outline].filter((line) => line.includes("$"));
}

/** A turn with one call, whose usage is final or not. */
function oneCall(final: boolean): Pick<Story, "drafts"> {
  const told = story();
  told.turn("t0", "go");
  told.call("m0", "t0", "done");
  told.endTurn("t0");
  const reported = { ...said, type: "usage.reported", on: "m0", mark: "usage" } as const;
  return { drafts: [...told.drafts, { ...reported, basis: "call", usage: tokens(10, 1), final }] };
}

const known = costsBy(({ kind }) => (kind === "model" ? 0.018 : undefined));

const restUnknown: CostOf = (span) =>
  span.kind === "turn" ? { usd: null, unpriced: 1 } : known(span);

const below: CostOf = ({ kind }) => ({
  usd: kind === "turn" ? statedUsd(-0.045) : null,
  unpriced: 0,
});

test("a cost of which everything is known is exact wherever it is shown", () => {
  const lines = costLines(oneCall(true), known);
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toMatch(/ \$0\.0180/);
});

test("a rest without a price makes turn and session a lower bound, in the tree and at a glance", () => {
  const lines = costLines(oneCall(true), restUnknown).filter((line) => /^(?:turn|\d)/.test(line));
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).toMatch(/\u2265\$0\.0180/);
});

test("so does a call of which only snapshots were seen", () => {
  for (const line of costLines(oneCall(false), known)) expect(line).toMatch(/\u2265\$0\.0180/);
});

test("a rest below nothing has its sign before the currency", () => {
  for (const line of costLines(oneCall(true), below)) expect(line).toMatch(/ \u2212\$0\.0450/);
});
