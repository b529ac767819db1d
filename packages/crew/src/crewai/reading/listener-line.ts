import { isRecord } from "@spoor/core";
import type { About, CrewaiLine } from "../native.ts";
import { countOf, type Fields, fieldsOf, textOf, told } from "../../reading/narrow.ts";
import { eventOf } from "./event.ts";

/** A line of Spoor's own listener for CrewAI. Null: something else. */
export function listenerLine(line: Fields): CrewaiLine | null {
  if (line["source"] !== "spoor-crewai") return null;
  switch (line["kind"]) {
    case "event":
      return eventLine(line);
    case "crew":
      return { kind: "crew", kickoff: textOf(line["kickoff"]), crew: fieldsOf(line["crew"]) };
    case "lost":
      return {
        kind: "lost",
        about: aboutOf(line),
        mark: `lost:${countOf(line["n"]) ?? ""}`,
        fields: { count: line["count"], reason: line["reason"] },
      };
    default:
      return { kind: "aside", known: line["kind"] === "opened" || line["kind"] === "closed" };
  }
}

function eventLine(line: Fields): CrewaiLine | null {
  if (!isRecord(line["event"])) return null;
  const event = eventOf(line["event"], aboutOf(line));
  return event === null ? null : { kind: "events", events: [event] };
}

function aboutOf(line: Fields): About {
  const emitter = fieldsOf(line["emitter"]);
  return {
    ...told("run", textOf(line["run"])),
    ...told("conversation", textOf(line["session"])),
    ...told("process", textOf(line["process"])),
    ...told("version", textOf(line["crewai"])),
    ...told("flow", textOf(emitter["id"])),
    ...told("resumes", textOf(line["resumes"])),
    ...told("provider", textOf(emitter["provider"])),
    ...told("model", textOf(emitter["model"])),
  };
}
