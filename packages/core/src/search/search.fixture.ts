import { diskJournal } from "../journal/disk/disk-journal.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { tickingClock } from "../testing-kit/recording.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import type { Hit } from "./finding/hit.ts";
import { openSearch, type Query, type Search } from "./search.ts";

export interface RecordOptions {
  /** Small, so that a few entries lie in several segments. */
  readonly segmentBytes?: number;
  readonly maxBytes?: number | null;
  /** When the first entry is recorded. */
  readonly startMs?: number;
}

/** Records, as from a recording, into the first lane that is free, and frees it. */
export async function recordInto(
  dir: string,
  drafts: Iterable<EventDraft>,
  { startMs, ...options }: RecordOptions = {},
): Promise<void> {
  const clock = tickingClock(startMs);
  const journal = diskJournal({ dir, clock, maxBytes: null, ...options });
  const recorder = createRecorder({ journal, clock, recording: true });
  for (const draft of drafts) recorder.emit(draft);
  await journal.close();
}

/** Opens the index, asks, and closes it. */
export function asking<Answer>(dir: string, ask: (search: Search) => Answer): Answer {
  const search = openSearch(dir);
  try {
    return ask(search);
  } finally {
    search.close();
  }
}

export const find = (dir: string, query: Query = {}): readonly Hit[] =>
  asking(dir, (search) => [...search.find(query)]);

/** All that an index can be asked about a journal, so that two of them can be compared. */
export function everythingIn(dir: string): unknown {
  return asking(dir, (search) => {
    const sessions = search.sessions();
    return {
      unreadable: search.unreadable,
      hits: [...search.find()],
      active: search.lastActivity(),
      later: search.sessions({ since: 1_020 }),
      oldestFirst: [...search.find({ order: "oldest" })].length,
      sessions: sessions.map((session) => ({
        session,
        of: [...search.find({ session, kind: "session" })],
        places: search.places(session),
      })),
    };
  });
}
