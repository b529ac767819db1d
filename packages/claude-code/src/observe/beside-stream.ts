import type { EventDraft } from "@spoor/core";

/**
 * What a hook adds where the stream itself is observed: when a tool began and how long it ran, what set a turn off, what needs a person. Where
 * turns, agents and tools lie and how they end, the stream tells. Null: nothing.
 */
export function besideStream(draft: EventDraft): EventDraft | null {
  switch (draft.type) {
    case "session.started":
    case "turn.started":
    case "turn.ended":
    case "work.started":
    case "work.ended":
    case "tool.ended":
      return null;
    case "tool.started": {
      const { parent: _told, ...rest } = draft;
      return rest;
    }
    case "span.amended":
      return draft.mark === "output" ? null : draft;
    default:
      return draft;
  }
}
