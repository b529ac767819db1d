import { type Usage, usageBuckets } from "../../vocabulary/usage.ts";
import { integer, type KeyValue } from "../wire/key-value.ts";

/**
 * Tokens as the conventions count them: input includes what was read from and written to a cache, output includes reasoning. Of an unknown
 * uncached part no total is made; an unknown cached part adds nothing.
 */
export function tokenAttributes(prefix: string, usage: Usage): readonly KeyValue[] {
  const { input, cacheRead, cacheWrite, output, reasoning } = usage;
  const allInput = input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0);
  return [
    ...integer(`${prefix}.input_tokens`, allInput),
    ...integer(`${prefix}.cache_read.input_tokens`, cacheRead),
    ...integer(`${prefix}.cache_write.input_tokens`, cacheWrite),
    ...integer(`${prefix}.output_tokens`, output),
    ...integer(`${prefix}.reasoning.output_tokens`, reasoning),
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
