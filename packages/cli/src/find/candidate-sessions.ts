import { contentReader, journalReader } from "@spoor/core";
import type { EntryPlace, Search, SessionFilter } from "@spoor/core/search";
import type { Io } from "../io.ts";
import {
  foldedOnce,
  type OneSession,
  type ReadEntry,
  sessionBySession,
} from "../record/session-by-session.ts";
import { warnOfUnreadable } from "../record/unreadable.ts";
import { openIndex } from "./open-index.ts";

/** What the index can answer of sessions; what is undefined may be anything. The status follows only from all of a session. */
export interface Asked {
  /** Who used it. */
  readonly user: string | undefined;
  /** A tool that was called in it. */
  readonly tool: string | undefined;
  /** Active at this time or later, in milliseconds since the epoch. */
  readonly since: number | undefined;
}

/**
 * The sessions of a journal that can match, in the order and form of `sessionBySession`: all that do, and those of which no time is known. Of the
 * others as little as possible is read. Where nothing is asked that the index can answer, none is made.
 */
export async function candidateSessions(
  folder: string,
  asked: Asked,
  io: Io,
): Promise<Iterable<OneSession>> {
  const filter = filterOf(asked);
  if (Object.keys(filter).length === 0) return sessionBySession(folder, io);
  const search = await openIndex(folder, io);
  try {
    const all = search.sessions().length;
    const wanted = new Set([...search.sessions(filter), ...timeless(search, filter)]);
    if (wanted.size * 2 > all) return sessionBySession(folder, io, (id) => wanted.has(id));
    const places = new Map(Array.from(wanted, (id) => [id, search.places(id)]));
    return sessionsAt(folder, places, search.unreadable, io);
  } finally {
    search.close();
  }
}

function filterOf({ user, tool, since }: Asked): SessionFilter {
  return {
    ...(user === undefined ? {} : { user }),
    ...(tool === undefined ? {} : { tool }),
    ...(since === undefined ? {} : { since }),
  };
}

/** They are counted where a time is asked for, whoever used them: nothing of them is at any time. */
function timeless(search: Search, { since, ...filter }: SessionFilter): readonly string[] {
  if (since === undefined) return [];
  const { user: _, ...anybody } = filter;
  return search.sessions({ ...anybody, since: Number.POSITIVE_INFINITY });
}

function* sessionsAt(
  folder: string,
  places: ReadonlyMap<string, ReturnType<Search["places"]>>,
  unreadable: number,
  io: Io,
): Iterable<OneSession> {
  const counts = new Map(Array.from(places, ([id, entries]) => [id, entries.length]));
  yield* foldedOnce(entriesAt(folder, [...places.values()].flat()), counts, (id) => places.has(id));
  warnOfUnreadable(io, { lines: unreadable, ofAnotherVersion: 0 });
}

/** In the order of the journal, each segment by a reader of its own: an index of content goes with its segment. */
function* entriesAt(folder: string, places: readonly EntryPlace[]): Iterable<ReadEntry> {
  for (const { lane, segment, offsets } of bySegment(places)) {
    const reader = journalReader(folder);
    const content = contentReader(reader);
    const last = offsets.at(-1) ?? 0;
    const wanted = new Set(offsets);
    const from = { segment, offset: offsets[0] ?? 0 };
    for (const { position, line } of reader.entriesOf(String(lane), from)) {
      if (position.segment !== segment || position.offset > last) break;
      if (wanted.has(position.offset)) yield { line, content };
    }
  }
}

interface SegmentPlaces {
  readonly lane: number;
  readonly segment: number;
  /** Ascending. */
  readonly offsets: number[];
}

function bySegment(places: readonly EntryPlace[]): readonly SegmentPlaces[] {
  const sorted = places.toSorted(
    (left, right) =>
      left.lane - right.lane || left.segment - right.segment || left.offset - right.offset,
  );
  const found: SegmentPlaces[] = [];
  for (const { lane, segment, offset } of sorted) {
    const current = found.at(-1);
    if (current?.lane === lane && current.segment === segment) current.offsets.push(offset);
    else found.push({ lane, segment, offsets: [offset] });
  }
  return found;
}
