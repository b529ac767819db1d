import type { SpanContext } from "../vocabulary/carrier.ts";
import type { SpanId, TraceId } from "../vocabulary/event.ts";
import type { Node } from "./node.ts";
import type { SessionFold } from "./session-fold.ts";
import { activationOf, turnSpanIdOf } from "./turns.ts";

/** Where an event stands, as far as what was recorded up to it tells. Null is unknown. */
export interface Whereabouts {
  /** Of the span that it is about, by the id under which that goes out. Null: it is the session's own, or nobody has told the trace yet. */
  readonly span: SpanContext | null;
  /** The first activation of its turn. */
  readonly turnSpanId: SpanId | null;
  /** What the span is called. */
  readonly name: string | null;
  /** Its own, or that of the nearest span above that has one. */
  readonly agent: string | null;
  /** As its turn says, else its session. */
  readonly environment: string | null;
  /** The framework gave no session id. */
  readonly sessionInferred: boolean;
}

/** Without a span, or with one that nobody has told of. */
export const nowhere: Omit<Whereabouts, "sessionInferred"> = {
  span: null,
  turnSpanId: null,
  name: null,
  agent: null,
  environment: null,
};

export function whereaboutsOf(
  node: Node,
  session: SessionFold,
): Omit<Whereabouts, "sessionInferred"> {
  const activation = activationOf(node);
  const traceId = traceIdTold(node, activation);
  return {
    span: traceId === null ? null : { traceId, spanId: node.spanId() },
    turnSpanId: activation && turnSpanIdOf(activation, session),
    name: node.opening?.name ?? null,
    agent: agentOf(node),
    environment:
      activation?.ofType("turn.started").find((fact) => fact.environment !== undefined)
        ?.environment ?? null,
  };
}

/** Only what was told: of a turn that goes on from something unknown, the trace may still come. */
export function traceIdTold(node: Node, activation: Node | null): TraceId | null {
  return (
    activation?.opening?.traceId ?? activation?.carrier()?.traceId ?? node.opening?.traceId ?? null
  );
}

export function agentOf(node: Node): string | null {
  for (let at: Node | null = node; at; at = at.parent) if (at.agent) return at.agent;
  return null;
}
