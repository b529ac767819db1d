import {
  type Charge,
  dayOrNull,
  dayStart,
  type Price,
  type PriceAsked,
  type Rate,
} from "./price.ts";
import { rateFrom, type StatedRate } from "./rate.ts";

/** A price that the user states, because of a contract, or because no list knows the model. What is left out has no price. */
export interface OwnPrice {
  /** Dollars for a million tokens, as all up to `reasoning`. */
  readonly input?: StatedRate;
  readonly cacheRead?: StatedRate;
  /** Of writes that last five minutes. */
  readonly cacheWrite?: StatedRate;
  readonly cacheWrite1h?: StatedRate;
  readonly output?: StatedRate;
  /** Where it costs something else than other output. */
  readonly reasoning?: StatedRate;
  /** Dollars for a thousand searches of the provider's own. */
  readonly webSearch?: number;
  /** Dollars for a thousand calls, besides their tokens. */
  readonly request?: number;
  /** Only at this provider. Absent: whoever sells it. */
  readonly provider?: string;
  /** The first day (UTC) of this price, as in `2026-01-31`. Absent: always. */
  readonly since?: string;
  /** Where it comes from, in words: shown on every line. */
  readonly note?: string;
}

/** By the model's id as answers name it; a `*` at its end stands for anything. Several prices of one model: those of several times, or providers. */
export type OwnPrices = Readonly<Record<string, OwnPrice | readonly OwnPrice[]>>;

/** Who sells a model, by one name for each seller: `said` is what somebody calls it. Null: nobody knows. */
export type SellerOf = (model: string, said: string | null) => string | null;

interface Stated {
  readonly pattern: string;
  readonly own: OwnPrice;
  /** Null: whoever sells it. */
  readonly seller: string | null;
  readonly rates: Price["rates"];
  readonly from: number;
}

/**
 * Throws where one is no price. A model that is named wins over a pattern, a longer pattern over a shorter, a price at one provider over one at any;
 * of what is left, the price in force since last.
 */
export function ownPrices(
  prices: OwnPrices,
  sellerOf: SellerOf,
): (asked: PriceAsked) => Price | null {
  const known = Object.entries(prices)
    .flatMap(([pattern, said]) =>
      (isList(said) ? said : [said]).map((own) => stated(pattern, own, sellerOf)),
    )
    .toSorted(closestFirst);
  return (asked) => {
    if (known.length === 0) return null;
    const seller = sellerOf(asked.model, asked.provider);
    const found = known.find((one) => fits(one, asked.model, seller) && holds(one, asked.at));
    return found ? priceFrom(found, seller, asked.at) : null;
  };
}

const isList = (said: OwnPrice | readonly OwnPrice[]): said is readonly OwnPrice[] =>
  Array.isArray(said);

const closestFirst = (left: Stated, right: Stated): number =>
  compare(closeness(right), closeness(left)) ||
  compare(Number(right.seller !== null), Number(left.seller !== null)) ||
  compare(right.from, left.from);

/** Of numbers that may be infinite. */
const compare = (left: number, right: number): number =>
  left === right ? 0 : left < right ? -1 : 1;

const closeness = ({ pattern }: Stated): number =>
  pattern.endsWith("*") ? pattern.length : Number.POSITIVE_INFINITY;

/** Letter case tells no models apart, in lists neither. */
function fits({ pattern, seller }: Stated, model: string, asked: string | null): boolean {
  if (seller !== null && seller !== asked) return false;
  const [name, wanted] = [model.trim().toLowerCase(), pattern.toLowerCase()];
  return wanted.endsWith("*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

/** At a time that nobody knows: only what held always. */
const holds = ({ from }: Stated, at: number | null): boolean =>
  from <= (at ?? Number.NEGATIVE_INFINITY);

function priceFrom(
  { pattern, own, rates }: Stated,
  seller: string | null,
  at: number | null,
): Price {
  const vendor = seller ?? "own";
  return {
    vendor,
    tag: {
      id: `${vendor}/${pattern}`,
      asOf: dayOrNull(at),
      since: own.since ?? null,
      source: "own",
      from: own.note ?? "the config",
    },
    rates,
    hasOtherMedia: false,
  };
}

function stated(pattern: string, own: OwnPrice, sellerOf: SellerOf): Stated {
  const { since, provider } = own;
  const from = since === undefined ? Number.NEGATIVE_INFINITY : dayStart(since);
  if (from === null)
    throw new TypeError(`the price of ${pattern} holds since no day (2026-01-31): ${since}`);
  const seller = provider === undefined ? null : sellerOf(pattern, provider);
  return { pattern, own, seller, rates: ratesOf(pattern, own), from };
}

const million = 6;
const thousand = 3;
const charges = [
  ["input", "input", million],
  ["cacheRead", "cacheRead", million],
  ["cacheWrite", "cacheWrite5m", million],
  ["cacheWrite1h", "cacheWrite1h", million],
  ["output", "output", million],
  ["reasoning", "reasoning", million],
  ["webSearch", "webSearch", thousand],
  ["request", "request", thousand],
] as const satisfies readonly (readonly [keyof OwnPrice, Charge, number])[];

function ratesOf(pattern: string, own: OwnPrice): Price["rates"] {
  const rates: Partial<Record<Charge, Rate>> = {};
  for (const [name, charge, power] of charges) {
    const said = own[name];
    if (said === undefined) continue;
    const rate = rateFrom(said, power);
    if (!rate)
      throw new TypeError(
        `the price of ${pattern} for ${name} is no amount of dollars up to a million with at most 22 decimals: ${JSON.stringify(said)}`,
      );
    rates[charge] = rate;
  }
  return rates;
}
