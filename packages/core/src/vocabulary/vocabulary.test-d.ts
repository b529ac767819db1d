import type { AgentEvent, EventDraft, Stamp } from "./event.ts";

type Expect<Claim extends true> = Claim;
type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;
type FieldsOf<Union> = Union extends unknown ? keyof Union : never;

/** A draft cannot say anything that the recorder stamps. */
export type NoDraftFieldIsAStamp = Expect<Same<FieldsOf<EventDraft> & keyof Stamp, never>>;
/** Drafts and events tell of the same types. */
export type DraftsAndEventsShareTypes = Expect<Same<EventDraft["type"], AgentEvent["type"]>>;
