import type { AgentEvent, At } from "../vocabulary/event.ts";
import { isOpening } from "../vocabulary/event-kind.ts";
import type { Node } from "./node.ts";

/** The first that was read off a clock, else the first that was reasoned. */
export function observedTime(facts: readonly AgentEvent[]): At | null {
  const times = facts.flatMap((fact) => (fact.at ? [fact.at] : []));
  return times.find((at) => !at.inferred) ?? times[0] ?? null;
}

/** When a span began, as its witnesses say; else the earliest time on it or under it, inferred. Null: nobody told any. */
export function startTimeOf(node: Node): At | null {
  const { opening } = node;
  if (opening?.at && !opening.at.inferred) return opening.at;
  const said = observedTime(node.inOrder().filter(isOpening));
  if (said) return said;
  return Number.isFinite(node.earliest) ? { ms: node.earliest, inferred: true } : null;
}
