import type { CrewEvent } from "../native.ts";
import { type Fields, fieldsOf, textOf } from "../../reading/narrow.ts";
import { eventOf } from "./event.ts";

/** A frame of `flow.stream_events()`: an event under other names. Null: something else. */
export function frameEvent(line: Fields): CrewEvent | null {
  const { id, seq, type, timestamp, parent_id: parent, previous_id: previous } = line;
  const isFrame = textOf(line["channel"]) !== undefined && Array.isArray(line["namespace"]);
  if (!isFrame || textOf(id) === undefined) return null;
  return eventOf({
    ...fieldsOf(line["data"]),
    type,
    timestamp,
    event_id: id,
    parent_event_id: parent,
    previous_event_id: previous,
    emission_sequence: seq,
  });
}
