import { entriesFile, segmentFolder, segmentNumbers } from "../../journal/disk/layout.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { rawLinesIfThere } from "../../journal/disk/raw-lines.ts";
import { parseEvent } from "../../schema/parse.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";

/** Where an entry lies in its lane. */
export interface EntryAt {
  readonly segment: number;
  /** Of the segment, from 1. */
  readonly line: number;
}

/** Whether something lies behind an entry in its lane. */
export const isBehind = (at: EntryAt, { segment, line }: EntryAt): boolean =>
  at.segment > segment || (at.segment === segment && at.line > line);

/** An entry that says what went of its session. */
export interface Reduction extends EntryAt {
  readonly event: Extract<AgentEvent, { readonly type: "record.reduced" }>;
}

/** What a lane says of values that are gone. Read only where some are: it goes through the lane again, and so hears also what was said meanwhile. */
export class LaneReductions {
  readonly #bySession: Map<string, Reduction[]>;

  constructor(lane: string) {
    this.#bySession = Map.groupBy(reductionsIn(lane), ({ event }) => event.session);
  }

  /** The first entry behind this one that speaks of the values of its session and segment, for what it speaks of went then; null: nobody has said that they go. */
  explains(session: string, entry: EntryAt): Reduction | null {
    const told = this.#bySession.get(session) ?? [];
    const speaksOf = ({ event }: Reduction): boolean =>
      event.what === "content" && (event.segment ?? entry.segment) === entry.segment;
    return told.find((reduction) => isBehind(reduction, entry) && speaksOf(reduction)) ?? null;
  }
}

const word = '"record.reduced"';

function* reductionsIn(lane: string): Generator<Reduction> {
  for (const segment of segmentNumbers(lane)) {
    let line = 0;
    for (const { bytes } of rawLinesIfThere(entriesFile(segmentFolder(lane, segment)))) {
      line += 1;
      const event = bytes.includes(word) ? eventIn(bytes.toString("utf8")) : null;
      if (event?.type === "record.reduced") yield { segment, line, event };
    }
  }
}

function eventIn(line: string): AgentEvent | null {
  const parsed = parseEvent(parseJson(line));
  return parsed.ok ? parsed.event : null;
}
