import type { Usage } from "../vocabulary/usage.ts";
import { type Assumption, type Counts, countsOf, promptOf, promptTokens } from "./counts.ts";
import type { Charge, Price, PriceQuestion, PriceTag, Unknown } from "./prices/price.ts";
import type { PriceBook } from "./prices/price-book.ts";
import { type PromptLength, rateAt } from "./prices/rate.ts";
import { surchargeOf } from "./surcharge.ts";
import { type Terms, unknownTerms } from "./terms.ts";
import type { Usd } from "../report/usd.ts";

/** All that decides on what something cost. */
export interface Charged extends PriceQuestion {
  readonly usage: Usage | null;
  /** Default: nobody said, so the standard ones. */
  readonly terms?: Terms;
  /** It is what several calls used, less what is known of these: signed, and nobody knows how long each prompt was. */
  readonly besides?: readonly (Usage | null)[];
}

export interface CostPart {
  readonly charge: Charge;
  readonly count: number;
  /** The price of one. */
  readonly rate: Usd;
  readonly usd: Usd;
}

/** Exact, with where it comes from; or unknown, with the reason in words. Never zero for what is not known. */
export type Cost =
  | {
      readonly usd: Usd;
      /** They add up to `usd`. */
      readonly parts: readonly CostPart[];
      readonly price: PriceTag;
      readonly assumed: readonly Assumption[];
    }
  | ({ readonly usd: null } & Unknown);

/** What one call cost, or the rest of several. */
export function priceCall(charged: Charged, book: PriceBook): Cost {
  const price = book.priceOf(charged);
  if ("unknown" in price) return { usd: null, unknown: price.unknown };
  if (!charged.usage) return { usd: null, unknown: "its tokens were not counted" };
  const counts = countsOf(charged.usage, price.rates);
  if ("unknown" in counts) return { usd: null, unknown: counts.unknown };
  const parts = partsOf(charged, charged.usage, counts, price);
  if ("unknown" in parts) return { usd: null, unknown: parts.unknown };
  return {
    usd: parts.reduce((sum, part) => sum + part.usd, 0n),
    parts,
    price: price.tag,
    assumed: [...assumedIn(charged, price), ...counts.assumed],
  };
}

function partsOf(
  { terms = unknownTerms, besides }: Charged,
  usage: Usage,
  counts: Counts,
  { vendor, rates, tag }: Price,
): readonly CostPart[] | Unknown {
  const surcharge = surchargeOf(vendor, terms);
  if (typeof surcharge !== "function") return surcharge;
  const prompt = besides ? longestPrompt([usage, ...besides], rates) : promptOf(usage, rates);
  const asked: Readonly<Partial<Record<Charge, number | null>>> = {
    ...counts.of,
    webSearch: terms.webSearches ?? 0,
    request: rates.request === undefined ? 0 : besides ? null : 1,
  };
  const parts: CostPart[] = [];
  for (const [charge, count] of Object.entries(asked) as [Charge, number | null][]) {
    const rate = rates[charge];
    if (count === 0 || (count === null && !rate)) continue;
    if (count === null) return { unknown: `${words[charge]} were not counted` };
    if (!rate) return { unknown: `${tag.id} has no price for ${words[charge]}` };
    if (count < 0 && !besides) return { unknown: `${words[charge]} are fewer than none` };
    const standard = rateAt(rate, prompt);
    if (standard === null)
      return { unknown: "its price depends on the length of the prompt, and that is not known" };
    const one = isPerToken(charge) ? surcharge(standard) : standard;
    parts.push({ charge, count, rate: one, usd: one * BigInt(count) });
  }
  return parts;
}

/** No call can have had a longer one than all that was not seen together, or than those that were seen. */
function longestPrompt(usages: readonly (Usage | null)[], rates: Price["rates"]): PromptLength {
  let longest = 0;
  for (const usage of usages) {
    const tokens = usage && promptTokens(usage, rates);
    if (tokens === null) return null;
    longest = Math.max(longest, tokens);
  }
  return { atMost: longest };
}

function assumedIn(
  { provider, terms = unknownTerms }: Charged,
  { rates, hasOtherMedia }: Price,
): readonly Assumption[] {
  return [
    ...(provider === null ? ["the provider is the one that sells the model" as const] : []),
    ...(terms.tier === null ? ["service tier and region are the standard ones" as const] : []),
    ...(hasOtherMedia ? ["all tokens are those of text" as const] : []),
    ...(terms.webSearches === null && rates.webSearch
      ? ["no web search was charged" as const]
      : []),
  ];
}

const words: Readonly<Record<Charge, string>> = {
  input: "input tokens",
  cacheRead: "tokens read from a cache",
  cacheWrite5m: "tokens written to a cache",
  cacheWrite1h: "tokens written to a cache for an hour",
  output: "output tokens",
  reasoning: "reasoning tokens",
  webSearch: "web searches",
  request: "requests",
};

const isPerToken = (charge: Charge): boolean => charge !== "webSearch" && charge !== "request";
