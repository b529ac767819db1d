import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { leaveWish } from "../../journal/disk/erasure-wishes.ts";
import { codesOf } from "../../journal/disk/failing-codes.fixture.ts";
import { systemError } from "../../journal/disk/failing-disk.fixture.ts";
import { type DiskCall, faultyDisk } from "../../journal/disk/faulty-disk.fixture.ts";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";
import { hashedName, laneFolder } from "../../journal/disk/layout.ts";
import { subjectInLane } from "../../journal/disk/subject-in-lane.ts";
import { createRecorder } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import { dyingAt } from "../sealer/dying-disk.fixture.ts";
import * as evidence from "../verify/evidence.fixture.ts";
import { verifyJournal } from "../verify/verify-journal.ts";
import { eraseSubject } from "./erase-subject.ts";
import { filesWith, valuesOf } from "./three-subjects.fixture.ts";

const anna = "anna@example.com";
const word = "question 0 of 0";
const bert = { id: "bert@example.com", sessions: ["thread 1"], word: "of 1" };

/** A lane of several segments. */
async function recorded(): Promise<string> {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, [...evidence.conversation(3), say.interrupt("turn 1", "approval")], {
    segmentBytes: 5_000,
  });
  return dir;
}

function wish(dir: string): void {
  const lane = laneFolder(dir, 0);
  const subject = hashedName(anna);
  const found = subjectInLane(lane, subject, nodeFileSystem);
  if (!found) throw new Error("nothing was recorded");
  expect(found.files).toBeGreaterThan(1);
  leaveWish(lane, { ...found, subject, reason: "ticket 17" }, nodeFileSystem);
}

const nothingIsWrong = (dir: string): void => expect(verifyJournal(dir).findings).toEqual([]);

interface Taker {
  /** Resolves when what was wished is gone, or was tried. */
  readonly look: () => Promise<void>;
  readonly say: (draft: EventDraft) => void;
  readonly close: () => Promise<void>;
}

/** A process that takes the lane, and looks once more when it is told to. */
function taker(dir: string, files: FileSystem): Taker {
  let look = neverAsked;
  const again = (asked: () => Promise<void>): (() => void) => {
    look = asked;
    return () => {};
  };
  const journal = diskJournal({ dir, lane: "0", clock: () => 5_000, again }, files);
  const recorder = createRecorder({ journal, clock: () => 5_000 });
  return {
    look: () => look(),
    say: (draft) => void recorder.emit(draft),
    close: () => journal.close(),
  };
}

/** Whatever was done by then: it is gone on with. */
async function mustEndWell(dir: string, ofBert: unknown): Promise<void> {
  nothingIsWrong(dir);
  const lanes = await eraseSubject({
    dir,
    subject: anna,
    clock: () => 6_000,
    pause: () => Promise.resolve(),
  });
  for (const { state } of lanes) expect(state).toBe("erased");
  expect(filesWith(dir, word)).toEqual([]);
  expect(readdirSync(join(dir, "lanes/0/erasures"))).toEqual([]);
  expect(readdirSync(join(dir, "lanes/0/keys"))).not.toContain(hashedName(anna));
  expect(valuesOf(dir, bert)).toEqual(ofBert);
  nothingIsWrong(dir);
}

test("a process that ends at any call of an erasure leaves nothing unexplained, and the next erasure ends it", async () => {
  let calls = 0;
  for (; ; calls += 1) {
    const dir = await recorded();
    const ofBert = valuesOf(dir, bert);
    wish(dir);
    const { files, isDead } = dyingAt(calls);
    try {
      await taker(dir, files).close();
    } catch {
      expect(isDead()).toBe(true);
    }
    // The lock of a thread that is gone is free; this one lives.
    for (const name of readdirSync(join(dir, "lanes/0")))
      if (name.startsWith("lock.")) rmSync(join(dir, "lanes/0", name));
    await mustEndWell(dir, ofBert);
    rmSync(dir, { recursive: true });
    if (!isDead()) break;
  }
  expect(calls).toBeGreaterThan(20);
}, 120_000);

const calls: readonly DiskCall[] = [
  ...(["open", "openToRead", "size", "read", "write", "truncate", "close"] as const),
  ...(["makeFolder", "list", "readWhole", "create", "rename", "link", "remove"] as const),
  ...(["removeByAndBy", "syncNow"] as const),
];

test.each(codesOf(calls))(
  "wherever %s fails with %s, nothing is unexplained, and the next look or the next erasure ends it",
  async (call, code) => {
    for (let nth = 0; ; nth += 1) {
      const dir = await recorded();
      const ofBert = valuesOf(dir, bert);
      const disk = faultyDisk();
      const { look, close } = taker(dir, disk.files);
      wish(dir);
      disk.arm([{ call, code, first: nth, times: 1, afterBytes: nth % 2 }]);
      await look();
      const hasFailed = disk.failed() > 0;
      disk.arm([]);
      nothingIsWrong(dir);
      if (nth % 2 === 0) for (const _ of [1, 2, 3]) await look();
      if (nth % 2 === 0) expect(filesWith(dir, word)).toEqual([]);
      await close();
      expect(disk.open()).toBe(0);
      await mustEndWell(dir, ofBert);
      rmSync(dir, { recursive: true });
      if (!hasFailed) break;
    }
  },
  60_000,
);

test("a wish that would not go is carried out once: what is said after it stays", async () => {
  const dir = await recorded();
  let isStuck = true;
  const remove = (path: string): void => {
    if (isStuck && path.includes("erasures")) throw systemError("EIO");
    nodeFileSystem.remove(path);
  };
  const { look, say: emit, close } = taker(dir, { ...nodeFileSystem, remove });
  wish(dir);
  await look();
  expect(filesWith(dir, word)).toEqual([]);
  emit(say.turn("later", { session: "thread 0", userId: anna, input: "said later" }));
  for (const _ of [1, 2, 3]) await look();
  isStuck = false;
  for (const _ of [1, 2, 3, 4, 5, 6, 7]) await look();
  expect(readdirSync(join(dir, "lanes/0/erasures"))).toEqual([]);
  await close();
  expect(filesWith(dir, "said later")).toHaveLength(1);
  nothingIsWrong(dir);
});

function neverAsked(): Promise<void> {
  return Promise.resolve();
}
