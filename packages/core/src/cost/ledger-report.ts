import { numberOf } from "../report/cost-report.ts";
import { isoTime } from "../report/iso-time.ts";
import type { UsageReport } from "../report/report.ts";
import { usageReport } from "../report/usage-report.ts";
import type { SpanId } from "../vocabulary/event.ts";
import type { Assumption } from "./counts.ts";
import type { LedgerLine } from "./ledger.ts";
import type { Charge, PriceTag } from "./prices/price.ts";
import type { CostPart } from "./price-call.ts";
import type { CostSum } from "./cost-sum.ts";
import type { CostKey, CostSums } from "./tally.ts";
import type { Terms } from "./terms.ts";
import { exactText, type Usd } from "../report/usd.ts";

/** Amounts are numbers, as near as they come; `usdExact` is the same as text, with all its decimals. */
export interface CostSumReport {
  readonly usd: number | null;
  readonly usdExact: string | null;
  readonly calls: number;
  readonly unknownCalls: number;
  readonly unattributedUsd: number | null;
  readonly unknownRests: number;
  readonly usage: UsageReport;
  readonly lines: number;
  readonly reportedUsd: number | null;
  readonly reportedLines: number;
  readonly differenceUsd: number | null;
  readonly reasons: CostSum["reasons"];
  readonly assumed: CostSum["assumed"];
  readonly prices: CostSum["prices"];
}

export interface CostLineReport {
  readonly kind: LedgerLine["kind"];
  readonly session: string;
  readonly turnId: SpanId | null;
  readonly spanId: SpanId;
  readonly at: string | null;
  readonly user: string | null;
  readonly feature: string | null;
  readonly agent: string | null;
  readonly tool: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly terms: Terms;
  readonly usage: (UsageReport & { readonly cacheWrite1h: number | null }) | null;
  readonly usageFinal: boolean;
  readonly usd: number | null;
  readonly usdExact: string | null;
  /** They add up to `usdExact`; `rateExact` is the price of one. */
  readonly parts: readonly {
    readonly charge: Charge;
    readonly count: number;
    readonly rateExact: string;
    readonly usdExact: string;
  }[];
  readonly price: PriceTag | null;
  readonly assumed: readonly Assumption[];
  /** Why there is no cost; null where there is one. */
  readonly unknown: string | null;
}

/** What `spoor cost --json` says after its lines: fields are added, their meanings never change. */
export interface CostSumsReport {
  readonly by: CostKey;
  readonly complete: boolean;
  readonly timeless: number;
  readonly groups: readonly (CostSumReport & { readonly key: string | null })[];
  readonly total: CostSumReport;
}

/** What comes behind the lines there: the groups, the dearest first, and the total. */
export function sumsReport({ by, groups, total, complete, timeless }: CostSums): CostSumsReport {
  return {
    by,
    complete,
    timeless,
    groups: groups.map((group) => ({ key: group.key, ...sumReport(group) })),
    total: sumReport(total),
  };
}

function sumReport(sum: CostSum): CostSumReport {
  return {
    usd: numberOf(sum.usd),
    usdExact: textOf(sum.usd),
    calls: sum.calls,
    unknownCalls: sum.unknownCalls,
    unattributedUsd: numberOf(sum.unattributedUsd),
    unknownRests: sum.unknownRests,
    usage: usageReport(sum.usage),
    lines: sum.lines,
    reportedUsd: numberOf(sum.reportedUsd),
    reportedLines: sum.reportedLines,
    differenceUsd: numberOf(sum.difference),
    reasons: sum.reasons,
    assumed: sum.assumed,
    prices: sum.prices,
  };
}

/** A line as `spoor cost --json` prints it. */
export function lineReport(line: LedgerLine): CostLineReport {
  const { cost, usage } = line;
  const isKnown = cost.usd !== null;
  return {
    kind: line.kind,
    session: line.session,
    turnId: line.turnSpanId,
    spanId: line.spanId,
    at: isoTime(line.at),
    user: line.user,
    feature: line.feature,
    agent: line.agent,
    tool: line.tool,
    model: line.model,
    provider: line.provider,
    terms: line.terms,
    usage: usage && { ...usageReport(usage), cacheWrite1h: usage.cacheWrite1h ?? null },
    usageFinal: line.usageFinal,
    usd: numberOf(cost.usd),
    usdExact: textOf(cost.usd),
    parts: isKnown ? cost.parts.map(partReport) : [],
    price: isKnown ? cost.price : null,
    assumed: isKnown ? cost.assumed : [],
    unknown: isKnown ? null : cost.unknown,
  };
}

function partReport({ charge, count, rate, usd }: CostPart): CostLineReport["parts"][number] {
  return { charge, count, rateExact: exactText(rate), usdExact: exactText(usd) };
}

const textOf = (usd: Usd | null): string | null => (usd === null ? null : exactText(usd));
