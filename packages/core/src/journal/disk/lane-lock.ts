import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";
import { isMissing, JournalError, systemCode } from "./journal-error.ts";
import { laneFolder, laneNumbers, namesIn } from "./layout.ts";
import { generationsIn, greatestGeneration, holderOf, lockFile } from "./lane-holder.ts";
import { ownIdentity } from "./process-identity.ts";
import { removeIfPossible } from "./replace-file.ts";

/**
 * A lane that is held. Its lock is the file `lock.<g>` with the greatest generation g, and it names its holder.
 *
 * Why generations: a dead holder's lock cannot be replaced in place, since between looking and replacing another process may have done the
 * same. A new generation is made by a hard link, which exactly one process wins, and comes into being whole. The greatest generation is
 * never removed, only followed, so it never falls; a process that slept after looking may still win a generation that was long tidied
 * away, but then it finds a greater one when it looks again, and withdraws. Whoever finds none has been the greatest from the moment of
 * the link, and nobody follows a live holder.
 */
export interface LaneLock {
  readonly lane: number;
  readonly folder: string;
  /** False: somebody removed the lane's folder, and perhaps another process has made it anew. True also where that cannot be seen. */
  isHeld(): boolean;
  /** Frees the lane. Never throws: a lock that cannot be rewritten is freed by the end of this thread. */
  release(): void;
}

const mostLanes = 4096;
const mostLooks = 64;

/** Takes the first lane that nobody alive holds, making it where it is missing. */
export function takeLane(dir: string, now: number, files: FileSystem = nodeFileSystem): LaneLock {
  for (let lane = 0; lane < mostLanes; lane += 1) {
    const lock = takeIfFree(dir, lane, now, files);
    if (lock) return lock;
  }
  throw new JournalError("NO_FREE_LANE", `all ${mostLanes} lanes of ${dir} are held`, {
    fix: "Give some of the processes a folder of their own.",
  });
}

/** Takes exactly this lane, or throws a `JournalError`: there is none (`NO_SUCH_LANE`), or somebody writes it (`LANE_HELD`). */
export function takeThisLane(
  dir: string,
  name: string,
  now: number,
  files: FileSystem = nodeFileSystem,
): LaneLock {
  const lane = laneNumbers(dir).find((number) => String(number) === name);
  if (lane === undefined)
    throw new JournalError("NO_SUCH_LANE", `there is no lane ${name} in ${dir}`, {
      fix: "Name one of the lanes that are there.",
    });
  return takeIfFree(dir, lane, now, files) ?? failAsHeld(dir, lane);
}

function failAsHeld(dir: string, lane: number): never {
  const holder = holderOf(laneFolder(dir, lane));
  const who = holder?.pid == null ? "somebody" : `process ${holder.pid} on ${holder.host}`;
  throw new JournalError("LANE_HELD", `lane ${lane} of ${dir} is being written by ${who}`, {
    fix: "Wait until it ends, or stop it.",
  });
}

/** Makes the lane where it is missing. Null: held. */
export function takeIfFree(
  dir: string,
  lane: number,
  now: number,
  files: FileSystem,
): LaneLock | null {
  const folder = laneFolder(dir, lane);
  files.makeFolder(folder);
  const text = `${JSON.stringify({ ...ownIdentity(), takenAt: now })}\n`;
  const generation = takeGeneration(folder, text, files);
  if (generation === null) return null;
  const path = lockFile(folder, generation);
  return {
    lane,
    folder,
    isHeld: () => stillSays(path, text, files),
    release: () => {
      if (stillSays(path, text, files)) release(folder, path, files);
    },
  };
}

/** Null: held. */
function takeGeneration(folder: string, text: string, files: FileSystem): number | null {
  for (let look = 0; look < mostLooks; look += 1) {
    const greatest = greatestGeneration(folder);
    if (holderOf(folder, greatest)) return null;
    const mine = greatest + 1;
    if (!linkGeneration(folder, mine, text, files)) continue;
    try {
      const others = generationsIn(folder).filter((generation) => generation !== mine);
      if (Math.max(0, ...others) > mine) {
        files.remove(lockFile(folder, mine));
        continue;
      }
      tidy(folder, others, files);
      return mine;
    } catch (error) {
      release(folder, lockFile(folder, mine), files);
      throw error;
    }
  }
  return null;
}

/** False: another process was first. */
function linkGeneration(
  folder: string,
  generation: number,
  text: string,
  files: FileSystem,
): boolean {
  const claim = claimFile(folder);
  try {
    files.create(claim, text);
    files.link(claim, lockFile(folder, generation));
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST" || isMissing(error)) return false;
    throw error;
  } finally {
    removeIfPossible(files, claim);
  }
}

function stillSays(path: string, text: string, files: FileSystem): boolean {
  try {
    return files.readWhole(path).toString("utf8") === text;
  } catch (error) {
    return !isMissing(error);
  }
}

function release(folder: string, path: string, files: FileSystem): void {
  const claim = claimFile(folder);
  try {
    files.create(claim, `${JSON.stringify({ ...ownIdentity(), released: true })}\n`);
    files.rename(claim, path);
  } catch {
    removeIfPossible(files, claim);
  }
}

/** Claims are left by processes that were killed. One that is about to link its claim sees that it is gone, and looks again. */
function tidy(folder: string, lower: readonly number[], files: FileSystem): void {
  for (const generation of lower) files.remove(lockFile(folder, generation));
  for (const name of namesIn(folder)) {
    if (name.startsWith(claimPrefix)) files.remove(join(folder, name));
  }
}

const claimPrefix = "claim.";
const claimFile = (folder: string): string => join(folder, `${claimPrefix}${randomUUID()}`);
