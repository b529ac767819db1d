import type { AgentEvent, EventOf, Held, SpanId, TraceId } from "../vocabulary/event.ts";
import { spanIdOf, traceIdOf } from "../vocabulary/identity.ts";
import { linkedCause, linksOf } from "./links-of.ts";
import { callUsageOf } from "./call-usage.ts";
import { type First, join } from "./join.ts";
import type { Node } from "./node.ts";
import type { SessionFold } from "./session-fold.ts";
import type { Span, SpanLabels } from "./span.ts";
import { activationOf, continuationOf, turnSpanIdOf, turnUsageOf } from "./turns.ts";
import { isUnsampled } from "./unsampled.ts";
import { agentOf, traceIdTold } from "./whereabouts.ts";

/** The span that the facts about a node amount to. Pure; null where the node is only a name that others refer to. */
export function spanOf(node: Node, session: SessionFold): Span | null {
  if (!node.isSpan()) return null;
  const activation = activationOf(node);
  const joined = join(node);
  const { first, started, ended } = joined;
  const traceId = traceIdIn(activation, node);
  const otherSpanIds = node
    .spanIds()
    .filter((spanId) => spanId !== node.spanId())
    .toSorted();
  const call = node.isModel ? callUsageOf(node) : null;
  const totals = node.isTurn ? turnUsageOf(node, session) : null;
  const field = (name: string): string | null => first((fact) => textField(fact, name));
  const links = linksOf(node, first, traceId);
  return {
    session: session.id,
    sessionInferred: session.started?.inferred ?? false,
    traceId,
    spanId: node.spanId(),
    ...(otherSpanIds.length > 0 ? { otherSpanIds } : {}),
    ...(isUnsampled(node, traceId) ? { unsampled: true } : {}),
    parentSpanId: parentSpanIdOf(node, session, traceId),
    turnSpanId: activation && turnSpanIdOf(activation, session),
    turnName: activation && (activation.agent ?? activation.opening?.name ?? null),
    kind: joined.kind,
    key: node.key,
    name: joined.name,
    agent: agentOf(node),
    status: joined.status,
    errorType: joined.errorType,
    errorPassedOn: joined.errorPassedOn,
    detail: heldField(first, "detail"),
    causedBy:
      causeOf(
        first((fact) => ("causedBy" in fact ? fact.causedBy : undefined)),
        session,
      ) ?? linkedCause(node, links),
    attempt: first((fact) => ("attempt" in fact ? fact.attempt : undefined)),
    startedAt: started?.ms ?? null,
    endedAt: ended?.ms ?? null,
    inferred: [
      ...(started?.inferred ? (["startedAt"] as const) : []),
      ...(ended?.inferred ? (["endedAt"] as const) : []),
    ],
    model: field("model"),
    requestModel: field("requestModel"),
    provider: field("provider"),
    operation: first((fact) => ("operation" in fact ? fact.operation : undefined)),
    promptName: field("promptName"),
    promptVersion: field("promptVersion"),
    finishReason: field("finishReason"),
    responseId: field("responseId"),
    toolCallId: field("toolCallId"),
    usage: call?.usage ?? null,
    usageFinal: call?.final ?? false,
    firstOutputAt: joined.marks.find(({ type }) => type === "output.began")?.at?.ms ?? null,
    unattributed: totals?.unattributed ?? null,
    totalsFinal: totals?.total.final ?? true,
    reportedUsd: totals?.total.reportedUsd ?? null,
    input: heldField(first, "input"),
    output: heldField(first, "output"),
    expected: heldField(first, "expected"),
    parameters: heldField(first, "parameters"),
    native: heldField(first, "native"),
    context: first((fact) => ("context" in fact ? fact.context : undefined)),
    continuation: node.isTurn ? continuationOf(node) : null,
    trigger: field("trigger"),
    links,
    labels: labelsOf(activation, session),
    marks: joined.marks,
  };
}

function heldField(first: First, name: string): Held | null {
  return first((fact) => (fact as AgentEvent & Readonly<Record<string, Held | undefined>>)[name]);
}

function textField(fact: AgentEvent, name: string): string | undefined {
  const value: unknown = (fact as AgentEvent & Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : undefined;
}

/** An activation that resumes hangs on the turn's first; what came from outside on its carrier, where that is of the same trace. */
function parentSpanIdOf(node: Node, session: SessionFold, traceId: TraceId): SpanId | null {
  if (node.parent) return node.parent.spanId();
  const turnSpanId = node.isTurn ? turnSpanIdOf(node, session) : null;
  if (turnSpanId !== null && turnSpanId !== node.spanId()) return turnSpanId;
  const carrier = node.carrier();
  return carrier?.traceId === traceId ? carrier.spanId : null;
}

/** Where nobody has told the trace of a span, all that hang together share one: that of their turn, else of the topmost. */
function traceIdIn(activation: Node | null, node: Node): TraceId {
  const told = traceIdTold(node, activation);
  if (told) return told;
  let top = activation ?? node;
  if (!activation) while (top.parent) top = top.parent;
  return top.carrier()?.traceId ?? traceIdOf(top.session, top.key);
}

function causeOf(key: string | null, session: SessionFold): SpanId | null {
  return key === null ? null : (session.find(key)?.spanId() ?? spanIdOf(session.id, key));
}

/** A turn's own labels win over its session's; of each, what was recorded first. */
function labelsOf(activation: Node | null, session: SessionFold): SpanLabels {
  const turns = activation?.ofType("turn.started").toReversed() ?? [];
  const turn: Partial<EventOf<"turn.started">> = Object.assign({}, ...turns);
  const { started } = session;
  return {
    userId: turn.userId ?? started?.userId ?? null,
    feature: turn.feature ?? started?.feature ?? null,
    tags: [...new Set([...(started?.tags ?? []), ...(turn.tags ?? [])])],
    environment: turn.environment ?? started?.environment ?? null,
    release: turn.release ?? started?.release ?? null,
    agentVersion: turn.agentVersion ?? started?.agentVersion ?? null,
  };
}
