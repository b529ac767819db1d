import {
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import { diskJournal } from "./disk-journal.ts";
import { appendNext, refTo, sequencesIn, tailAt, upTo } from "./entries.fixture.ts";
import { failingDisk, systemError } from "./failing-disk.fixture.ts";
import { JournalError } from "./journal-error.ts";
import { journalReader } from "./journal-reader.ts";
import { hashedName } from "./layout.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

const wait = {
  session: "thread 1",
  name: "approval",
  turnSpanId: "00f067aa0ba902b7" as SpanId,
  traceId: "4bf92f3577b34da6a3ce929d0e0e4736" as TraceId,
  leftAt: 1,
};

const mode = (path: string): number => statSync(path).mode & 0o777;

test("lays a journal out as the specification says, for its owner only", async () => {
  const dir = join(temporaryFolder(), "deep", ".spoor");
  const journal = diskJournal({ dir });
  journal.keyOf("user@example.org");
  journal.store("user@example.org", refTo("x"), '{"a":[1]}');
  appendNext(journal);
  journal.waits.leave(wait);
  await journal.close();

  const name = hashedName("user@example.org");
  expect(new Set(readdirSync(dir, { recursive: true, encoding: "utf8" }))).toEqual(
    new Set([
      ".gitignore",
      "lanes",
      "lanes/0",
      "lanes/0/keys",
      `lanes/0/keys/${name}`,
      "lanes/0/lock.1",
      "lanes/0/segments",
      "lanes/0/segments/0001",
      "lanes/0/segments/0001/content",
      `lanes/0/segments/0001/content/${name}.ndjson`,
      "lanes/0/segments/0001/entries.ndjson",
      "waits",
      `waits/${hashedName("thread 1")}.${hashedName("approval")}`,
    ]),
  );
  const content = readFileSync(join(dir, `lanes/0/segments/0001/content/${name}.ndjson`), "utf8");
  expect(content).toBe(`{"ref":"${refTo("x")}","value":{"a":[1]}}\n`);
  expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("*\n");
  expect(mode(dir)).toBe(0o700);
  expect(mode(join(dir, "lanes/0/keys", name))).toBe(0o600);
});

test("says at opening that a folder cannot be written to, and what to do", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const opening = (): unknown => diskJournal({ dir: join(file, ".spoor") });
  expect(opening).toThrow(JournalError);
  try {
    opening();
  } catch (error) {
    expect(JournalError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: "DIR_NOT_WRITABLE", cause: { code: "EEXIST" } });
  }
});

function failToOpen(): never {
  throw systemError("EROFS");
}

test("frees the lane again when opening fails after it was taken", async () => {
  const dir = temporaryFolder();
  const { files } = failingDisk();
  expect(() => diskJournal({ dir }, { ...files, open: failToOpen })).toThrow(JournalError);
  const journal = diskJournal({ dir });
  expect(journal.lane).toBe("0");
  await journal.close();
});

test.each([
  ["at once", { code: "ENOSPC" }, false],
  ["in the middle of a line", { code: "ENOSPC", afterBytes: 7 }, false],
  ["in the middle of a line that cannot be cut back", { code: "EIO", afterBytes: 7 }, true],
] as const)(
  "a write that fails %s is counted, and the lane goes on gapless when the disk works again",
  async (_, failure, keeps) => {
    const dir = temporaryFolder();
    const disk = failingDisk();
    const journal = diskJournal({ dir }, disk.files);
    appendNext(journal);
    const entries = join(dir, "lanes/0/segments/0001/entries.ndjson");
    const { size } = statSync(entries);
    disk.keepsWhatWasWritten(keeps);
    disk.fails(failure);
    expect(appendNext(journal)).toBeNull();
    expect(appendNext(journal)).toBeNull();
    journal.store("a", refTo("lost"), '"lost"');
    expect(journal.tail).toEqual(tailAt(0));
    expect(journal.health()).toMatchObject({ entries: 1, lost: 2, lostContent: 1 });
    expect(journal.health().failure).toMatchObject({ code: failure.code });

    if (!keeps) expect(statSync(entries).size).toBe(size);

    disk.fails(null);
    disk.keepsWhatWasWritten(false);
    journal.store("a", refTo("lost"), '"found"');
    expect(appendNext(journal)).not.toBeNull();
    expect(journal.health()).toMatchObject({ entries: 2, lost: 2, failure: null });
    expect(sequencesIn(journal.reader().entries())).toEqual([0, 1]);
    expect(journal.reader().find(refTo("lost"))?.value).toBe("found");
    const content = join(dir, `lanes/0/segments/0001/content/${hashedName("a")}.ndjson`);
    expect(readFileSync(content, "utf8")).toBe(`{"ref":"${refTo("lost")}","value":"found"}\n`);
    await journal.close();
  },
);

