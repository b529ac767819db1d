import { type Charge, dayOrNull, type Price, type PriceAsked, type Rate } from "./price.ts";
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

interface Stated {
  readonly pattern: string;
  readonly own: OwnPrice;
  readonly rates: Price["rates"];
  readonly from: number;
}

/** Throws where one is no price. A model that is named wins over a pattern, a longer pattern over a shorter; of what is left, the price in force since last. */
export function ownPrices(prices: OwnPrices): (asked: PriceAsked) => Price | null {
  const known = Object.entries(prices)
    .flatMap(([pattern, said]) => (isList(said) ? said : [said]).map((own) => stated(pattern, own)))
    .toSorted((left, right) => closeness(right) - closeness(left) || right.from - left.from);
  return (asked) => {
    const found = known.find((one) => fits(one, asked) && holds(one, asked.at));
    return found ? priceFrom(found, asked) : null;
  };
}

const isList = (said: OwnPrice | readonly OwnPrice[]): said is readonly OwnPrice[] =>
  Array.isArray(said);

const closeness = ({ pattern }: Stated): number =>
  pattern.endsWith("*") ? pattern.length : Number.POSITIVE_INFINITY;

function fits({ pattern, own: { provider } }: Stated, asked: PriceAsked): boolean {
  if (provider !== undefined && provider !== asked.provider) return false;
  return pattern.endsWith("*")
    ? asked.model.startsWith(pattern.slice(0, -1))
    : asked.model === pattern;
}

/** At a time that nobody knows: only what held always. */
const holds = ({ from }: Stated, at: number | null): boolean =>
  from <= (at ?? Number.NEGATIVE_INFINITY);

function priceFrom({ pattern, own, rates }: Stated, { provider, at }: PriceAsked): Price {
  const vendor = own.provider ?? provider ?? "own";
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

function stated(pattern: string, own: OwnPrice): Stated {
  const { since } = own;
  const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  if (Number.isNaN(from))
    throw new TypeError(`the price of ${pattern} holds since no day (2026-01-31): ${since}`);
  return { pattern, own, rates: ratesOf(pattern, own), from };
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
        `the price of ${pattern} for ${name} is no amount of dollars with at most 22 decimals: ${JSON.stringify(said)}`,
      );
    rates[charge] = rate;
  }
  return rates;
}
