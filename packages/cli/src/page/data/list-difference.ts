import type { PageContext } from "../page-data.ts";

/** What has to be cut after the first few and added there to get from one list to another: what they share at both ends stays. */
export function listDifference(
  before: readonly number[],
  after: readonly number[],
): Pick<PageContext, "keep" | "cut" | "add"> {
  const shorter = Math.min(before.length, after.length);
  let keep = 0;
  while (keep < shorter && before[keep] === after[keep]) keep += 1;
  let tail = 0;
  while (
    tail < shorter - keep &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  return {
    keep,
    cut: before.length - keep - tail,
    add: after.slice(keep, after.length - tail),
  };
}
