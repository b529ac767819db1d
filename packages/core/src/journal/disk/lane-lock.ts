import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../../vocabulary/json.ts";
import { isMissing, JournalError, systemCode } from "./journal-error.ts";
import { laneFolder, namesIn } from "./layout.ts";
import { parseJson } from "./parse-json.ts";
import { isGone, ownIdentity, parseIdentity } from "./process-identity.ts";

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
  /** Frees the lane. Never throws: a lock that cannot be rewritten is freed by the end of this process. */
  release(): void;
}

const mostLanes = 4096;
const mostLooks = 64;

/** Takes the first lane that nobody alive holds, making it where it is missing. */
export function takeLane(dir: string, now: number): LaneLock {
  for (let lane = 0; lane < mostLanes; lane += 1) {
    const folder = laneFolder(dir, lane);
    mkdirSync(folder, { recursive: true });
    const generation = takeGeneration(folder, now);
    if (generation !== null) return { lane, folder, release: () => release(folder, generation) };
  }
  throw new JournalError("NO_FREE_LANE", `all ${mostLanes} lanes of ${dir} are held`, {
    fix: "Give some of the processes a folder of their own.",
  });
}

/** Null: held. */
function takeGeneration(folder: string, now: number): number | null {
  for (let look = 0; look < mostLooks; look += 1) {
    const greatest = Math.max(0, ...generationsIn(folder));
    if (greatest > 0 && stateOf(lockFile(folder, greatest)) === "held") return null;
    const mine = greatest + 1;
    if (!linkGeneration(folder, mine, now)) continue;
    const others = generationsIn(folder).filter((generation) => generation !== mine);
    if (Math.max(0, ...others) > mine) {
      rmSync(lockFile(folder, mine), { force: true });
      continue;
    }
    for (const lower of others) rmSync(lockFile(folder, lower), { force: true });
    removeClaims(folder);
    return mine;
  }
  return null;
}

/** A lock that vanished was followed since the folder was read: that shows when the next generation is linked. */
function stateOf(path: string): "free" | "held" {
  try {
    const lock = parseJson(readFileSync(path, "utf8"));
    if (isRecord(lock) && lock["released"] === true) return "free";
    const holder = parseIdentity(lock);
    return holder && isGone(holder) ? "free" : "held";
  } catch (error) {
    return isMissing(error) ? "free" : "held";
  }
}

/** False: another process was first. */
function linkGeneration(folder: string, generation: number, now: number): boolean {
  const claim = writeClaim(folder, { ...ownIdentity(), takenAt: now });
  try {
    linkSync(claim, lockFile(folder, generation));
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST" || isMissing(error)) return false;
    throw error;
  } finally {
    rmSync(claim, { force: true });
  }
}

function release(folder: string, generation: number): void {
  try {
    const released = { ...ownIdentity(), released: true };
    renameSync(writeClaim(folder, released), lockFile(folder, generation));
  } catch {
    return;
  }
}

function writeClaim(folder: string, content: object): string {
  const path = join(folder, `${claimPrefix}${randomUUID()}`);
  writeFileSync(path, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: "wx" });
  return path;
}

/** Left by processes that were killed. One that is about to link its claim sees that it is gone, and looks again. */
function removeClaims(folder: string): void {
  for (const name of namesIn(folder)) {
    if (name.startsWith(claimPrefix)) rmSync(join(folder, name), { force: true });
  }
}

const claimPrefix = "claim.";
const lockFile = (folder: string, generation: number): string => join(folder, `lock.${generation}`);

function generationsIn(folder: string): readonly number[] {
  return namesIn(folder)
    .flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);
}
