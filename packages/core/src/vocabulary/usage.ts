/** Disjoint input buckets; reasoning is a part of output, cacheWrite1h of cacheWrite. Null is unknown, never zero. */
export interface Usage {
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly cacheWrite1h?: number;
  readonly output: number | null;
  readonly reasoning: number | null;
}

export const usageBuckets = ["input", "cacheRead", "cacheWrite", "output", "reasoning"] as const;

/** Nobody counted anything. */
export const unknownUsage: Usage = {
  input: null,
  cacheRead: null,
  cacheWrite: null,
  output: null,
  reasoning: null,
};

type Combine = (left: number, right: number) => number;

/** Bucket by bucket; where one side is unknown the other stands as it is. */
function combine(left: Usage, right: Usage, both: Combine): Usage {
  const bucket = (a: number | null | undefined, b: number | null | undefined): number | null =>
    a === null || a === undefined ? (b ?? null) : b === null || b === undefined ? a : both(a, b);
  const oneHour = bucket(left.cacheWrite1h, right.cacheWrite1h);
  return {
    input: bucket(left.input, right.input),
    cacheRead: bucket(left.cacheRead, right.cacheRead),
    cacheWrite: bucket(left.cacheWrite, right.cacheWrite),
    ...(oneHour === null ? {} : { cacheWrite1h: oneHour }),
    output: bucket(left.output, right.output),
    reasoning: bucket(left.reasoning, right.reasoning),
  };
}

/** Skips unknown members; a bucket is null only where both are. */
export const addUsage = (left: Usage, right: Usage): Usage => combine(left, right, (a, b) => a + b);

/** The greater of each bucket: how snapshots of one growing call are joined. */
export const greaterUsage = (left: Usage, right: Usage): Usage => combine(left, right, Math.max);

/** `first` where it is known, else `second`. */
export const preferUsage = (first: Usage, second: Usage): Usage => combine(first, second, (a) => a);

const beyond = (total: number | null, covered: number | null): number | null =>
  total === null ? null : total - (covered ?? 0);

/** What `total` shows beyond `covered`, signed. What the total does not know stays unknown. */
export function usageBeyond(total: Usage, covered: Usage): Usage {
  return {
    input: beyond(total.input, covered.input),
    cacheRead: beyond(total.cacheRead, covered.cacheRead),
    cacheWrite: beyond(total.cacheWrite, covered.cacheWrite),
    ...(total.cacheWrite1h === undefined
      ? {}
      : { cacheWrite1h: total.cacheWrite1h - (covered.cacheWrite1h ?? 0) }),
    output: beyond(total.output, covered.output),
    reasoning: beyond(total.reasoning, covered.reasoning),
  };
}
