import type { SpanId } from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";
import { callUsageOf } from "./call-usage.ts";
import type { LeftCall } from "./counters.ts";
import type { Node } from "./node.ts";
import type { SessionFold } from "./session-fold.ts";
import { type TurnTotal, turnTotal, unattributed } from "./usage-fold.ts";

/** The activation that a span lies in: the nearest turn span at or above it. Null: nobody has told. */
export function activationOf(node: Node): Node | null {
  for (let at: Node | null = node; at; at = at.parent) if (at.isTurn) return at;
  return null;
}

/**
 * The span of the turn's first activation, as far as this record knows. Where the recorder of a resume knew of no suspension, the carrier that came names
 * it, and it may lie in what another process recorded.
 */
export function turnSpanIdOf(activation: Node, session: SessionFold): SpanId {
  const said = activation.opening?.turnSpanId;
  if (typeof said === "string") return session.activation(said)?.spanId() ?? said;
  const came = said === null ? activation.carrier() : null;
  const began = came && session.activation(came.spanId);
  return began?.opening?.turnSpanId ?? (began ?? activation).spanId();
}

/** It goes on from a suspension that nothing in this record leads to. */
export function continuationOf(activation: Node): "unknown" | null {
  return activation.opening?.turnSpanId === null && !activation.carrier() ? "unknown" : null;
}

export interface TurnUsage {
  readonly total: TurnTotal;
  readonly unattributed: Usage;
}

/**
 * What the counters reported on this activation show beyond the calls they cover: those that name one of its counters, wherever they lie, and
 * those of its own that name none. Null: nobody counted.
 */
export function turnUsageOf(activation: Node, session: SessionFold): TurnUsage | null {
  const reports = activation.ofType("usage.reported").filter(({ basis }) => basis === "total");
  const total = turnTotal(reports);
  if (!total) return null;
  const covered = new Set<Node | LeftCall>();
  for (const { meter } of reports)
    if (meter !== undefined)
      for (const call of session.counters.coveredBy(meter)) covered.add(call);
  for (const node of below(activation)) if (node.isModel && !namesCounter(node)) covered.add(node);
  const usages = [...covered].flatMap(
    (call) => ("usage" in call ? call.usage : callUsageOf(call)?.usage) ?? [],
  );
  return { total, unattributed: unattributed(total, [activation.usageLeft, ...usages]) };
}

function namesCounter(call: Node): boolean {
  return call.ofType("usage.reported").some(({ meter }) => meter !== undefined);
}

/** Everything under an activation, but not under an activation in it. */
export function* below(activation: Node): Iterable<Node> {
  const waiting = [...activation.children];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.isTurn) continue;
    yield node;
    for (const child of node.children) waiting.push(child);
  }
}

/** Whether a counter that somebody read covers the call: one that it names, or where it names none, one of its own turn. */
export function isCounted(call: Node, session: SessionFold): boolean {
  const meters = call.ofType("usage.reported").flatMap(({ meter }) => meter ?? []);
  if (meters.length > 0) return meters.some((meter) => session.counters.isRead(meter));
  const activation = activationOf(call);
  return activation !== null && activation.ofType("usage.reported").length > 0;
}
