import type { Rate } from "./price.ts";
import { priceOfOne, type Usd } from "../../report/usd.ts";

/** Dollars for so many, as price lists state it; where a prompt is longer than `start`, another price for the whole call. */
export type StatedRate =
  | number
  | {
      readonly base: number;
      readonly tiers: readonly { readonly start: number; readonly price: number }[];
    };

/** No model has ever cost a thousandth of it: beyond, a list is broken. */
const mostDollars = 1_000_000;

/** Of a price for 10^`power`. Null where it is no price. */
export function rateFrom(stated: StatedRate, power: number): Rate | null {
  const { base, tiers } = typeof stated === "number" ? { base: stated, tiers: [] } : stated;
  const one = rateOfOne(base, power);
  const higher = tiers.flatMap(({ start, price }) => {
    const rate = rateOfOne(price, power);
    return rate === null ? [] : [{ above: start, rate }];
  });
  if (one === null || higher.length < tiers.length) return null;
  return { base: one, tiers: higher.toSorted((left, right) => left.above - right.above) };
}

const rateOfOne = (dollars: number, power: number): Usd | null =>
  dollars <= mostDollars ? priceOfOne(dollars, power) : null;

/** How long a prompt was: `atMost`, of calls that nobody saw one by one; null: nobody knows. */
export type PromptLength = { readonly exactly: number } | { readonly atMost: number } | null;

/** The length of the whole prompt decides on the price of the whole call. Null where that would have to be known. */
export function rateAt({ base, tiers }: Rate, prompt: PromptLength): Usd | null {
  const [lowest] = tiers;
  if (!lowest) return base;
  if (prompt === null) return null;
  if ("atMost" in prompt) return prompt.atMost <= lowest.above ? base : null;
  return tiers.findLast(({ above }) => prompt.exactly > above)?.rate ?? base;
}
