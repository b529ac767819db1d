import { readTraceContext } from "../../vocabulary/carrier.ts";
import type { AgentEvent, Held, Outcome, SpanId } from "../../vocabulary/event.ts";
import { isClosing, isOpening } from "../../vocabulary/event-kind.ts";
import { spanIdOf } from "../../vocabulary/identity.ts";
import type { FoundKind } from "../store/codes.ts";

/** What some facts about one span amount to. Null: they do not say. */
export interface SpanFacts {
  readonly kind: FoundKind | null;
  readonly name: string | null;
  readonly agent: string | null;
  /** The one that answered, else the one that was asked for. */
  readonly model: string | null;
  readonly status: Outcome["status"] | null;
  /** The earliest time that is told. */
  readonly at: number | null;
  readonly parent: SpanId | null;
  /** Of a turn that goes on: its first activation. */
  readonly began: SpanId | null;
  /** Of a turn, or of the session itself. */
  readonly user: Held | null;
}

/**
 * The first recorded value stands, as in the run tree. `said`: in the order of recording, about one span or one session itself. That something
 * went says nothing about it.
 */
export function factsOf(said: readonly AgentEvent[]): SpanFacts {
  const facts = said.filter(({ type }) => type !== "record.reduced");
  const openings = facts.filter(isOpening);
  const closings = facts.filter(isClosing);
  const amendments = facts.filter((fact) => fact.type === "span.amended");
  return {
    kind: kindOf(openings[0] ?? closings[0] ?? facts[0]),
    name: openings[0]?.name ?? firstOf(amendments, ({ name }) => name),
    agent: firstOf(openings, ({ agent }) => agent),
    model: modelIn(facts),
    status: closings[0]?.outcome.status ?? null,
    at: earliestOf(facts),
    parent: parentIn(facts),
    began: beganIn(openings[0], facts),
    user: firstOf(facts, (fact) =>
      fact.type === "session.started" || fact.type === "turn.started" ? fact.userId : undefined,
    ),
  };
}

function kindOf(fact: AgentEvent | undefined): FoundKind | null {
  switch (fact?.type) {
    case "turn.started":
    case "turn.ended":
      return "turn";
    case "model.started":
    case "model.ended":
      return "model";
    case "tool.started":
    case "tool.ended":
      return "tool";
    case "work.started":
      return fact.kind;
    case "work.ended":
      return "other";
    default:
      return fact?.spanId === null ? "session" : null;
  }
}

function modelIn(facts: readonly AgentEvent[]): string | null {
  return (
    firstOf(facts, (fact) => (fact.type === "model.ended" ? fact.model : undefined)) ??
    firstOf(facts, (fact) => (fact.type === "model.started" ? fact.requestModel : undefined))
  );
}

function parentIn(facts: readonly AgentEvent[]): SpanId | null {
  for (const fact of facts) {
    if (!("parent" in fact) || typeof fact.parent !== "string") continue;
    const parent = spanIdOf(fact.session, fact.parent);
    if (!facts.some(({ spanId }) => spanId === parent)) return parent;
  }
  return carriedParentIn(facts);
}

/** It is known for one of the session where that is looked for. What a turn came with is no parent of it. */
function carriedParentIn(facts: readonly AgentEvent[]): SpanId | null {
  const carrier = firstOf(facts, (fact) =>
    isOpening(fact) && fact.type !== "turn.started" && typeof fact.parent === "object"
      ? fact.parent
      : undefined,
  );
  return carrier && (readTraceContext(carrier)?.spanId ?? null);
}

/** As it was stamped; where that knew of no suspension, as the carrier says that came. */
function beganIn(opening: AgentEvent | undefined, facts: readonly AgentEvent[]): SpanId | null {
  if (opening?.type !== "turn.started") return null;
  if (opening.turnSpanId !== null) return opening.turnSpanId ?? null;
  const carrier = firstOf(facts, (fact) =>
    "parent" in fact && typeof fact.parent === "object" ? fact.parent : undefined,
  );
  return carrier && (readTraceContext(carrier)?.spanId ?? null);
}

function earliestOf(facts: readonly AgentEvent[]): number | null {
  let earliest: number | null = null;
  for (const { at } of facts) if (at) earliest = Math.min(earliest ?? at.ms, at.ms);
  return earliest;
}

function firstOf<Fact, Value>(
  facts: readonly Fact[],
  pick: (fact: Fact) => Value | undefined,
): Value | null {
  for (const fact of facts) {
    const value = pick(fact);
    if (value !== undefined) return value;
  }
  return null;
}
