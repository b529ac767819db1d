import type { SpanKind } from "../../run-tree/span.ts";
import type { Outcome } from "../../vocabulary/event.ts";

/** What something found is: a span's kind, or what is said of a session itself. */
export type FoundKind = SpanKind | "session";
/** As its closings tell; nobody has seen what is open end. */
export type FoundStatus = Outcome["status"] | "open";

/** The place in the list is the number in the index: only ever add at the end. */
const kinds: readonly FoundKind[] = [
  "session",
  "turn",
  "model",
  "tool",
  "workflow",
  "agent",
  "task",
  "step",
  "retrieval",
  "guardrail",
  "compaction",
  "other",
];
/** The same for closings; what is open has no number. */
const statuses: readonly Outcome["status"][] = ["ok", "error", "cancelled", "suspended"];

export const kindCode = (kind: FoundKind): number => kinds.indexOf(kind);
export const kindOfCode = (code: number | null): FoundKind | null =>
  code === null ? null : (kinds[code] ?? null);

export const statusCode = (status: FoundStatus): number | null =>
  status === "open" ? null : statuses.indexOf(status);
export const statusOfCode = (code: number | null): FoundStatus =>
  code === null ? "open" : (statuses[code] ?? "open");
