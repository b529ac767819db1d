import type { DatabaseSync } from "node:sqlite";
import type { MatchingSpans } from "../finding/matching-spans.ts";
import { everything } from "../finding/span-filter.ts";

/** A part of a lane in which something may stand. */
export interface SegmentToRead {
  readonly lane: number;
  readonly number: number;
  /** No span of which an entry lies here began after this. */
  readonly noSpanAfter: number;
  /** Where the entries lie that matter; null: all of them may. */
  readonly offsets: ReadonlySet<number> | null;
}

/** Those in which entries of spans lie that may match, the ones with the latest times first. */
export function segmentsToRead(
  matching: MatchingSpans,
  database: DatabaseSync,
): readonly SegmentToRead[] {
  if (!matching.condition) return [];
  const { sql, values } = matching.condition;
  const offsets = offsetsOf(matching, database);
  const narrowed = sql === everything ? "" : `WHERE id IN (${segmentsWith(sql)})`;
  return database
    .prepare(
      `SELECT id, lane, number, last, timeless FROM segment ${narrowed} ORDER BY lane, number`,
    )
    .all(...values)
    .filter(({ id }) => offsets === null || offsets.has(Number(id)))
    .map(({ id, lane, number, last, timeless }) => ({
      lane: Number(lane),
      number: Number(number),
      noSpanAfter: timeless === 0 ? Number(last ?? -Infinity) : Infinity,
      offsets: offsets?.get(Number(id)) ?? null,
    }))
    .toSorted(({ noSpanAfter: left }, { noSpanAfter: right }) =>
      left === right ? 0 : right - left,
    );
}

const segmentsWith = (condition: string): string =>
  `SELECT segment FROM entry WHERE span IN (SELECT id FROM span WHERE ${condition})`;

/** By segment, where the entries of those sessions lie that may match; null: any may. */
function offsetsOf(
  matching: MatchingSpans,
  database: DatabaseSync,
): ReadonlyMap<number, ReadonlySet<number>> | null {
  const sessions = matching.sessions();
  if (!sessions) return null;
  const found = new Map<number, Set<number>>();
  const entries = database.prepare(
    "SELECT segment, offset FROM entry JOIN span ON span.id = entry.span WHERE session = ?",
  );
  for (const { id } of sessions) {
    for (const row of entries.iterate(id)) {
      const segment = Number(row["segment"]);
      const offsets = found.get(segment) ?? new Set();
      found.set(segment, offsets.add(Number(row["offset"])));
    }
  }
  return found;
}
