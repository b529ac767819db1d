import { recordedSession, said, second } from "../report/hand-recorded.fixture.ts";
import { exactText } from "../report/usd.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import type { JsonObject } from "../vocabulary/json.ts";
import { type Usage, unknownUsage } from "../vocabulary/usage.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
import { bundledPrices } from "./prices/bundled-prices.ts";
import { createPriceBook, type PriceBook } from "./prices/price-book.ts";

/** Three dollars a million in, 15 out; and one with a price for long prompts. */
export const sonnet = "claude-sonnet-4-20250514";
export const haiku = "claude-haiku-4-5-20251001";

export const book: PriceBook = createPriceBook({ list: await bundledPrices() });

export const turn = (key: string, at: number, more: object = {}): EventDraft => ({
  ...said,
  type: "turn.started",
  key,
  name: "turn",
  ...second(at),
  ...more,
});

export interface CallSaid {
  readonly parent: string;
  readonly at: number;
  readonly model?: string;
  readonly usage?: Usage;
  readonly meter?: string;
  readonly native?: JsonObject;
}

export function call(
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

export const tool = (key: string, name: string, at: number, parent: string): EventDraft => ({
  ...said,
  type: "tool.started",
  key,
  name,
  parent,
  ...second(at),
});

export interface TotalSaid {
  readonly meter: string;
  readonly usage: Usage;
  readonly model?: string;
  readonly reportedUsd?: number;
  readonly native?: {
    readonly usage: { readonly server_tool_use: { readonly web_search_requests: number } };
  };
}

export const total = (
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

export const estimate = (said: TotalSaid): EventDraft =>
  ({ ...total("t", said), final: false }) as EventDraft;

export function ledger(...drafts: readonly EventDraft[]): Ledger {
  const { view, content } = recordedSession(drafts);
  return ledgerOf(view, content, book);
}

export const amounts = ({ lines }: Ledger): readonly string[] =>
  lines.map(({ cost }) => (cost.usd === null ? cost.unknown : exactText(cost.usd)));
