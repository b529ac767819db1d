import type { AgentEvent, EventOf, EventType, SpanId } from "../vocabulary/event.ts";
import type { EventFields } from "./events.ts";
import type { CasesOf, ObjectOf, Shape } from "./shape.ts";

type Expect<Claim extends true> = Claim;
type Refuse<Claim extends false> = Claim;
/** Each can stand for the other. */
type Mutual<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;
type ForEachType<Claims extends Readonly<Record<EventType, true>>> = Claims;
type Described<Type extends EventType> = { readonly type: Type } & ObjectOf<EventFields[Type]>;

/** What the table describes is what the vocabulary declares, in both directions, for each type of event. */
export type EachTypeIsDescribed = ForEachType<{
  [Type in EventType]: Mutual<Described<Type>, EventOf<Type>>;
}>;
/** By name as well, because an optional field that is forgotten does not show in assignability. */
export type NoFieldIsForgotten = ForEachType<{
  [Type in EventType]: Mutual<keyof Described<Type>, keyof EventOf<Type>>;
}>;
export type TheWholeIsTheEvent = Expect<Mutual<CasesOf<"type", EventFields>, AgentEvent>>;

/** What makes the table strict: a shape of something wider or narrower is another shape. */
export type ANarrowerShapeDoesNotPass = Refuse<Shape<SpanId> extends Shape<string> ? true : false>;
export type AWiderShapeDoesNotPass = Refuse<Shape<string> extends Shape<SpanId> ? true : false>;
