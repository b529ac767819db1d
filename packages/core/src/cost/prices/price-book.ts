import { sellerOf } from "./find-model.ts";
import { listedPrices } from "./listed-prices.ts";
import { once } from "./once.ts";
import { type OwnPrices, ownPrices } from "./own-prices.ts";
import { dayStart, type Price, type PriceQuestion, type Unknown } from "./price.ts";
import type { PriceList } from "./price-list.ts";

export interface PriceBookOptions {
  readonly list: PriceList;
  /** They win over the list. */
  readonly own?: OwnPrices;
  /** Every call is priced as if it had been made on this day (`2026-01-31`, UTC): so months can be compared. */
  readonly pinnedTo?: string;
}

/** What a model cost at a time. Never a guess: what it does not know, it says in words. */
export interface PriceBook {
  priceOf(question: PriceQuestion): Price | Unknown;
}

/** Throws for options that state no price or no day; answers are never thrown. */
export function createPriceBook({ list, own = {}, pinnedTo }: PriceBookOptions): PriceBook {
  const listedPrice = listedPrices(list);
  const seller = once((model: string) =>
    once((said: string | null) => sellerOf(list.providers, model, said)),
  );
  const ownPrice = ownPrices(own, (model, said) => seller(model)(said));
  const pin = pinnedTo === undefined ? null : dayStart(pinnedTo);
  if (pinnedTo !== undefined && pin === null)
    throw new TypeError(`prices are pinned to a day like 2026-01-31, not to ${pinnedTo}`);
  return {
    priceOf({ model, provider, at: calledAt }) {
      if (model === null) return { unknown: "which model answered is not known" };
      const asked = { model, provider, at: pin ?? timeIn(calledAt) };
      return ownPrice(asked) ?? listedPrice(asked);
    },
  };
}

/** Records come from outside: what no calendar has is no time. */
const timeIn = (ms: number | null): number | null =>
  ms === null || Number.isNaN(new Date(ms).getTime()) ? null : ms;
