import { resolve } from "node:path";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { leaveWish, wishesIn } from "../../journal/disk/erasure-wishes.ts";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import { asError, JournalError } from "../../journal/disk/journal-error.ts";
import { hashedName, laneFolder, laneNumbers } from "../../journal/disk/layout.ts";
import { type SubjectInLane, subjectInLane } from "../../journal/disk/subject-in-lane.ts";
import { syncErased } from "../../journal/disk/sync-erased.ts";
import { createRecorder } from "../../recorder/recorder.ts";

export interface EraseOptions {
  readonly dir: string;
  /** A user, or a session that was recorded without one. */
  readonly subject: string;
  /** The words of who asked for it. They stay in the record. */
  readonly reason?: string;
  readonly clock: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Only looks, and changes nothing. Default: false. */
  readonly dryRun?: boolean;
  /** How long processes are waited for that write a lane. Default: 10 s. */
  readonly patienceMs?: number;
}

/**
 * What became of what lay in a lane. `found`: it is there, and was only looked for. `erased`: it is gone. `waiting`: a process writes the lane and has not done it yet; that process does, or whoever takes
 * the lane next. `failed`: it could not be done now; whoever takes the lane next tries again.
 */
export interface LaneErasure {
  readonly lane: string;
  readonly state: "found" | "erased" | "waiting" | "failed";
  readonly sessions: readonly string[];
  /** With values, as they were found. */
  readonly files: number;
  readonly bytes: number;
  readonly error: Error | null;
}

interface Lying extends SubjectInLane {
  readonly lane: string;
  readonly folder: string;
  readonly subject: string;
}

type Outcome = Pick<LaneErasure, "state" | "error">;

const defaultPatienceMs = 10_000;
const lookEveryMs = 100;
const found: Outcome = { state: "found", error: null };
const erased: Outcome = { state: "erased", error: null };
const waiting: Outcome = { state: "waiting", error: null };

/**
 * Erases what lies in any lane under a subject, and under those of its sessions that were also recorded without naming it. Only the writer of a lane removes
 * from it: a lane that nobody writes is taken for it, of a process that writes one it is wished. What is cut off is gone on with by whoever takes the lane next.
 * No lanes: nothing lies under the subject, and nothing was touched. Rejects with what the disk says where it cannot be looked for, or not be wished.
 */
export async function eraseSubject(options: EraseOptions): Promise<readonly LaneErasure[]> {
  const { subject, dryRun = false } = options;
  const dir = resolve(options.dir);
  const lying = lyingUnder(dir, subject);
  const lanes = Map.groupBy(lying, ({ lane }) => lane);
  const outcomes = dryRun ? null : await outcomesIn(dir, lying, lanes, options);
  return Array.from(lanes, ([lane, parts]) => ({
    lane,
    ...(outcomes ? (outcomes.get(lane) ?? waiting) : found),
    sessions: [...new Set(parts.flatMap(({ sessions }) => [...sessions]))],
    files: parts.reduce((sum, { files }) => sum + files, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
  }));
}

async function outcomesIn(
  dir: string,
  lying: readonly Lying[],
  lanes: ReadonlyMap<string, readonly Lying[]>,
  { reason, clock, pause, patienceMs = defaultPatienceMs }: EraseOptions,
): Promise<ReadonlyMap<string, Outcome>> {
  for (const one of lying)
    leaveWish(one.folder, { ...one, ...(reason === undefined ? {} : { reason }) }, nodeFileSystem);
  const outcomes = new Map<string, Outcome>();
  for (let waited = 0; ; waited += lookEveryMs) {
    for (const [lane, parts] of lanes)
      if ((outcomes.get(lane) ?? waiting) === waiting)
        outcomes.set(lane, await carriedOut(dir, lane, parts, clock));
    const isWaiting = [...outcomes.values()].includes(waiting);
    if (!isWaiting || waited >= patienceMs) return outcomes;
    await pause(lookEveryMs);
  }
}

function lyingUnder(dir: string, subject: string): readonly Lying[] {
  const own = lyingIn(dir, [subject]);
  const sessions = new Set(own.flatMap((one) => [...one.sessions]));
  sessions.delete(subject);
  return [...own, ...lyingIn(dir, sessions)];
}

function lyingIn(dir: string, subjects: Iterable<string>): readonly Lying[] {
  return Array.from(subjects, hashedName).flatMap((subject) =>
    laneNumbers(dir).flatMap((number) => {
      const folder = laneFolder(dir, number);
      const found = subjectInLane(folder, subject, nodeFileSystem);
      return found ? [{ ...found, lane: String(number), folder, subject }] : [];
    }),
  );
}

async function carriedOut(
  dir: string,
  lane: string,
  parts: readonly Lying[],
  clock: () => number,
): Promise<Outcome> {
  try {
    const failure = areWished(parts) ? await takeLane(dir, lane, clock) : null;
    if (areWished(parts)) return failure ? { state: "failed", error: failure } : waiting;
    for (const { folder } of parts.slice(0, 1)) await syncErased(dir, folder);
    return erased;
  } catch (error) {
    return { state: "failed", error: asError(error) };
  }
}

function areWished(parts: readonly Lying[], files: FileSystem = nodeFileSystem): boolean {
  return parts.some((part) =>
    wishesIn(part.folder, files).some(({ subject }) => subject === part.subject),
  );
}

/** Whoever takes a lane carries out what is wished there. Why it could not; null: it could, or somebody else has the lane. */
async function takeLane(dir: string, lane: string, clock: () => number): Promise<Error | null> {
  try {
    const options = { dir, lane, clock, maxBytes: null, acknowledge: "disk" } as const;
    const journal = diskJournal(options);
    createRecorder({ journal, clock });
    await journal.close();
    return journal.health().failure;
  } catch (error) {
    if (JournalError.is(error) && error.code === "LANE_HELD") return null;
    throw error;
  }
}
