import { compared } from "./in-order.ts";
import type { StoredObservation, StoredSession } from "./stored.ts";

/** Each observation counts where its own session is: one that names none counts nowhere. */
export function sessionsIn(rows: readonly StoredObservation[]): readonly StoredSession[] {
  return [...Map.groupBy(rows, ({ sessionId }) => sessionId)]
    .flatMap(([id, members]) => (id === null || id === "" ? [] : [sessionOf(id, members)]))
    .toSorted((a, b) => compared(a.id, b.id));
}

function sessionOf(id: string, rows: readonly StoredObservation[]): StoredSession {
  const usage: Record<string, number> = {};
  for (const { usageDetails } of rows)
    for (const [name, count] of Object.entries(usageDetails))
      usage[name] = (usage[name] ?? 0) + count;
  const cost = rows.reduce((sum, { costDetails }) => sum + (costDetails["total"] ?? 0), 0);
  return {
    id,
    traces: new Set(rows.map(({ traceId }) => traceId)).size,
    observations: rows.length,
    usage,
    totalCost: Number(cost.toFixed(12)),
  };
}
