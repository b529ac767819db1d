import type { UsageReport } from "@spoor/core";

/** What the conventions count as input: the cached part as well. Null where nobody knows the rest. */
export function allInput(usage: UsageReport | null): number | null {
  if (!usage || usage.input === null) return null;
  return usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
}
