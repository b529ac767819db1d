import type { Usage } from "../vocabulary/usage.ts";
import type { Charge, Rates, Unknown } from "./prices/price.ts";
import type { PromptLength } from "./prices/rate.ts";

/** What was taken for granted, because nobody said: named on every line that rests on it. */
export type Assumption =
  | "the model is the one that was asked for"
  | "the provider is the one that sells the model"
  | "the time is reasoned from neighbours"
  | "service tier and region are the standard ones"
  | "all tokens are those of text"
  | "cache writes last five minutes"
  | "no web search was charged";

export interface Counts {
  /** How many of each, as far as the price tells them apart; null: nobody counted. */
  readonly of: Readonly<Partial<Record<Charge, number | null>>>;
  readonly assumed: readonly Assumption[];
}

/**
 * How many tokens are charged at which price. Splits only what has prices of its own: reasoning is output, and a cache write lasts five minutes
 * where nobody says otherwise.
 */
export function countsOf(usage: Usage, rates: Rates): Counts | Unknown {
  const { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning } = usage;
  if (input === null && output === null) return { unknown: "its tokens were not counted" };
  if (Object.values(usage).some((tokens) => tokens !== null && !Number.isSafeInteger(tokens)))
    return { unknown: "its tokens are no whole numbers" };
  const ownReasoning = rates.reasoning !== undefined && output !== null;
  const splitMatters = cacheWrite1h === undefined && cacheWrite !== 0 && cacheWrite !== null;
  return {
    of: {
      input,
      cacheRead,
      cacheWrite5m: cacheWrite === null ? null : cacheWrite - (cacheWrite1h ?? 0),
      cacheWrite1h: cacheWrite1h ?? 0,
      output: ownReasoning && reasoning !== null ? output - reasoning : output,
      ...(ownReasoning ? { reasoning } : {}),
    },
    assumed: splitMatters && rates.cacheWrite1h ? ["cache writes last five minutes"] : [],
  };
}

/** Null where a part of it was not counted. Where nothing is charged for a cache, there is none. */
export function promptOf(usage: Usage, rates: Rates): PromptLength {
  const tokens = promptTokens(usage, rates);
  return tokens === null ? null : { exactly: tokens };
}

export function promptTokens({ input, cacheRead, cacheWrite }: Usage, rates: Rates): number | null {
  const read = cacheRead ?? (rates.cacheRead ? null : 0);
  const written = cacheWrite ?? (rates.cacheWrite5m ? null : 0);
  return input === null || read === null || written === null ? null : input + read + written;
}
