import type { AgentEvent, ClosingType, EventDraft, OpeningType } from "./event.ts";

type Saying = AgentEvent | EventDraft;

/** Openings and closings have a key, marks say what they are on, and only closings have an outcome: no other knowledge of types is needed. */
export function isOpening<Said extends Saying>(
  said: Said,
): said is Extract<Said, { readonly type: OpeningType }> {
  return "key" in said && !("outcome" in said);
}

export function isClosing<Said extends Saying>(
  said: Said,
): said is Extract<Said, { readonly type: ClosingType }> {
  return "key" in said && "outcome" in said;
}
