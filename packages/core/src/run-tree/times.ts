import type { AgentEvent, At } from "../vocabulary/event.ts";
import { isOpening } from "../vocabulary/event-kind.ts";
import type { Node } from "./node.ts";
import type { Span } from "./span.ts";

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

/**
 * A span that leaves and of which no time is known takes the start of the nearest span above it that has one, inferred: where it goes, nobody can
 * place it by the order of recording. Where there is none either, it says by when it had begun.
 */
export function placedInTime(span: Span, { parent, first }: Node): Span {
  if (span.startedAt !== null || span.endedAt !== null) return span;
  for (let above = parent; above; above = above.parent) {
    const began = startTimeOf(above);
    if (began) return { ...span, startedAt: began.ms, inferred: [...span.inferred, "startedAt"] };
  }
  return first ? { ...span, recordedAt: first.recordedAt } : span;
}
