import { isRecord } from "../../vocabulary/json.ts";
import { once } from "./once.ts";
import { findModel, findProvider, type Found } from "./find-model.ts";
import {
  type Charge,
  dayOf,
  dayOrNull,
  type Price,
  type PriceAsked,
  type Rate,
  type Unknown,
} from "./price.ts";
import type { DatedPrices, ListedModel, ListedPrices, PriceList } from "./price-list.ts";
import { rateFrom, type StatedRate } from "./rate.ts";

const million = 6;
const thousand = 3;
const charges: readonly (readonly [name: string, charge: Charge, power: number])[] = [
  ["input_mtok", "input", million],
  ["cache_read_mtok", "cacheRead", million],
  ["cache_write_mtok", "cacheWrite5m", million],
  ["cache_write_5m_mtok", "cacheWrite5m", million],
  ["cache_write_1h_mtok", "cacheWrite1h", million],
  ["output_mtok", "output", million],
  ["output_reasoning_mtok", "reasoning", million],
  ["web_searches_kcount", "webSearch", thousand],
  ["requests_kcount", "request", thousand],
];

/** The price of a model at a time, by a list. Only the data is the list's: the arithmetic is exact, so it is ours. */
export function listedPrices(list: PriceList): (asked: PriceAsked) => Price | Unknown {
  const find = once((model: string) =>
    once((provider: string | null) => lookUp(list.providers, model, provider)),
  );
  const ratesOf = once(ratesFrom);
  return ({ model, provider, at }) => {
    const found = find(model)(provider);
    return "unknown" in found ? found : priceFrom(found, at, { list, ratesOf });
  };
}

function lookUp(
  providers: PriceList["providers"],
  model: string,
  said: string | null,
): Found | Unknown {
  const name = model.toLowerCase().trim();
  const provider = findProvider(providers, name, said);
  if (!provider) return { unknown: noProvider(model, said) };
  return (
    findModel(providers, provider, name) ?? {
      unknown: `${provider.id} has no price for the model ${model}`,
    }
  );
}

function noProvider(model: string, provider: string | null): string {
  return provider === null
    ? `nobody is known to sell the model ${model}`
    : `there is no price list of the provider ${provider}`;
}

interface Rated {
  readonly list: PriceList;
  readonly ratesOf: (prices: ListedPrices) => Price["rates"] | null;
}

function priceFrom(
  { provider, model }: Found,
  at: number | null,
  { list, ratesOf }: Rated,
): Price | Unknown {
  const id = `${provider.id}/${model.id}`;
  const inForce = pricesAt(model, at);
  if (!inForce) return { unknown: noPriceAt(id, at) };
  const rates = ratesOf(inForce.prices);
  if (!rates)
    return { unknown: `what the list has as the price of ${id} is none that can be used` };
  const { source, from } = list;
  const since = startOf(inForce);
  return {
    vendor: provider.id,
    tag: { id, asOf: dayOrNull(at), since, source, from },
    rates,
    hasOtherMedia: Object.keys(inForce.prices).some(isOfOtherMedia),
  };
}

function noPriceAt(id: string, at: number | null): string {
  return at === null
    ? `when the call was made is not known, and the price of ${id} depends on it`
    : `no price of ${id} is known for ${dayOf(at)}`;
}

/** The last one that holds, as the list has it; one that was never another holds at any time. */
function pricesAt({ prices }: ListedModel, at: number | null): DatedPrices | null {
  if (!isList(prices)) return { prices };
  if (at === null) return null;
  return prices.findLast(({ constraint }) => holds(constraint, at)) ?? null;
}

const isList = (prices: ListedModel["prices"]): prices is readonly DatedPrices[] =>
  Array.isArray(prices);

/** Since a day, or at a time of each day. What else may be asked for does not hold. */
function holds(constraint: unknown, at: number): boolean {
  if (constraint === undefined || constraint === null) return true;
  if (!isRecord(constraint)) return false;
  const { start_date: day, start_time: start, end_time: end } = constraint;
  if (typeof day === "string") return at >= Date.parse(day);
  if (typeof start !== "string" || typeof end !== "string") return false;
  const [from, to, now] = [timeOfDay(start), timeOfDay(end), at % dayMs];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

const dayMs = 86_400_000;

/** Of a time like `16:30:00Z`; one that cannot be read is never reached. */
const timeOfDay = (text: string): number => (Date.parse(`1970-01-01T${text}`) + dayMs) % dayMs;

function startOf({ constraint }: DatedPrices): string | null {
  const day = isRecord(constraint) ? constraint["start_date"] : undefined;
  return typeof day === "string" ? day : null;
}

const isOfOtherMedia = (name: string): boolean => /audio|image|video/.test(name);

/** Null where one of them is no price. */
function ratesFrom(prices: ListedPrices): Price["rates"] | null {
  const rates: Partial<Record<Charge, Rate>> = {};
  for (const [name, charge, power] of charges) {
    const stated = prices[name];
    if (stated === undefined || stated === null) continue;
    const rate = isStatedRate(stated) ? rateFrom(stated, power) : null;
    if (!rate) return null;
    rates[charge] = rate;
  }
  return rates;
}

function isStatedRate(value: unknown): value is StatedRate {
  if (typeof value === "number") return true;
  return (
    isRecord(value) &&
    typeof value["base"] === "number" &&
    Array.isArray(value["tiers"]) &&
    value["tiers"].every(
      (tier) =>
        isRecord(tier) && typeof tier["price"] === "number" && typeof tier["start"] === "number",
    )
  );
}
