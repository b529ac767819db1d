import type { Usd } from "../../report/usd.ts";

/** What a price list has a price for. Reasoning only where it costs something else than other output. */
export type Charge =
  | "input"
  | "cacheRead"
  | "cacheWrite5m"
  | "cacheWrite1h"
  | "output"
  | "reasoning"
  | "webSearch"
  | "request";

/** The price of one token, search or request; another one for the whole call where its prompt has more tokens than `above`. */
export interface Rate {
  readonly base: Usd;
  /** In ascending order. */
  readonly tiers: readonly { readonly above: number; readonly rate: Usd }[];
}
export type Rates = Readonly<Partial<Record<Charge, Rate>>>;

/** `bundled`: came with a library; `refreshed`: fetched since; `file`: a list that the config names; `own`: a price that the config states. */
export type PriceSource = "bundled" | "refreshed" | "file" | "own";

/** Where a price comes from: on every line that was priced. */
export interface PriceTag {
  /** Whose price list, and the model as that names it: `anthropic/claude-sonnet-5`. */
  readonly id: string;
  /** The day (UTC) whose price this is: that of the call, or the one that prices are pinned to. Null: nobody knows when the call was made, and there is one price only. */
  readonly asOf: string | null;
  /** Since which day the list says so; null where it gives no day. */
  readonly since: string | null;
  readonly source: PriceSource;
  /** Which list that is, in words: `@pydantic/genai-prices 0.1.8`. */
  readonly from: string;
}

export interface Price {
  readonly vendor: string;
  readonly tag: PriceTag;
  readonly rates: Rates;
  /** Tokens of sounds or pictures have another price, and usage does not tell them apart. */
  readonly hasOtherMedia: boolean;
}

/** A reason in words. */
export interface Unknown {
  readonly unknown: string;
}

export interface PriceQuestion {
  /** As the provider's answer names it. */
  readonly model: string | null;
  /** Null: whose model it is, is read off its name. */
  readonly provider: string | null;
  /** When the call was made, in milliseconds. */
  readonly at: number | null;
}

/** A question that can be looked up. */
export interface PriceAsked extends PriceQuestion {
  readonly model: string;
}

/** Of a time that a calendar has. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().replace(/T.*/, "");
export const dayOrNull = (ms: number | null): string | null => (ms === null ? null : dayOf(ms));

/** When a day like `2026-01-31` begins in UTC, in milliseconds. Null where it is no day of the calendar. */
export function dayStart(day: string): number | null {
  const ms = Date.parse(day);
  return Number.isNaN(ms) || dayOf(ms) !== day ? null : ms;
}
