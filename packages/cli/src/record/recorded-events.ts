import type { AgentEvent, JournalReader } from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import type { Io } from "../io.ts";
import { nothingUnreadable, warnOfUnreadable, withLine } from "./unreadable.ts";

/** The events of a journal, lane by lane. An entry that cannot be read costs nobody the others; how many there were is said at the end, if to anybody. */
export function* recordedEvents(reader: JournalReader, io: Io | null): Iterable<AgentEvent> {
  let unreadable = nothingUnreadable;
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (parsed.ok) yield parsed.event;
    else unreadable = withLine(unreadable, parsed.problem);
  }
  if (io) warnOfUnreadable(io, unreadable);
}
