import type { About, CrewEvent } from "../native.ts";
import { type Fields, textOf, told } from "../../reading/narrow.ts";
import { timed } from "../time.ts";

/** An event as `model_dump` and `to_json` write it. Null: its type is missing. */
export function eventOf(fields: Fields, about: About = {}): CrewEvent | null {
  const type = textOf(fields["type"]);
  if (type === undefined) return null;
  return {
    type,
    ...told("id", textOf(fields["event_id"])),
    ...told("parent", textOf(fields["parent_event_id"])),
    ...(Object.hasOwn(fields, "started_event_id")
      ? { started: textOf(fields["started_event_id"]) ?? null }
      : {}),
    ...told("previous", textOf(fields["previous_event_id"])),
    ...told("trigger", textOf(fields["triggered_by_event_id"])),
    timed: timed(fields["timestamp"]),
    fields,
    about,
  };
}

const marks = ["event_id", "source_fingerprint", "fingerprint_metadata", "source_type"] as const;

/** Whether an object with a `type` is an event of this bus: each of them says who it came from, if only with null. */
export const isEvent = (fields: Fields): boolean =>
  textOf(fields["type"]) !== undefined &&
  textOf(fields["timestamp"]) !== undefined &&
  marks.some((name) => Object.hasOwn(fields, name));
