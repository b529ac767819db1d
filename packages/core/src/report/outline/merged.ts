import { addUsage, unknownUsage } from "../../vocabulary/usage.ts";
import { costReportOf } from "../cost-report.ts";
import type { CostReport, UsageReport } from "../report.ts";
import { usageReport } from "../usage-report.ts";
import type { Named, ToolUse } from "./turn-figures.ts";
import type { Stretch } from "./stretch.ts";

/** The tools of a stretch together, the one called most often first. */
export function toolsOf(turns: Stretch): readonly ToolUse[] {
  const byName = new Map<string, ToolUse>();
  for (const { tools } of turns)
    for (const { name, count, errors } of tools) {
      const known = byName.get(name);
      byName.set(name, {
        name,
        count: count + (known?.count ?? 0),
        errors: errors + (known?.errors ?? 0),
      });
    }
  return [...byName.values()].toSorted((left, right) => right.count - left.count);
}

/** Counts of names together, the greatest first. */
export function countsOf(counts: readonly Named[]): readonly Named[] {
  const byName = new Map<string, number>();
  for (const { name, count } of counts) byName.set(name, count + (byName.get(name) ?? 0));
  return [...byName]
    .map(([name, count]) => ({ name, count }))
    .toSorted((left, right) => right.count - left.count);
}

export function usageOf(turns: Stretch): UsageReport {
  return usageReport(turns.map(({ usage }) => usage).reduce(addUsage, unknownUsage));
}

/** Of a stretch of turns together; what is unknown of one is counted, and left out of the sums. */
export function costOf(turns: Stretch): CostReport {
  return costReportOf(turns.map(({ cost }) => cost));
}
