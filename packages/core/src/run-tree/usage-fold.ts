import type { EventOf } from "../vocabulary/event.ts";
import {
  addUsage,
  greaterUsage,
  preferUsage,
  type Usage,
  unknownUsage,
  usageBeyond,
} from "../vocabulary/usage.ts";

export type UsageReport = EventOf<"usage.reported">;

export interface BestUsage {
  readonly usage: Usage;
  readonly final: boolean;
}

/**
 * Final beats snapshot; among finals the one that tells most of where the prompt came from, else the first recorded; among snapshots the greater,
 * bucket by bucket. Reports in order of recording.
 */
export function bestUsage(reports: readonly UsageReport[]): BestUsage | null {
  const usages = (final: boolean): readonly Usage[] =>
    reports.filter((report) => report.final === final).map((report) => report.usage);
  const finals = usages(true);
  const snapshots = usages(false);
  if (finals.length + snapshots.length === 0) return null;
  const final = finals.toSorted(finestFirst).reduce(preferUsage, unknownUsage);
  const snapshot = snapshots.reduce(greaterUsage, unknownUsage);
  return { usage: preferUsage(final, snapshot), final: finals.length > 0 };
}

/** A witness that does not know what came from a cache counts it into the input: what another knows of it may not be added to that. */
const finestFirst = (left: Usage, right: Usage): number => splitOf(right) - splitOf(left);

const splitOf = ({ input, cacheRead, cacheWrite }: Usage): number =>
  [input, cacheRead, cacheWrite].filter((bucket) => bucket !== null).length;

export interface TurnTotal extends BestUsage {
  readonly reportedUsd: number | null;
}

/** What the counters of a turn read: the best report of each counter and model, added up. Null: nobody counted. */
export function turnTotal(reports: readonly UsageReport[]): TurnTotal | null {
  const counters = Map.groupBy(reports, (report) =>
    JSON.stringify([report.meter ?? null, report.model ?? null]),
  );
  const readings = [...counters.values()].flatMap((counter): readonly TurnTotal[] => {
    const best = bestUsage(counter);
    const usd = counter.find((report) => report.reportedUsd !== undefined)?.reportedUsd ?? null;
    return best ? [{ ...best, reportedUsd: usd }] : [];
  });
  return readings.length === 0 ? null : readings.reduce(addTotals);
}

function addTotals(left: TurnTotal, right: TurnTotal): TurnTotal {
  const usd = left.reportedUsd ?? right.reportedUsd;
  return {
    usage: addUsage(left.usage, right.usage),
    final: left.final && right.final,
    reportedUsd: usd === null ? null : (left.reportedUsd ?? 0) + (right.reportedUsd ?? 0),
  };
}

/**
 * Signed: a call in flight when its counter was read is a minus there and a plus in the next. A total that is not final takes nothing away from
 * calls that are known: then it is the total that falls short.
 */
export function unattributed(total: TurnTotal, covered: readonly Usage[]): Usage {
  const beyond = usageBeyond(total.usage, covered.reduce(addUsage, unknownUsage));
  return total.final ? beyond : notBelowZero(beyond);
}

function notBelowZero({ cacheWrite1h, ...usage }: Usage): Usage {
  return {
    input: orMore(usage.input),
    cacheRead: orMore(usage.cacheRead),
    cacheWrite: orMore(usage.cacheWrite),
    ...(cacheWrite1h === undefined ? {} : { cacheWrite1h: Math.max(0, cacheWrite1h) }),
    output: orMore(usage.output),
    reasoning: orMore(usage.reasoning),
  };
}

const orMore = (tokens: number | null): number | null =>
  tokens === null ? null : Math.max(0, tokens);
