import type { Usage } from "@spoor/core";
import { fieldsOf, numberOf } from "../narrow.ts";

const count = (value: unknown): number | null => numberOf(value) ?? null;
const oneHour = (value: unknown): { readonly cacheWrite1h?: number } => {
  const tokens = numberOf(value);
  return tokens === undefined ? {} : { cacheWrite1h: tokens };
};

/** The usage on a message of the API. */
export function callUsage(value: unknown): Usage {
  const fields = fieldsOf(value);
  return {
    input: count(fields["input_tokens"]),
    cacheRead: count(fields["cache_read_input_tokens"]),
    cacheWrite: count(fields["cache_creation_input_tokens"]),
    ...oneHour(fieldsOf(fields["cache_creation"])["ephemeral_1h_input_tokens"]),
    output: count(fields["output_tokens"]),
    reasoning: count(fieldsOf(fields["output_tokens_details"])["thinking_tokens"]),
  };
}

/** The usage in a counter that a result shows for a model. */
export function counterUsage(value: unknown): Usage {
  const fields = fieldsOf(value);
  return {
    input: count(fields["inputTokens"]),
    cacheRead: count(fields["cacheReadInputTokens"]),
    cacheWrite: count(fields["cacheCreationInputTokens"]),
    ...oneHour(fields["cacheCreationEphemeral1hInputTokens"]),
    output: count(fields["outputTokens"]),
    reasoning: count(fields["thinkingTokens"]),
  };
}

const buckets = [
  "input",
  "cacheRead",
  "cacheWrite",
  "cacheWrite1h",
  "output",
  "reasoning",
] as const;
type Combine = (left: number | null, right: number | null) => number | null;

function combine(left: Usage, right: Usage, both: Combine): Usage {
  const cacheWrite1h = both(left.cacheWrite1h ?? null, right.cacheWrite1h ?? null);
  return {
    input: both(left.input, right.input),
    cacheRead: both(left.cacheRead, right.cacheRead),
    cacheWrite: both(left.cacheWrite, right.cacheWrite),
    ...oneHour(cacheWrite1h),
    output: both(left.output, right.output),
    reasoning: both(left.reasoning, right.reasoning),
  };
}

/** What is said of a call only grows: a gateway that has no number for a bucket writes zero, and a later line may have none at all. */
export const grownUsage = (later: Usage, earlier: Usage): Usage =>
  combine(later, earlier, (a, b) => (a === null || b === null ? (a ?? b) : Math.max(a, b)));

/** What a counter rose by. A bucket that it did not show before counts from zero. */
export const riseOf = (now: Usage, before: Usage): Usage =>
  combine(now, before, (a, b) => (a === null ? null : a - (b ?? 0)));

export const isUnknown = (usage: Usage): boolean =>
  buckets.every((bucket) => (usage[bucket] ?? null) === null);

export const sameUsage = (left: Usage, right: Usage): boolean =>
  buckets.every((bucket) => (left[bucket] ?? null) === (right[bucket] ?? null));

/** Whether a counter went back in any bucket. */
export const fell = (rise: Usage): boolean => buckets.some((bucket) => (rise[bucket] ?? 0) < 0);

export const isNothing = (rise: Usage): boolean =>
  buckets.every((bucket) => (rise[bucket] ?? 0) === 0);
