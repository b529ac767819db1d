import { type ContentFieldOf, contentFieldsOf } from "../vocabulary/content-fields.ts";
import type { EventType } from "../vocabulary/event.ts";

type NounOf<Type extends string> = Type extends `${infer Noun}.${string}` ? Noun : never;
type OwnField<Type extends EventType> = Exclude<ContentFieldOf<Type> & string, "native" | "userId">;

/** A content field by what it belongs to: `turn.input`, `tool.output`, `message.content`, `interrupt.payload`. */
type FieldPlace = {
  [Type in EventType]: `${NounOf<Type>}.${OwnField<Type>}`;
}[EventType];

export type ContextPlace = "context.messages" | "context.instructions" | "context.tools";

/**
 * Where a value stands, as redactors are told. `native` is what a framework said and the vocabulary has no word for, on any event; `name` is
 * every free text in an entry itself (names, tags, labels, models, error types).
 */
export type Place = FieldPlace | ContextPlace | "session.userId" | "native" | "name";

/** The place of a content field of an event. */
export function placeOf(type: EventType, field: string): Place {
  if (field === "native") return "native";
  if (field === "userId") return "session.userId";
  return `${type.slice(0, type.indexOf("."))}.${field}` as Place;
}

/** A field of an event that holds content, and the place that it is. */
export interface ContentPlace {
  readonly field: string;
  readonly place: Place;
}

const known: Map<EventType, readonly ContentPlace[]> = new Map();

export function contentPlacesOf(type: EventType): readonly ContentPlace[] {
  let places = known.get(type);
  if (!places) {
    places = contentFieldsOf(type).map((field) => ({ field, place: placeOf(type, field) }));
    known.set(type, places);
  }
  return places;
}
