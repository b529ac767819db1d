import type { SpanKind } from "../../run-tree/span.ts";
import type { Outcome } from "../../vocabulary/event.ts";

/** What something found is: a span's kind, or what is said of a session itself. */
export type FoundKind = SpanKind | "session";
/** As its closings tell; nobody has seen what is open end. */
export type FoundStatus = Outcome["status"] | "open";

/** All that something found can be. The place in the list is the number in the index: only ever add at the end. */
export const foundKinds: readonly FoundKind[] = [
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
  "plan",
  "memory",
];
/** The same for closings; what is open has no number. */
const closed: readonly Outcome["status"][] = ["ok", "error", "cancelled", "suspended"];
export const foundStatuses: readonly FoundStatus[] = [...closed, "open"];

export const kindCode = (kind: FoundKind): number => foundKinds.indexOf(kind);
export const kindOfCode = (code: number | null): FoundKind | null =>
  code === null ? null : (foundKinds[code] ?? null);

export const statusCode = (status: FoundStatus): number | null =>
  status === "open" ? null : closed.indexOf(status);
export const statusOfCode = (code: number | null): FoundStatus =>
  code === null ? "open" : (closed[code] ?? "open");
