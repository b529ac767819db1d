import type { AgentEvent, At, ClosingEvent, MarkEvent } from "../vocabulary/event.ts";
import { isClosing, isOpening } from "../vocabulary/event-kind.ts";
import type { Node } from "./node.ts";
import type { SpanKind, Status } from "./span.ts";
import { observedTime, startTimeOf } from "./times.ts";
import { occurrences } from "./told-alike.ts";

/** The first recorded value of a field, over openings, closings and amendments. */
export type First = <Value>(pick: (fact: AgentEvent) => Value | undefined) => Value | null;

/** The fields that witnesses tell directly, joined: the first recorded value stands, and what comes later fills in. */
export interface Joined {
  readonly kind: SpanKind;
  readonly name: string;
  readonly status: Status;
  readonly errorType: string | null;
  readonly errorPassedOn: boolean;
  readonly started: At | null;
  readonly ended: At | null;
  readonly marks: readonly MarkEvent[];
  readonly first: First;
}

export function join(node: Node): Joined {
  const facts = node.inOrder();
  const openings = facts.filter(isOpening);
  const closings = facts.filter(isClosing);
  const amendments = facts.filter((fact) => fact.type === "span.amended");
  const sayings: readonly AgentEvent[] = [...openings, ...closings, ...amendments];
  const first: First = (pick) => {
    for (const fact of sayings) {
      const value = pick(fact);
      if (value !== undefined) return value;
    }
    return null;
  };
  const [closing] = closings;
  return {
    kind: kindOf(openings[0] ?? closing),
    name: first((fact) => ("name" in fact ? fact.name : undefined)) ?? node.key,
    status: closing?.outcome.status ?? "open",
    ...errorIn(closing),
    started: startTimeOf(node),
    ended: observedTime(closings),
    marks: byTime(occurrences(facts.filter((fact) => !isOpening(fact) && !isClosing(fact)))),
    first,
  };
}

function kindOf(fact: AgentEvent | undefined): SpanKind {
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
    default:
      return "other";
  }
}

function errorIn(closing: ClosingEvent | undefined): Pick<Joined, "errorType" | "errorPassedOn"> {
  if (closing?.outcome.status !== "error") return { errorType: null, errorPassedOn: false };
  const { errorType, passedOn } = closing.outcome;
  return { errorType, errorPassedOn: passedOn ?? false };
}

/** Oldest first; a mark without a time stays with the one that was recorded before it. */
function byTime(marks: readonly MarkEvent[]): readonly MarkEvent[] {
  let ms = 0;
  const placed = marks.map((mark) => ({ mark, ms: (ms = mark.at?.ms ?? ms) }));
  return placed.toSorted((left, right) => left.ms - right.ms).map(({ mark }) => mark);
}
