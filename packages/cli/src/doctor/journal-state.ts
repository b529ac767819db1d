import { accessSync, constants, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRecord, journalReader } from "@spoor/core";
import { OpenTurns, sealStanding, type SealStanding } from "@spoor/core/audit";
import { coverageOf } from "./coverage.ts";
import type { JournalState, LaneState, SealState } from "./diagnosis.ts";
import { LaneEntries, type LanesTogether } from "./lane-entries.ts";
import { laneWriters, type LaneWriting } from "./lane-writer.ts";

export interface JournalPlan {
  readonly dir: string;
  /** Where it would lie for somebody who was told something else. */
  readonly otherDirs: readonly string[];
  readonly maxBytes: number | null;
  /** Whoever records with this config seals what is recorded. */
  readonly sealed: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What lies in a journal and who writes it. Changes nothing: whether it can be written is asked, not tried. */
export function journalState({ dir, otherDirs, maxBytes, sealed, now }: JournalPlan): JournalState {
  const exists = isFolder(dir);
  const sessions = new Map<string, number>();
  const lanes = exists ? laneStates(dir, sessions, now) : [];
  return {
    dir,
    exists,
    readable: lanes !== null,
    writable: mayWrite(exists ? dir : nearestFolder(dir)),
    maxBytes,
    sealed,
    sessions: sessions.size,
    lanes: lanes ?? [],
    coverage: lanes === null || sessions.size === 0 ? null : coverageOf(dir, sessions),
    elsewhere: otherDirs.find((other) => other !== dir && isFolder(join(other, "lanes"))) ?? null,
  };
}

/** Null where the file system does not let us look. */
function laneStates(
  dir: string,
  sessions: Map<string, number>,
  now: number,
): readonly LaneState[] | null {
  const turns = new OpenTurns();
  try {
    const lanes = Array.from(laneWriters(dir), ([lane, writing]) =>
      laneState({ dir, lane, now }, writing, { sessions, turns }),
    );
    return lanes.map((state) => ({ ...state, openTurns: turns.countIn(state.lane) }));
  } catch {
    return null;
  }
}

interface LaneAsked {
  readonly dir: string;
  readonly lane: string;
  readonly now: number;
}

function laneState(
  { dir, lane, now }: LaneAsked,
  writing: LaneWriting,
  together: LanesTogether,
): Omit<LaneState, "openTurns"> {
  const folder = join(dir, "lanes", lane);
  const removed = removedFrom(folder);
  // Before the entries, so that what comes meanwhile is not sealed yet.
  const standing = sealStanding(dir, lane);
  const sealed = (standing.size ?? 0) - removed;
  const entries = new LaneEntries(lane, sealed, together);
  for (const { line } of journalReader(dir).entriesOf(lane)) entries.see(line);
  return {
    lane,
    ...entries.counts,
    removed,
    bytes: bytesIn(join(folder, "segments")),
    ...writing,
    seal: sealState(standing, Math.max(0, entries.counts.entries - sealed), entries, now),
  };
}

function sealState(
  { origin, keyIsExposed, ...standing }: SealStanding,
  unsealed: number,
  { unsealedSince }: LaneEntries,
  now: number,
): SealState | null {
  if (origin === null && standing.writtenAt === null) return null;
  const unsealedForMs = unsealedSince === null ? null : Math.max(0, now - unsealedSince);
  return { origin, ...standing, unsealed, unsealedForMs, keyExposed: keyIsExposed };
}

/** As `removed.json` has it; where it cannot be read, none are known. */
function removedFrom(lane: string): number {
  try {
    const account: unknown = JSON.parse(readFileSync(join(lane, "removed.json"), "utf8"));
    return isRecord(account) && typeof account["entries"] === "number" ? account["entries"] : 0;
  } catch {
    return 0;
  }
}

function bytesIn(folder: string): number {
  if (!isFolder(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false }))
    .reduce((sum, status) => sum + (status?.size ?? 0), 0);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Where a folder that is not there would be made: the first one above it that is something. */
function nearestFolder(dir: string): string {
  const above = dirname(dir);
  if (above === dir || statSync(dir, { throwIfNoEntry: false })) return dir;
  return nearestFolder(above);
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return isFolder(path);
  } catch {
    return false;
  }
}
