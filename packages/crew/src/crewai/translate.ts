import type { EventDraft } from "@spoor/core";
import { begin } from "./beginnings.ts";
import { callKey } from "./drafts/calls.ts";
import { marksOf } from "./drafts/marks.ts";
import { type Placed, said } from "./drafts/place.ts";
import { toolRefused, wasRefused } from "./drafts/tools.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { end } from "./ends.ts";
import { boundOf } from "./families.ts";
import { type Known, nothingKnown } from "./known.ts";
import type { CrewEvent, LostLines } from "./native.ts";
import type { Fields } from "../reading/narrow.ts";
import type { Identified } from "./older/identified.ts";
import { createIdentifier } from "./older/identify.ts";
import { isSilent } from "./words.ts";

/** The events of one recording, in whatever order they arrive. */
export interface EventReader {
  read(event: CrewEvent): Iterable<EventDraft>;
  /** How a crew is made, told before it is kicked off. */
  crew(kickoff: string, crew: Fields): void;
  lost(lines: LostLines): Iterable<EventDraft>;
}

export function createEventReader(elsewhere: Elsewhere): EventReader {
  const identify = createIdentifier();
  const known = nothingKnown(elsewhere);
  return {
    *read(event) {
      if (isSilent(event.type)) return;
      for (const identified of identify(event)) yield* readEvent(known, identified);
    },
    crew(kickoff, crew) {
      known.crews.set(kickoff, crew);
    },
    lost: (lines) => known.sessions.lost(lines),
  };
}

function* readEvent(known: Known, event: Identified): Iterable<EventDraft> {
  const bound = boundOf(event.type);
  if (bound?.how === "started") yield* begin(known, event, bound.family);
  else if (bound !== null) yield* end(known, event, bound);
  else yield* happen(known, event);
}

/** Something that is no scope. */
function* happen(known: Known, event: Identified): Iterable<EventDraft> {
  const { scopes, sessions, astray } = known;
  const place = astray.placeOf(event, scopes);
  const session = sessions.of(event, event.id, place, scopes);
  yield* sessions.announce(event, session);
  const placed: Placed = {
    event,
    session,
    id: event.id,
    on: place === undefined ? undefined : scopes.spanIn(place),
  };
  switch (event.type) {
    case "llm_stream_chunk":
    case "llm_thinking_chunk":
      yield* answerBegan(known, placed);
      return;
    case "tool_failure_detected":
      yield* wasRefused(event.fields) ? toolRefused(placed) : [];
      return;
    default:
      yield* marksOf(placed);
  }
}

function* answerBegan({ answering }: Known, placed: Placed): Iterable<EventDraft> {
  const on = callKey(placed.event);
  if (on === undefined || answering.has(on)) return;
  answering.set(on, true);
  yield { ...said(placed), type: "output.began", on, mark: "first" };
}
