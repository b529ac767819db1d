import { type DiskJournalOptions, diskJournal } from "../journal/disk/disk-journal.ts";
import type { FileSystem } from "../journal/disk/file-system.ts";
import type { Journal } from "../journal/journal.ts";
import { parseEntry } from "../observer/parse-entry.ts";
import { createRecorder } from "../recorder/recorder.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import type { RetentionPolicy } from "./policy.ts";
import { type LaneRetained, retainLane, type RetainOptions } from "./retain-lane.ts";

export const day = 86_400_000;
export const today: number = Date.UTC(2026, 10, 22);

export const keepsAll: RetentionPolicy = {
  warmAfterMs: null,
  coldAfterMs: null,
  hotBytes: null,
  warmBytes: null,
  atLeastMs: 0,
  hold: [],
};

export interface Told {
  readonly session: string;
  readonly daysAgo: number;
  readonly userId?: string;
  /** Nobody sees its turn end. */
  readonly isOpen?: true;
}

/** A question, an answer of a model and what it used: five entries, of which two have content. */
export function turnOf({ session, userId, isOpen }: Told, key: string): readonly EventDraft[] {
  const about = { session, source: "api" } as const;
  const usage = { input: 10, cacheRead: 0, cacheWrite: 0, output: 5, reasoning: 0 };
  const ends: readonly EventDraft[] = [
    { ...about, type: "turn.ended", key, outcome: { status: "ok" }, output: `about ${key}` },
  ];
  return [
    {
      ...about,
      type: "turn.started",
      key,
      name: "ask",
      input: `ask about ${key}`,
      ...(userId === undefined ? {} : { userId }),
    },
    { ...about, type: "model.started", key: `${key}.call`, name: "chat", parent: key },
    {
      ...about,
      type: "usage.reported",
      on: `${key}.call`,
      mark: "final",
      basis: "call",
      usage,
      final: true,
    },
    { ...about, type: "model.ended", key: `${key}.call`, outcome: { status: "ok" } },
    ...(isOpen ? [] : ends),
  ];
}

let turns = 0;

/** Records turns in the first free lane, each in a segment of its own, when it is told to have been; the last one lies in the current segment. */
export async function recordTurns(
  dir: string,
  told: readonly Told[],
  options: Partial<DiskJournalOptions> = {},
): Promise<void> {
  let now = 0;
  const clock = (): number => (now += 1);
  const journal = diskJournal({ dir, clock, ...options });
  const recorder = createRecorder({ journal, clock });
  for (const one of told) {
    now = today - one.daysAgo * day;
    turns += 1;
    for (const draft of turnOf(one, `turn-${turns}`)) recorder.emit(draft);
    if (one !== told.at(-1)) journal.reduction.beginSegment();
  }
  await journal.close();
}

/** Takes lane 0 as `spoor retain` does, applies a policy, and frees it. */
export async function retained(
  dir: string,
  policy: Partial<RetentionPolicy>,
  options: Partial<RetainOptions> = {},
  disk?: FileSystem,
): Promise<LaneRetained> {
  const clock = (): number => options.now ?? today;
  const journal = diskJournal({ dir, lane: "0", maxBytes: null, clock }, disk);
  createRecorder({ journal, clock });
  try {
    return await retainLane({ ...applied(dir, journal, policy), ...options });
  } finally {
    await journal.close();
  }
}

export function applied(
  dir: string,
  journal: Journal,
  policy: Partial<RetentionPolicy>,
): RetainOptions {
  return {
    dir,
    journal,
    policy: { ...keepsAll, ...policy },
    now: today,
    parse: parseEntry,
    isDelivered: () => true,
    isToBeSealed: false,
    abandonAfterMs: day,
  };
}
