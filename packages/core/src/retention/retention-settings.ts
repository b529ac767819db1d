import { type Age, ageInMs } from "./age.ts";
import type { RetentionPolicy } from "./policy.ts";

/** How long a record is kept, and how much of it. What is not said has no bound: a record of which nothing is said keeps everything. */
export interface RetentionSettings {
  /** How old a segment is when its content goes, and its entries stay: `"90d"`. */
  readonly warmAfter?: Age;
  /** How old its entries and their sessions are when the entries go, and a line a session stays: `"1y"`. */
  readonly coldAfter?: Age;
  /** What the segments of a lane that have content may hold; beyond it, the oldest lose theirs. */
  readonly hotBytes?: number;
  /** What the segments of a lane without content may hold; beyond it, the oldest go. */
  readonly warmBytes?: number;
  /** Nothing goes before, whatever the bounds say: `"183d"`. */
  readonly atLeast?: Age;
  /** Ids of sessions and users of whom nothing goes, for as long as they stand here. */
  readonly hold?: readonly string[];
}

export function policyOf(settings: RetentionSettings): RetentionPolicy {
  const { warmAfter, coldAfter, hotBytes = null, warmBytes = null, atLeast, hold = [] } = settings;
  return {
    warmAfterMs: ageInMs(warmAfter),
    coldAfterMs: ageInMs(coldAfter),
    hotBytes,
    warmBytes,
    atLeastMs: ageInMs(atLeast) ?? 0,
    hold,
  };
}

/** Each bound stands, but not with another: a sentence for each pair that contradicts itself. */
export function contradictionsIn(settings: RetentionSettings): readonly string[] {
  const { warmAfter, coldAfter, atLeast } = settings;
  const { warmAfterMs, coldAfterMs, atLeastMs } = policyOf(settings);
  return [
    isLess(coldAfterMs, warmAfterMs)
      ? `\`coldAfter\` (${coldAfter}) is shorter than \`warmAfter\` (${warmAfter}): entries cannot go before their content`
      : "",
    isLess(warmAfterMs, atLeastMs)
      ? `\`warmAfter\` (${warmAfter}) is shorter than \`atLeast\` (${atLeast}), before which nothing goes`
      : "",
    isLess(coldAfterMs, atLeastMs)
      ? `\`coldAfter\` (${coldAfter}) is shorter than \`atLeast\` (${atLeast}), before which nothing goes`
      : "",
  ].filter((sentence) => sentence !== "");
}

const isLess = (left: number | null, right: number | null): boolean =>
  left !== null && right !== null && left < right;
