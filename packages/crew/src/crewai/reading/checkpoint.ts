import { isRecord } from "@spoor/core";
import type { CrewaiLine, CrewEvent } from "../native.ts";
import { countOf, type Fields, fieldsOf, textOf } from "../../reading/narrow.ts";
import { eventOf } from "./event.ts";

/** A checkpoint file holds the events so far. Null: something else. */
export function checkpointEvents(line: Fields): CrewaiLine | null {
  const { nodes } = fieldsOf(line["event_record"]);
  if (!isRecord(nodes)) return null;
  const version = textOf(line["crewai_version"]);
  const about = version === undefined ? {} : { version };
  const events = Object.values(nodes).flatMap((node): readonly CrewEvent[] => {
    const event = eventOf(fieldsOf(fieldsOf(node)["event"]), about);
    return event === null ? [] : [event];
  });
  return { kind: "events", events: events.toSorted((one, other) => placeOf(one) - placeOf(other)) };
}

/** Nodes stand in no order; within one kickoff the numbers of its events are those of their emission. */
const placeOf = ({ fields }: CrewEvent): number => countOf(fields["emission_sequence"]) ?? 0;
