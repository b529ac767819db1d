import type { Usage } from "../vocabulary/usage.ts";

/** Tokens as the conventions count them: input with what was read from and written to a cache, output with reasoning. */
export interface Tokens {
  readonly input: number | null;
  readonly output: number | null;
}

/** Of an unknown uncached part no total is made; an unknown cached part adds nothing. */
export function tokensOf({ input, cacheRead, cacheWrite, output }: Usage): Tokens {
  return { input: input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0), output };
}
