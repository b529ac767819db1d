import type { Unknown } from "./prices/price.ts";
import type { Terms } from "./terms.ts";
import type { Usd } from "../report/usd.ts";

/** What a token costs on certain terms, from what it costs on the standard ones. */
export type Surcharge = (standard: Usd) => Usd;

const none: Surcharge = (standard) => standard;
/** Batches, and what OpenAI calls flex, cost half of each token price. */
const half: Surcharge = (standard) => standard / 2n;
/** Anthropic, of the models that can be kept in one country: a tenth more for each token. */
const tenthMore: Surcharge = (standard) => (standard * 11n) / 10n;

type ByWord = ReadonlyMap<string, Surcharge>;
interface VendorTerms {
  readonly tiers: ByWord;
  readonly speeds: ByWord;
  readonly regions: ByWord;
}

const elsewhere: VendorTerms = {
  tiers: new Map([
    ["standard", none],
    ["default", none],
  ]),
  speeds: new Map([["standard", none]]),
  regions: new Map([["global", none]]),
};

/** In the words of each vendor's answers. Price lists do not say what priority and fast modes cost, so those have no price. */
const vendors: ReadonlyMap<string, VendorTerms> = new Map([
  [
    "anthropic",
    {
      ...elsewhere,
      tiers: new Map([
        ["standard", none],
        ["batch", half],
      ]),
      regions: new Map([
        ["global", none],
        ["not_available", none],
        ["us", tenthMore],
      ]),
    },
  ],
  [
    "openai",
    {
      ...elsewhere,
      tiers: new Map([
        ["default", none],
        ["standard", none],
        ["flex", half],
        ["batch", half],
      ]),
    },
  ],
]);

/** Null terms are the standard ones. Of terms without a price, the first is named. */
export function surchargeOf(vendor: string, { tier, speed, region }: Terms): Surcharge | Unknown {
  const { tiers, speeds, regions } = vendors.get(vendor) ?? elsewhere;
  const asked = [
    ["service tier", tier, tiers],
    ["speed", speed, speeds],
    ["region", region, regions],
  ] as const;
  let all = none;
  for (const [what, word, byWord] of asked) {
    if (word === null) continue;
    const one = byWord.get(word);
    if (!one) return { unknown: `what ${vendor} charges for the ${what} ${word} is not known` };
    const before = all;
    all = (standard) => one(before(standard));
  }
  return all;
}
