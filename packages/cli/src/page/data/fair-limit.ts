/**
 * How long each may be, so that all together fit the budget: the greatest limit for which the sum of what is left stays within it. Short ones
 * stay whole, and of the long ones each gives up as much as it must, not the last of them everything.
 */
export function fairLimit(lengths: readonly number[], budget: number, longest: number): number {
  const sorted = lengths.map((length) => Math.min(length, longest)).toSorted((a, b) => a - b);
  let left = budget;
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return longest;
}
