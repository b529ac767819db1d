/** How much two lists have in common at their beginnings, and at the ends of what is left. */
export interface SharedEnds {
  readonly head: number;
  readonly tail: number;
}

/** How many items two lists begin and end with alike, none of them counted twice. */
export function sharedEnds<Item>(before: readonly Item[], after: readonly Item[]): SharedEnds {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return { head, tail };
}