test("a write that the disk takes in parts is whole in the end", async () => {
  const dir = temporaryFolder();
  const { files } = failingDisk();
  const journal = diskJournal(
    { dir },
    {
      ...files,
      write: (fd, data, position) =>
        files.write(fd, Buffer.from(data as string).subarray(0, 5), position),
    },
  );
  appendNext(journal, { text: "ünïcode 🦌" });
  await journal.close();
  expect(sequencesIn(journalReader(dir).entries())).toEqual([0]);
});

test("a descriptor that somebody else closed is opened again", async () => {
  const dir = temporaryFolder();
  const disk = failingDisk();
  const journal = diskJournal({ dir }, disk.files);
  appendNext(journal);
  for (const fd of disk.open()) closeSync(fd);
  expect(appendNext(journal)).toBeNull();
  expect(journal.health().failure).toMatchObject({ code: "EBADF" });
  expect(appendNext(journal)).not.toBeNull();
  expect(sequencesIn(journal.reader().entries())).toEqual([0, 1]);
  await journal.close();
});

test("keeps few descriptors open, whatever the number of subjects", async () => {
  const disk = failingDisk();
  const journal = diskJournal({ dir: temporaryFolder() }, disk.files);
  for (const round of ["first", "second"]) {
    for (const subject of upTo(100)) {
      journal.store(`${subject}`, refTo(`${round} ${subject}`), `"${subject}"`);
    }
  }
  expect(disk.open().size).toBe(17);
  expect(journal.reader().find(refTo("second 3"))?.value).toBe("3");
  await journal.close();
  expect(disk.open().size).toBe(0);
});

test("goes on in the segment it has while the next one cannot be made", async () => {
  const dir = temporaryFolder();
  const journal = diskJournal({ dir, segmentBytes: 10 });
  appendNext(journal);
  const next = join(dir, "lanes/0/segments/0002");
  writeFileSync(next, "in the way");
  expect(appendNext(journal)?.segment).toBe(1);
  rmSync(next);
  expect(appendNext(journal)).toEqual({ segment: 2, offset: 0 });
  expect(sequencesIn(journal.reader().entries())).toEqual([0, 1, 2]);
  await journal.close();
});

test("acknowledged by memory, entries that the disk refuses wait, and are lost only with the journal", async () => {
  const dir = temporaryFolder();
  const disk = failingDisk();
  const journal = diskJournal({ dir, acknowledge: "memory" }, disk.files);
  disk.fails({ code: "ENOSPC" });
  appendNext(journal);
  journal.store("a", refTo("x"), '"x"');
  await journal.flush();
  expect(journal.health()).toMatchObject({ entries: 1, lost: 0 });
  expect(journal.health().failure).toMatchObject({ code: "ENOSPC" });

  disk.fails(null);
  await journal.flush();
  expect(journal.health()).toMatchObject({ entries: 1, lost: 0, failure: null });
  expect(sequencesIn(journalReader(dir).entries())).toEqual([0]);

  disk.fails({ code: "ENOSPC" });
  appendNext(journal);
  await journal.close();
  expect(journal.health()).toMatchObject({ entries: 1, lost: 1 });
});

test("acknowledged by memory, what waits is bounded", async () => {
  const disk = failingDisk();
  const journal = diskJournal({ dir: temporaryFolder(), acknowledge: "memory" }, disk.files);
  disk.fails({ code: "ENOSPC" });
  for (const _ of upTo(100)) appendNext(journal, { text: "x".repeat(10_000) });
  const { lost } = journal.health();
  expect(lost).toBeGreaterThan(50);
  disk.fails(null);
  await journal.close();
  expect(journal.health()).toMatchObject({ entries: 100 - lost, lost });
});

