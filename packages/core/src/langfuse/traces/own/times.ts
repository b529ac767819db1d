import type { At } from "../../../vocabulary/event.ts";
import type { SpanFacts } from "../../facts/span-facts.ts";
import { type Row, timeOf } from "../row.ts";

type TimeName = "startedAt" | "endedAt";

/** When a span began or ended, as exact as it is known. Absent: nobody knew, whatever stands in Langfuse's field. */
export function timeIn(row: Row, facts: SpanFacts, name: TimeName): { readonly at?: At } {
  if (facts.unknown?.includes(name)) return {};
  const ms = facts[name] ?? timeOf(row[name === "startedAt" ? "startTime" : "endTime"]);
  if (ms === null) return {};
  return { at: { ms, ...(facts.inferred?.includes(name) ? { inferred: true } : {}) } };
}
