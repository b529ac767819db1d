import type { AgentEvent, JournalReader } from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import type { Io } from "./io.ts";
import { plural, warn } from "./output.ts";

/** The events of a journal, lane by lane. An entry that cannot be read costs nobody the others; how many there were is said at the end, if to anybody. */
export function* recordedEvents(reader: JournalReader, io: Io | null): Iterable<AgentEvent> {
  let unreadable = 0;
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (parsed.ok) yield parsed.event;
    else unreadable += 1;
  }
  if (io && unreadable > 0)
    warn(io, `left out what cannot be read in the journal: ${plural(unreadable, "line")}`);
}
