import { statedUsd, type Usd } from "../report/usd.ts";
import type { Span } from "../run-tree/span.ts";
import type { UsageReport } from "../run-tree/usage-fold.ts";
import type { SpanId } from "../vocabulary/event.ts";
import { type CoveredCalls, coveredBy, totalsOf } from "./rest.ts";

/** The report that holds the cost of something. */
export interface ReportedIn {
  /** The turn on which it was made. */
  readonly turnSpanId: SpanId | null;
  /** Whether it tells models apart. */
  readonly byModel: boolean;
}

export interface ReportedAmount {
  readonly model: string | null;
  readonly usd: Usd;
}

/** Of each counter and model, what was said first: as the run tree adds it up, but exactly. */
export function reportedBy(turn: Span): readonly ReportedAmount[] {
  const readings = new Map<string, ReportedAmount>();
  for (const { meter = null, model = null, reportedUsd } of totalsOf(turn)) {
    const usd = reportedUsd === undefined ? null : statedUsd(reportedUsd);
    const reading = JSON.stringify([meter, model]);
    if (usd !== null && !readings.has(reading)) readings.set(reading, { model, usd });
  }
  return [...readings.values()];
}

/** What the framework reports the cost of: the calls that such counters cover, and the turns whose rest lies in nothing else. */
export function reportedSpans(
  turns: readonly Span[],
  calls: CoveredCalls,
): ReadonlyMap<SpanId, ReportedIn> {
  const reported = new Map<SpanId, ReportedIn>();
  for (const turn of turns) {
    const totals = totalsOf(turn);
    const meters = new Set(totals.filter(isOfCost).map(({ meter }) => meter));
    if (meters.size === 0) continue;
    const told = totals.filter(({ meter }) => meters.has(meter));
    const report: ReportedIn = {
      turnSpanId: turn.turnSpanId,
      byModel: told.every(({ model }) => model !== undefined),
    };
    if (told.length === totals.length) reported.set(turn.spanId, report);
    for (const { spanId } of coveredBy(turn, told, calls)) reported.set(spanId, report);
  }
  return reported;
}

const isOfCost = ({ reportedUsd }: UsageReport): boolean =>
  reportedUsd !== undefined && statedUsd(reportedUsd) !== null;
