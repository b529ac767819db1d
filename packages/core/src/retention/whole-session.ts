import { costReportOf } from "../report/cost-report.ts";
import type { SessionSummary, UsageReport } from "../report/report.ts";

/** One session of which parts are told one by one: those in the ledger, and what came since. Oldest first, at least one. */
export function wholeSession(
  parts: readonly [SessionSummary, ...(readonly SessionSummary[])],
): SessionSummary {
  const [first] = parts;
  const last = parts.at(-1) ?? first;
  const known = <Value>(of: (part: SessionSummary) => Value | null): Value | null =>
    parts.map(of).find((value) => value !== null) ?? null;
  const count = (of: (part: SessionSummary) => number): number =>
    parts.reduce((sum, part) => sum + of(part), 0);
  return {
    id: first.id,
    inferred: first.inferred,
    framework: known(({ framework }) => framework),
    userId: known(({ userId }) => userId),
    feature: known(({ feature }) => feature),
    tags: [...new Set(parts.flatMap(({ tags }) => tags))],
    environment: known(({ environment }) => environment),
    release: known(({ release }) => release),
    status: last.status,
    startedAt: known(({ startedAt }) => startedAt),
    endedAt: last.endedAt,
    turns: count(({ turns }) => turns),
    modelCalls: count(({ modelCalls }) => modelCalls),
    toolCalls: count(({ toolCalls }) => toolCalls),
    errors: count(({ errors }) => errors),
    usage: parts.map(({ usage }) => usage).reduce(sumOf),
    unattributed: parts.flatMap(({ unattributed }) => unattributed ?? []).reduce(sumOrNull, null),
    usageComplete: parts.every(({ usageComplete }) => usageComplete),
    cost: costReportOf(parts.map(({ cost }) => cost)),
  };
}

const buckets = ["input", "cacheRead", "cacheWrite", "output", "reasoning"] as const;

/** A bucket is unknown only where both are. */
function sumOf(left: UsageReport, right: UsageReport): UsageReport {
  const sums = buckets.map((bucket): readonly [string, number | null] => {
    const [one, other] = [left[bucket], right[bucket]];
    return [bucket, one === null && other === null ? null : (one ?? 0) + (other ?? 0)];
  });
  return { ...left, ...Object.fromEntries(sums) };
}

const sumOrNull = (left: UsageReport | null, right: UsageReport): UsageReport =>
  left === null ? right : sumOf(left, right);
