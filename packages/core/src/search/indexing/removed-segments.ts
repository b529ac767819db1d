import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { entriesFile, laneFolder, segmentFolder } from "../../journal/disk/layout.ts";
import { isClosing, isOpening } from "../../vocabulary/event-kind.ts";
import type { EntryLines } from "./entry-lines.ts";
import type { IndexParts } from "./index-parts.ts";
import type { SpanRegrouping } from "./span-regrouping.ts";

/** The segments that are in the index, and whose entries are no longer in the journal. */
export function removedSegments(database: DatabaseSync, dir: string): readonly number[] {
  return database
    .prepare("SELECT id, lane, number FROM segment")
    .all()
    .filter(({ lane, number }) => {
      const folder = segmentFolder(laneFolder(dir, Number(lane)), Number(number));
      return !existsSync(entriesFile(folder));
    })
    .map(({ id }) => Number(id));
}

/** What is told of spans and sessions is then what is left of their entries, and what goes is overwritten. Inside a transaction of the caller. */
export function forgetSegments(
  { database, lines, spans }: IndexParts,
  regrouping: SpanRegrouping,
  segments: readonly number[],
): void {
  const gone = segments.join(", ");
  const idsOf = (sql: string): readonly number[] =>
    database
      .prepare(sql)
      .all()
      .map((row) => Number(Object.values(row)[0]));
  const touched = idsOf(`SELECT DISTINCT span FROM entry WHERE segment IN (${gone})`);
  database.exec(`DELETE FROM entry WHERE segment IN (${gone})`);
  database.exec(`DELETE FROM segment WHERE id IN (${gone})`);
  const sessions = new Set<number>();
  const isLeft = database.prepare("SELECT 1 FROM entry WHERE span = ?");
  for (const id of touched) {
    const span = spans.byId(id);
    if (!span) continue;
    sessions.add(span.session);
    if (span.leader === null && !isLeft.get(id)) spans.remove(id);
    else regrouping.regroup(id);
  }
  for (const session of sessions) measureSession(database, session, lines);
  database.exec("DELETE FROM user WHERE id NOT IN (SELECT user FROM span WHERE user IS NOT NULL)");
}

/** From its entries, because what went may have been the first or the last of it. */
function measureSession(database: DatabaseSync, session: number, lines: EntryLines): void {
  let first: number | null = null;
  let last: number | null = null;
  let timed = 0;
  let entries = 0;
  let recorded: number | null = null;
  const places = database.prepare(
    "SELECT lane, number, offset FROM span JOIN entry ON entry.span = span.id JOIN segment ON segment.id = segment WHERE session = ?",
  );
  for (const row of places.iterate(session)) {
    entries += 1;
    const event = lines.eventAt({
      lane: Number(row["lane"]),
      segment: Number(row["number"]),
      offset: Number(row["offset"]),
    });
    if (!event || event.type === "record.reduced") continue;
    recorded = Math.max(recorded ?? 0, event.recordedAt);
    if (!event.at) continue;
    first = Math.min(first ?? event.at.ms, event.at.ms);
    last = Math.max(last ?? event.at.ms, event.at.ms);
    if (event.type === "session.started" || isOpening(event) || isClosing(event)) timed = 1;
  }
  if (entries === 0) {
    database.prepare("DELETE FROM span WHERE session = ?").run(session);
    database.prepare("DELETE FROM session WHERE id = ?").run(session);
  } else {
    database
      .prepare("UPDATE session SET first = ?, last = ?, timed = ?, recorded = ? WHERE id = ?")
      .run(first, last, timed, recorded, session);
  }
}
