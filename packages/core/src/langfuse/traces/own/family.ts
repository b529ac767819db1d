import type { WorkKind } from "../../../vocabulary/event.ts";
import type { Family } from "../reading.ts";

const workKinds: ReadonlySet<string> = new Set<WorkKind>([
  "workflow",
  "agent",
  "task",
  "step",
  "plan",
  "retrieval",
  "memory",
  "guardrail",
  "compaction",
  "other",
]);

/** How the format opens and closes a span of that kind. */
export function familyOf(kind: string): Family {
  return kind === "turn" || kind === "model" || kind === "tool" ? kind : "work";
}

/** A kind that is not known here is work all the same. */
export const workKindOf = (kind: string): WorkKind =>
  workKinds.has(kind) ? (kind as WorkKind) : "other";
