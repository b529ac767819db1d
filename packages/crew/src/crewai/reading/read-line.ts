import { isRecord, receivedSpans } from "@spoor/core";
import type { CrewaiLine } from "../native.ts";
import { parsed } from "../../reading/narrow.ts";
import { checkpointEvents } from "./checkpoint.ts";
import { eventOf, isEvent } from "./event.ts";
import { frameEvent } from "./frame.ts";
import { listenerLine } from "./listener-line.ts";
import { traceBatch } from "./trace-batch.ts";

/** A line is told by what it holds, whatever its file is called. Null: nothing of CrewAI. */
export function crewaiLine(text: string): CrewaiLine | null {
  const line = parsed(text);
  if (!isRecord(line)) return null;
  const listened = listenerLine(line);
  if (listened !== null) return listened;
  const event = isEvent(line) ? eventOf(line) : frameEvent(line);
  if (event !== null) return { kind: "events", events: [event] };
  const spans = receivedSpans(line);
  if (spans !== null) return { kind: "spans", spans };
  return traceBatch(line) ?? checkpointEvents(line);
}
