import * as fc from "fast-check";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import type { Wait } from "../journal.ts";
import { diskJournal } from "./disk-journal.ts";
import { appendNext, refTo, sequencesIn, upTo } from "./entries.fixture.ts";
import { type DiskCall, type Fault, faultyDisk } from "./faulty-disk.fixture.ts";
import { JournalError } from "./journal-error.ts";
import { journalReader } from "./journal-reader.ts";
import { lanesIn } from "./lane-holder.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

const wait = (name: string, leftAt: number): Wait => ({
  session: "thread 1",
  name,
  turnSpanId: "00f067aa0ba902b7" as SpanId,
  traceId: "4bf92f3577b34da6a3ce929d0e0e4736" as TraceId,
  leftAt,
});

const always = (call: DiskCall, code: string = "EIO"): Fault => ({
  call,
  code,
  first: 0,
  times: 1_000,
  afterBytes: 1,
});

test.each(["create", "rename", "makeFolder"] as const)(
  "a wait that cannot be left (%s fails) is claimed by this process, and by others once the disk works",
  async (call) => {
    const dir = temporaryFolder();
    const disk = faultyDisk();
    const [journal, other] = [diskJournal({ dir }, disk.files), diskJournal({ dir })];
    disk.arm([always(call)]);
    journal.waits.leave(wait("first", 1));
    journal.waits.leave(wait("second", 2));
    expect(journal.health().failure).toMatchObject({ code: "EIO" });
    expect(other.waits.claim("thread 1", "first")).toBeNull();
    expect(journal.waits.claim("thread 1", true)).toEqual(wait("second", 2));

    disk.arm([]);
    appendNext(journal);
    expect(journal.health().failure).toBeNull();
    expect(other.waits.claim("thread 1", "first")).toEqual(wait("first", 1));
    expect(journal.waits.claim("thread 1", "first")).toBeNull();
    expect(readdirSync(join(dir, "waits"))).toEqual([]);
    await Promise.all([journal.close(), other.close()]);
  },
);

test.each(["readWhole", "rename", "list", "modified"] as const)(
  "a wait that cannot be claimed (%s fails) is still there afterwards",
  async (call) => {
    const disk = faultyDisk();
    const journal = diskJournal({ dir: temporaryFolder() }, disk.files);
    journal.waits.leave(wait("first", 1));
    disk.arm([{ ...always(call, "EMFILE"), times: 1 }]);
    expect(journal.waits.claim("thread 1", true)).toBeNull();
    expect(journal.health().failure).toMatchObject({ code: "EMFILE" });
    expect(journal.waits.claim("thread 1", true)).toEqual(wait("first", 1));
    await journal.close();
  },
);

test("a key that cannot be read is not replaced", async () => {
  const dir = temporaryFolder();
  const first = diskJournal({ dir });
  const key = first.keyOf("a");
  await first.close();
  const disk = faultyDisk();
  const heir = diskJournal({ dir }, disk.files);
  disk.arm([always("readWhole", "EMFILE")]);
  const other = heir.keyOf("a");
  expect(other).not.toEqual(key);
  disk.arm([]);
  appendNext(heir);
  expect(heir.keyOf("a")).toEqual(other);
  await heir.close();
  const last = diskJournal({ dir });
  expect(last.keyOf("a")).toEqual(key);
  await last.close();
});

test("a draft that the disk had no room for is not left behind", async () => {
  const dir = temporaryFolder();
  const disk = faultyDisk();
  const journal = diskJournal({ dir }, disk.files);
  disk.arm([always("create", "ENOSPC")]);
  journal.keyOf("a");
  journal.waits.leave(wait("first", 1));
  expect(readdirSync(join(dir, "lanes/0/keys"))).toEqual([]);
  expect(readdirSync(join(dir, "waits"))).toEqual([]);
  disk.arm([]);
  await journal.close();
});

const openingCalls: readonly DiskCall[] = [
  ...(["open", "size", "truncate", "makeFolder", "create", "link", "remove", "rename"] as const),
  ...(["readWhole", "openToRead", "read", "close", "list"] as const),
];

test("opening throws a journal error or succeeds, and what failed to open holds no lane and no file", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...openingCalls),
      fc.constantFrom("EIO", "ENOSPC", "EROFS", "EMFILE"),
      fc.nat({ max: 3 }),
      fc.boolean(),
      async (call, code, first, isNew) => {
        const dir = mkdtempSync(join(tmpdir(), "spoor-opening-"));
        try {
          if (!isNew) await diskJournal({ dir }).close();
          const disk = faultyDisk();
          disk.arm([{ ...always(call, code), first, times: 1 }]);
          try {
            await diskJournal({ dir }, disk.files).close();
          } catch (error) {
            expect(JournalError.is(error)).toBe(true);
          }
          expect(disk.open()).toBe(0);
          disk.arm([]);
          const journal = diskJournal({ dir }, disk.files);
          if (call !== "rename" && call !== "create") expect(journal.lane).toBe("0");
          await journal.close();
        } finally {
          rmSync(dir, { recursive: true, force: true });
        }
      },
    ),
    { numRuns: 100 },
  );
});

