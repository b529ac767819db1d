import { type Place, placeOf } from "../redaction/place.ts";
import type { Span, SpanKind } from "../run-tree/span.ts";
import { contentFieldsOf } from "../vocabulary/content-fields.ts";
import type { AgentEvent, ContextDifference, Held } from "../vocabulary/event.ts";

/** What an item of a batch refers to, and where that stands in it. */
export type Placed = readonly [Held, Place];

export function placesInSpan(span: Span): readonly Placed[] {
  const noun = nounOf(span.kind);
  return [
    ...placed(span.input, `${noun}.input`),
    ...placed(span.output, `${noun}.output`),
    ...placed(span.expected, "work.expected"),
    ...placed(span.detail, `${noun}.detail`),
    ...placed(span.parameters, "model.parameters"),
    ...placed(span.native, "native"),
    ...placed(span.labels.userId, "session.userId"),
    ...placesInContext(span.context),
    ...span.marks.flatMap(placesInEvent),
  ];
}

export function placesInEvent(event: AgentEvent): readonly Placed[] {
  const fields = event as unknown as Readonly<Record<string, Held | undefined>>;
  return [
    ...contentFieldsOf(event.type).flatMap((field) =>
      placed(fields[field], placeOf(event.type, field)),
    ),
    ...("context" in event ? placesInContext(event.context) : []),
  ];
}

/** Of the messages only what is new in it: the others are found when the whole list is asked for. */
function placesInContext(context: ContextDifference | null | undefined): readonly Placed[] {
  if (!context) return [];
  const { instructions, tools, add } = context;
  const messages = typeof add === "string" ? [] : add;
  return [
    ...placed(instructions, "context.instructions"),
    ...placed(tools, "context.tools"),
    ...messages.flatMap((message) => placed(message, "context.messages")),
  ];
}

function placed(held: Held | null | undefined, place: Place): readonly Placed[] {
  return held === null || held === undefined ? [] : [[held, place]];
}

function nounOf(kind: SpanKind): "turn" | "model" | "tool" | "work" {
  return kind === "turn" || kind === "model" || kind === "tool" ? kind : "work";
}
