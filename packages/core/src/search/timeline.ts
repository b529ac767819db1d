import type { DatabaseSync } from "node:sqlite";
import type { Position } from "../journal/journal.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import type { EntryLines, EntryPlace } from "./indexing/entry-lines.ts";

/** One event of a session, and where it lies. */
export interface TimelineEntry {
  readonly event: AgentEvent;
  readonly lane: string;
  readonly position: Position;
}

/** Where the entries of a session lie, lane by lane, in the order of each. */
export function placesOf(database: DatabaseSync, session: string): readonly EntryPlace[] {
  return database
    .prepare(
      `SELECT lane, number, offset FROM span JOIN entry ON entry.span = span.id JOIN segment ON segment.id = entry.segment
        WHERE session = (SELECT id FROM session WHERE name = ?) ORDER BY lane, number, offset`,
    )
    .all(session)
    .map((row) => ({
      lane: Number(row["lane"]),
      segment: Number(row["number"]),
      offset: Number(row["offset"]),
    }));
}

/** By time, then lane, then sequence; what has no time stays with what was recorded before it in its lane. */
export function timelineOf(
  places: readonly EntryPlace[],
  lines: EntryLines,
): readonly TimelineEntry[] {
  let ms = -Infinity;
  let lane = -1;
  const placed = places.flatMap((place) => {
    const event = lines.eventAt(place);
    if (!event) return [];
    if (place.lane !== lane) ms = -Infinity;
    lane = place.lane;
    ms = event.at?.ms ?? ms;
    const position = { segment: place.segment, offset: place.offset };
    return [{ ms, entry: { event, lane: String(lane), position } }];
  });
  return placed
    .toSorted((left, right) => (left.ms === right.ms ? 0 : left.ms - right.ms))
    .map(({ entry }) => entry);
}
