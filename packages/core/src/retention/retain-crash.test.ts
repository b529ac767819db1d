import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { dyingAt, unsynced } from "../audit/sealer/dying-disk.fixture.ts";
import { sealLane } from "../audit/sealer/seal-lane.ts";
import { verifyJournal } from "../audit/verify/verify-journal.ts";
import { systemError } from "../journal/disk/failing-disk.fixture.ts";
import type { FileSystem } from "../journal/disk/file-system.ts";
import { contentFolder, laneFolder, segmentFolder } from "../journal/disk/layout.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { day, recordTurns, retained, today } from "./lane.fixture.ts";
import { readLedger } from "./ledger.ts";

const year = { warmAfterMs: 90 * day, coldAfterMs: 365 * day };

let sealed: string;
let dir: string;
beforeEach(async () => {
  const folder = temporaryFolder();
  sealed = join(folder, "sealed");
  dir = join(folder, "journal");
  await recordTurns(sealed, [
    { session: "ancient", daysAgo: 500 },
    { session: "middle", daysAgo: 100 },
    { session: "new", daysAgo: 1 },
  ]);
  await seal(sealed);
});

async function seal(journal: string): Promise<void> {
  const { kind } = await sealLane("0", { dir: journal, files: unsynced, clock: () => today });
  expect(kind).toBe("sealed");
}

/** A process that ended without freeing its lane. */
function freeLane(): void {
  for (const name of readdirSync(laneFolder(dir, 0)))
    if (name.startsWith("lock.")) rmSync(join(laneFolder(dir, 0), name));
}

const findings = (): readonly string[] =>
  verifyJournal(dir).findings.map(({ code, message }) => `${code}: ${message}`);

/** The state that is to be reached, whatever happened before. */
async function mustBeWholeAfterAll(): Promise<void> {
  const { failure } = await retained(dir, year, {}, unsynced);
  expect(failure).toBe(null);
  const segment = (number: number): string => segmentFolder(laneFolder(dir, 0), number);
  expect([1, 2, 3].map((number) => existsSync(segment(number)))).toEqual([false, true, true]);
  expect([2, 3].map((number) => existsSync(contentFolder(segment(number))))).toEqual([false, true]);
  expect(Array.from(readLedger(dir), ([id, lines]) => [id, lines.length])).toEqual([
    ["ancient", 1],
  ]);
  expect(findings()).toEqual([]);
  await seal(dir);
  expect(findings()).toEqual([]);
}

describe("cut off at any call to the disk, nothing is unlawful, and the next time does the rest:", () => {
  test("the process is killed", async () => {
    let isDead = true;
    for (let nth = 0; isDead; nth += 1) {
      cpSync(sealed, dir, { recursive: true });
      const disk = dyingAt(nth);
      await retained(dir, year, { files: disk.files }, disk.files).catch(ignoreDeath);
      isDead = disk.isDead();
      freeLane();
      expect([nth, ...findings()]).toEqual([nth]);
      await mustBeWholeAfterAll();
      rmSync(dir, { recursive: true });
    }
  });

  test("the disk fails once", async () => {
    let hasFailed = true;
    for (let nth = 0; hasFailed; nth += 1) {
      cpSync(sealed, dir, { recursive: true });
      const disk = failingOnceAt(nth);
      await retained(dir, year, { files: disk.files }, disk.files).catch(ignoreDeath);
      hasFailed = disk.hasFailed();
      freeLane();
      expect([nth, ...findings()]).toEqual([nth]);
      await mustBeWholeAfterAll();
      rmSync(dir, { recursive: true });
    }
  });
});

/** The lane could not even be taken. */
function ignoreDeath(_error: unknown): void {
  return;
}

function failingOnceAt(nth: number): { readonly files: FileSystem; hasFailed(): boolean } {
  let count = 0;
  const files = Object.fromEntries(
    Object.entries(unsynced).map(([name, call]: [string, (...given: unknown[]) => unknown]) => [
      name,
      (...given: unknown[]) => {
        count += 1;
        if (count === nth + 1) throw systemError("EIO");
        return call(...given);
      },
    ]),
  );
  return { files: files as unknown as FileSystem, hasFailed: () => count > nth };
}