test("closing on a disk that refuses everything resolves, and says what it lost", async () => {
  const dir = temporaryFolder();
  const disk = faultyDisk();
  const journal = diskJournal({ dir, acknowledge: "memory" }, disk.files);
  appendNext(journal);
  disk.arm([{ ...always("write"), afterBytes: 0 }, always("create"), always("close")]);
  await journal.close();
  expect(journal.health()).toMatchObject({ entries: 0, lost: 1 });
  expect(disk.open()).toBe(0);
});

test("a folder that was removed while it was written is made again, and the lane goes on", async () => {
  const dir = temporaryFolder();
  let now = 0;
  const journal = diskJournal({ dir, clock: () => now });
  const key = journal.keyOf("a");
  for (const _ of upTo(3)) appendNext(journal);
  rmSync(dir, { recursive: true });
  now += 1_000;
  expect(appendNext(journal)).toEqual({ segment: 2, offset: 0 });
  expect(journal.store("a", refTo("x"), '"x"')).toBe(true);
  expect(sequencesIn(journalReader(dir).entries())).toEqual([3]);
  expect(journal.reader().find(refTo("x"))?.value).toBe("x");
  expect(journal.health()).toMatchObject({ failure: null, entries: 1, lost: 3 });
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(dir, ".gitignore")).toString()).toBe("*\n");
  await journal.close();
  const heir = diskJournal({ dir });
  expect(heir.keyOf("a")).toEqual(key);
  expect([heir.lane, heir.tail.sequence]).toEqual(["0", 3]);
  await heir.close();
});

test("what was written into a folder that somebody had removed is lost and counted, also when nothing is written afterwards", async () => {
  const dir = temporaryFolder();
  let now = 0;
  const journal = diskJournal({ dir, clock: () => now });
  for (const _ of upTo(3)) appendNext(journal);
  now += 1_000;
  appendNext(journal);
  rmSync(dir, { recursive: true });
  for (const _ of upTo(2)) appendNext(journal);
  journal.store("a", refTo("x"), '"x"');
  await journal.close();
  expect(journal.health()).toMatchObject({ entries: 3, lost: 3, lostContent: 1 });
});

test("a lane that another process took meanwhile is not written to, until it is free", async () => {
  const dir = temporaryFolder();
  let now = 0;
  const journal = diskJournal({ dir, clock: () => now });
  for (const _ of upTo(5)) appendNext(journal);
  rmSync(dir, { recursive: true });
  const other = diskJournal({ dir });
  for (const _ of upTo(2)) appendNext(other);
  now += 1_000;
  expect(appendNext(journal)).toBeNull();
  expect(journal.store("a", refTo("x"), '"x"')).toBe(false);
  expect(journal.health()).toMatchObject({
    lost: 6,
    lostContent: 1,
    failure: { code: "LANE_HELD" },
  });
  await journal.flush();
  expect(sequencesIn(other.reader().entries())).toEqual([0, 1]);

  await other.close();
  now += 1_000;
  expect(appendNext(journal)?.segment).toBe(2);
  expect(journal.health()).toMatchObject({ lost: 6, failure: null });
  expect(sequencesIn(journal.reader().entries())).toEqual([0, 1, 5]);
  expect(lanesIn(dir)).toMatchObject([{ lane: "0", holder: { pid: process.pid } }]);
  await journal.close();
});

test("takes exactly the lane that is named, or says why not", async () => {
  const dir = temporaryFolder();
  const opening = (lane: string) => () => diskJournal({ dir, lane });
  expect(opening("0")).toThrow(expect.objectContaining({ code: "NO_SUCH_LANE" }) as Error);
  const journals = upTo(2).map(() => diskJournal({ dir }));
  expect(opening("1")).toThrow(expect.objectContaining({ code: "LANE_HELD" }) as Error);
  expect(opening("1")).toThrow(`process ${process.pid}`);
  for (const journal of journals) appendNext(journal, { lane: journal.lane });
  await Promise.all(journals.map((journal) => journal.close()));
  const heir = diskJournal({ dir, lane: "1" });
  expect([heir.lane, heir.tail.sequence]).toEqual(["1", 0]);
  expect(lanesIn(dir).map(({ holder }) => holder?.pid ?? null)).toEqual([null, process.pid]);
  for (const strange of ["2", "01", "../0", ""])
    expect(opening(strange)).toThrow(expect.objectContaining({ code: "NO_SUCH_LANE" }) as Error);
  await heir.close();
});
