import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Where Linux keeps files in memory. */
const memory = "/dev/shm";
const roomOfARun = 2 ** 31;
const prefix = "spoor-tests-";
const hour = 3_600_000;

/**
 * All that the tests of a run write lies in one folder, which goes with the run, whatever a test has left there. It lies in memory where there is
 * room: tests make and remove folders by the thousand, which takes a disk longer than they take for everything else. `npm run test:soak` is
 * for the real disk.
 */
export function setup(): () => void {
  const place = process.env["SPOOR_SOAK"] || !hasRoom(memory) ? tmpdir() : memory;
  removeWhatKilledRunsLeft(place);
  const folder = mkdtempSync(join(place, prefix));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function hasRoom(place: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize > roomOfARun;
  } catch {
    return false;
  }
}

/** A run that lives has made a folder in its own within the hour. */
function removeWhatKilledRunsLeft(place: string): void {
  for (const name of readdirSync(place).filter((one) => one.startsWith(prefix))) {
    const folder = join(place, name);
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > hour) rmSync(folder, { recursive: true, force: true });
  }
}
