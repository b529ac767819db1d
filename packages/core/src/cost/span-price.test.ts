import { expect, test } from "vitest";
import { exactText, sumOf } from "../report/usd.ts";
import { recordedSession, tokens } from "../report/hand-recorded.fixture.ts";
import type { SpanCost } from "../report/cost-report.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { book, call, haiku, ledger, sonnet, total, turn } from "./ledger.fixture.ts";
import { pricesFrom } from "./span-price.ts";

function costsOf(...drafts: readonly EventDraft[]): readonly SpanCost[] {
  const { view, content } = recordedSession(drafts);
  const price = pricesFrom(book);
  return view.spans
    .filter(({ kind }) => kind === "turn" || kind === "model")
    .map((span) => price(span, content));
}

const amountIn = (costs: readonly SpanCost[]): string | null => {
  const usd = sumOf(costs.map((cost) => cost.usd));
  return usd === null ? null : exactText(usd);
};

test("spans priced one by one cost what the ledger says of their session, with what no call was seen of", () => {
  const drafts = [
    turn("t", 0),
    ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1), meter: "c" }),
    total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
  ];
  const costs = costsOf(...drafts);
  expect(costs.map(({ unpriced }) => unpriced)).toEqual([0, 0]);
  expect(amountIn(costs)).toBe("0.0045");
  const { lines } = ledger(...drafts);
  expect(amountIn(lines.map(({ cost: { usd } }) => ({ usd, unpriced: 0 })))).toBe("0.0045");
});

test("the rest of a turn that several models share counts as unpriced", () => {
  const costs = costsOf(
    turn("t", 0),
    total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
    total("t", { meter: "c", model: haiku, usage: tokens(10, 21) }),
  );
  expect(costs).toEqual([{ usd: null, unpriced: 1 }]);
});

test("the rest of a turn that is less than nothing counts as unpriced", () => {
  const costs = costsOf(
    turn("t", 0),
    ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 100), meter: "c" }),
    total("t", { meter: "c", model: sonnet, usage: tokens(900, 100) }),
  );
  expect(costs).toContainEqual({ usd: null, unpriced: 1 });
  expect(amountIn(costs)).toBe("0.0045");
});

test("a turn without a rest costs nothing by itself", () => {
  expect(costsOf(turn("t", 0))).toEqual([{ usd: null, unpriced: 0 }]);
});
