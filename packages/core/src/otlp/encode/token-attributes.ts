import { type Usage, usageBuckets } from "../../vocabulary/usage.ts";
import { integer, type KeyValue } from "../wire/key-value.ts";
import type { usageNames } from "./conventions.ts";

/** What the tokens of each bucket are called. */
type TokenNames = Readonly<Record<keyof typeof usageNames, string>>;

/**
 * Tokens as the conventions count them: input includes what was read from and written to a cache, output includes reasoning. Of an unknown
 * uncached part no total is made; an unknown cached part adds nothing.
 */
export function tokenAttributes(called: TokenNames, usage: Usage): readonly KeyValue[] {
  const { input, cacheRead, cacheWrite, output, reasoning } = usage;
  const allInput = input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0);
  return [
    ...integer(called.input, allInput),
    ...integer(called.cacheRead, cacheRead),
    ...integer(called.cacheWrite, cacheWrite),
    ...integer(called.output, output),
    ...integer(called.reasoning, reasoning),
  ];
}

/** A rest is signed where it is kept and never below zero where it is shown. */
export function notBelowZero(usage: Usage): Usage {
  const shown = usageBuckets.map((bucket) => {
    const tokens = usage[bucket];
    return [bucket, tokens === null ? null : Math.max(0, tokens)] as const;
  });
  return { ...usage, ...Object.fromEntries(shown) };
}