test("acknowledged by memory, what waits is written soon, without being asked", async () => {
  const dir = temporaryFolder();
  const disk = failingDisk();
  const journal = diskJournal({ dir, acknowledge: "memory" }, disk.files);
  appendNext(journal);
  expect(sequencesIn(journalReader(dir).entries())).toEqual([]);
  disk.fails({ code: "ENOSPC" });
  await expect.poll(() => journal.health().failure).not.toBeNull();
  disk.fails(null);
  await expect.poll(() => sequencesIn(journalReader(dir).entries())).toEqual([0]);
  await journal.close();
});

test("acknowledged by disk, a file that cannot be synced is a failure", async () => {
  const dir = temporaryFolder();
  const journal = diskJournal({ dir, acknowledge: "disk" });
  appendNext(journal);
  await journal.flush();
  expect(journal.health().failure).toBeNull();
  appendNext(journal);
  const entries = join(dir, "lanes/0/segments/0001/entries.ndjson");
  rmSync(entries);
  mkdirSync(entries);
  await journal.flush();
  expect(journal.health().failure).toMatchObject({ code: "EISDIR" });
  await journal.close();
});

test("segments that everyone has read go first, and the account outlives the process", async () => {
  const dir = temporaryFolder();
  const bounds = { dir, segmentBytes: 400, maxBytes: 2_000 };
  const journal = diskJournal({
    ...bounds,
    standingOf: (segment) => (segment === 3 ? "delivered" : "undelivered"),
  });
  while (journal.health().removed === 0) appendNext(journal);
  const segments = (): readonly string[] => readdirSync(join(dir, "lanes/0/segments"));
  expect(segments()).not.toContain("0003");
  expect(segments()).toContain("0001");

  const { removed } = journal.health();
  while (journal.health().removed === removed) appendNext(journal);
  expect(segments()).not.toContain("0001");
  const account = journal.health().removed;
  await journal.close();

  const heir = diskJournal(bounds);
  expect(heir.health().removed).toBe(account);
  await heir.close();
});

test("a removal that was cut short is ended by the next writer, and counted once", async () => {
  const dir = temporaryFolder();
  const bounds = { dir, segmentBytes: 400, maxBytes: 2_000 };
  const journal = diskJournal(bounds);
  while (journal.health().removed === 0) appendNext(journal);
  const { removed } = journal.health();
  await journal.close();
  const leftover = join(dir, "lanes/0/segments/0001");
  expect(existsSync(leftover)).toBe(false);
  mkdirSync(leftover);
  writeFileSync(join(leftover, "entries.ndjson"), '{"sequence":0,"recordedAt":0}\n');

  const heir = diskJournal(bounds);
  expect(existsSync(leftover)).toBe(false);
  expect(heir.health().removed).toBe(removed);
  await heir.close();
});

test("the sequence goes on even where no segment holds an entry any more", async () => {
  const dir = temporaryFolder();
  const bounds = { dir, segmentBytes: 100, maxBytes: 100 };
  const journal = diskJournal(bounds);
  for (const _ of upTo(9)) appendNext(journal);
  journal.segment();
  await journal.close();
  const last = readdirSync(join(dir, "lanes/0/segments")).at(-1) ?? "";
  rmSync(join(dir, "lanes/0/segments", last), { recursive: true });

  const heir = diskJournal(bounds);
  expect(heir.tail.sequence).toBeGreaterThan(5);
  await heir.close();
});

test("a wait that one lane left is claimed by another one, once", async () => {
  const dir = temporaryFolder();
  const [first, second] = [diskJournal({ dir }), diskJournal({ dir })];
  first.waits.leave(wait);
  expect(second.waits.claim("thread 1", true)).toEqual(wait);
  expect(first.waits.claim("thread 1", true)).toBeNull();
  expect(readdirSync(join(dir, "waits"))).toEqual([]);

  first.waits.leave({ ...wait, name: "later", leftAt: 3 });
  second.waits.leave({ ...wait, leftAt: 2 });
  expect(first.waits.claim("thread 1", true)?.name).toBe("later");
  await Promise.all([first.close(), second.close()]);
});

test("a lane without a bound keeps everything", async () => {
  const journal = diskJournal({ dir: temporaryFolder(), segmentBytes: 100, maxBytes: null });
  for (const _ of upTo(200)) appendNext(journal);
  expect(journal.health().removed).toBe(0);
  expect(sequencesIn(journal.reader().entries())).toEqual(upTo(200));
  await journal.close();
});
