import { inputOf } from "../text/tokens.ts";
import type { TurnFigures } from "./turn-figures.ts";

/**
 * Why somebody would look at a turn. `failed`, `cancelled`, `suspended`, `open`, `abandoned`: how it stands. `errors`: something in it failed. `finding`:
 * a detector says so. `compacted`: the conversation was, in it. `trimmed`: its context lost messages. `resumed`: it waited for somebody. `dear`,
 * `long`: far beyond the session's other turns. `fullest`: its context was the longest of all.
 */
export type Remark =
  | "failed"
  | "cancelled"
  | "suspended"
  | "open"
  | "abandoned"
  | "errors"
  | "finding"
  | "compacted"
  | "trimmed"
  | "resumed"
  | "dear"
  | "long"
  | "fullest";

/** So many times the median is far beyond the others. */
const farBeyond = 4;
/** In milliseconds: nobody waits for less. */
const shortestLong = 1_000;
/** Of what is far beyond the others, so many are named. */
const mostOutliers = 5;
/** With fewer turns, nothing is usual yet. */
const fewestTurns = 5;

/** Of each turn, the weightiest remark first. */
export function remarksOn(turns: readonly TurnFigures[]): readonly (readonly Remark[])[] {
  const dear = outliers(turns.map(costOf));
  const long = outliers(turns.map(durationOf), shortestLong);
  const fullest = fullestOf(turns);
  return turns.map((turn, index) => [
    ...(turn.status === "error" ? (["failed"] as const) : []),
    ...(turn.status !== "ok" && turn.status !== "error" ? [turn.status] : []),
    ...(turn.findings.length > 0 ? (["finding"] as const) : []),
    ...(turn.errors > 0 ? (["errors"] as const) : []),
    ...(turn.compactions > 0 ? (["compacted"] as const) : []),
    ...(turn.context?.change === "trimmed" ? (["trimmed"] as const) : []),
    ...(dear.has(index) ? (["dear"] as const) : []),
    ...(long.has(index) ? (["long"] as const) : []),
    ...(turn.activations > 1 ? (["resumed"] as const) : []),
    ...(index === fullest ? (["fullest"] as const) : []),
  ]);
}

/** By our prices, else as reported, else the tokens: what is cheap is cheap by any of them. */
function costOf({ cost, usage }: TurnFigures): number | null {
  return cost.usd ?? cost.reportedUsd ?? inputOf(usage);
}

function durationOf({ endedAt, startedAt }: TurnFigures): number | null {
  return startedAt === null || endedAt === null
    ? null
    : Date.parse(endedAt) - Date.parse(startedAt);
}

function outliers(values: readonly (number | null)[], least: number = 0): ReadonlySet<number> {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  if (known.length < fewestTurns) return new Set();
  const byValue = known.toSorted((left, right) => right.value - left.value);
  const median = byValue[Math.floor(byValue.length / 2)]?.value ?? 0;
  const far = byValue.filter(({ value }) => value > least && value >= median * farBeyond);
  return new Set(far.slice(0, mostOutliers).map(({ index }) => index));
}

function fullestOf(turns: readonly TurnFigures[]): number | null {
  if (turns.length < fewestTurns) return null;
  let fullest: number | null = null;
  let most = 0;
  for (const [index, { context }] of turns.entries())
    if ((context?.tokens ?? 0) > most) [fullest, most] = [index, context?.tokens ?? 0];
  return fullest;
}
