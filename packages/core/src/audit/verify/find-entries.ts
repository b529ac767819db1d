import { Buffer } from "node:buffer";
import { resolve } from "node:path";
import { laneNumbers } from "../../journal/disk/layout.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { parseEvent } from "../../schema/parse.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import { isOpening } from "../../vocabulary/event-kind.ts";
import { LanePassage } from "./lane-passage.ts";
import { lanePlace } from "./lane-place.ts";

/** An entry of a lane's log, with its bytes. */
export interface FoundEntry {
  readonly lane: string;
  /** In the lane's log. */
  readonly index: number;
  readonly segment: number;
  /** In its segment, from 1. */
  readonly line: number;
  readonly event: AgentEvent;
  readonly bytes: Buffer;
}

/**
 * The entries that are called so: those of an event by its id or a beginning of it, or the opening of a span by its id or a beginning of it.
 * Whoever is called just so goes before whoever begins so. An event that was recorded twice is found twice, the first one first.
 */
export function findEntries(dir: string, name: string): readonly FoundEntry[] {
  const named: FoundEntry[] = [];
  const begun: FoundEntry[] = [];
  for (const entry of entriesWith(dir, name)) {
    const names = namesOf(entry.event);
    if (names.includes(name)) named.push(entry);
    else if (names.some((own) => own.startsWith(name))) begun.push(entry);
  }
  return named.length > 0 ? named : begun;
}

function namesOf(event: AgentEvent): readonly string[] {
  return isOpening(event) && event.spanId !== null ? [event.id, event.spanId] : [event.id];
}

/** Only lines that hold the text are looked at more closely. */
function* entriesWith(dir: string, text: string): Generator<FoundEntry> {
  const folder = resolve(dir);
  for (const number of laneNumbers(folder)) {
    const passage = new LanePassage(lanePlace(folder, number).folder);
    for (const segment of passage.segments)
      for (const { bytes, index, number: line } of passage.lines(segment)) {
        if (!bytes.includes(text)) continue;
        const parsed = parseEvent(parseJson(bytes.toString("utf8")));
        if (!parsed.ok) continue;
        const { event } = parsed;
        yield { lane: String(number), index, segment, line, event, bytes: Buffer.from(bytes) };
      }
  }
}
