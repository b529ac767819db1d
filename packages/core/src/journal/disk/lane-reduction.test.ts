import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { createRecorder } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";
import { eventsIn } from "../../testing-kit/recording.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { beginning, type Journal } from "../journal.ts";
import { diskJournal, type DiskJournalOptions } from "./disk-journal.ts";
import { systemError } from "./failing-disk.fixture.ts";
import { type FileSystem, nodeFileSystem } from "./file-system.ts";
import { hashedName } from "./layout.ts";

const subject = hashedName(say.session);
const erasure = { subject, sessions: [say.session], lookedTo: beginning };
const reduced = { sessions: [say.session] };

/** A lane with a complete segment, and one that was begun after it. */
function twoSegments(
  dir: string,
  files: FileSystem,
  options: Partial<DiskJournalOptions> = {},
): Journal {
  const journal = diskJournal({ dir, clock: () => 1_000, ...options }, files);
  const recorder = createRecorder({ journal, clock: () => 1_000 });
  recorder.emit(say.turn("one", { input: "x" }));
  journal.reduction.beginSegment();
  recorder.emit(say.ended("turn", "one"));
  return journal;
}

/** What is synced and what is taken out of sight, in the order in which it happens. */
function observed(dir: string): { readonly files: FileSystem; readonly calls: string[] } {
  const calls: string[] = [];
  const told = (what: string, path: string): void => {
    const name = relative(dir, path);
    calls.push(`${what} ${name === "" ? "." : name.replaceAll(subject, "subject")}`);
  };
  const files: FileSystem = {
    ...nodeFileSystem,
    async syncData(path) {
      await Promise.resolve();
      told("sync", path);
    },
    async syncFolder(path) {
      await Promise.resolve();
      told("sync", path);
    },
    syncNow: (path) => told("sync", path),
    rename(path, name) {
      nodeFileSystem.rename(path, name);
      if (name.includes("leaving")) told("take", path);
    },
    remove(path) {
      nodeFileSystem.remove(path);
      if (path.includes("keys")) told("take", path);
    },
  };
  return { files, calls };
}

const words = (segment: string): readonly string[] => [
  `sync lanes/0/segments/${segment}/entries.ndjson`,
  `sync lanes/0/segments/${segment}`,
  "sync lanes/0/segments",
  "sync lanes/0",
  "sync lanes",
  "sync .",
];
const account = ["sync lanes/0/removed.json", "sync lanes/0", "sync lanes", "sync ."];

test.each([
  {
    how: "thin",
    reduce: ({ reduction }: Journal) => reduction.thin(1, reduced),
    order: [...words("0002"), "take lanes/0/segments/0001/content"],
  },
  {
    how: "remove",
    reduce: ({ reduction }: Journal) => reduction.remove(1, reduced),
    order: [...words("0002"), ...account, "take lanes/0/segments/0001"],
  },
  {
    how: "erase",
    reduce: ({ reduction }: Journal) => reduction.erase(erasure),
    order: [
      ...words("0003"),
      "take lanes/0/segments/0001/content/subject.ndjson",
      "take lanes/0/keys/subject",
    ],
  },
])(
  "$how: a power cut at no moment leaves a loss of which the word is lost",
  async ({ reduce, order }) => {
    const dir = temporaryFolder();
    const { files, calls } = observed(dir);
    const journal = twoSegments(dir, files);
    expect(calls).toEqual([]);
    expect(await reduce(journal)).toBe(true);
    expect(calls).toEqual(order);
    await journal.close();
  },
);

test.each(["thin", "remove", "erase"] as const)(
  "%s takes nothing while what is said of it cannot be synced",
  async (how) => {
    const dir = temporaryFolder();
    let isFailing = true;
    const failing = (): void => {
      if (isFailing) throw systemError("EIO");
    };
    const journal = twoSegments(dir, {
      ...nodeFileSystem,
      syncNow: failing,
      syncData: async () => failing(),
    });
    const { reduction } = journal;
    const reduce = (): Promise<boolean> =>
      how === "erase" ? reduction.erase(erasure) : reduction[how](1, reduced);
    const content = join(dir, "lanes/0/segments/0001/content", `${subject}.ndjson`);
    expect(await reduce()).toBe(false);
    expect(existsSync(content)).toBe(true);
    expect(journal.health().failure).toMatchObject({ code: "EIO" });
    isFailing = false;
    expect(await reduce()).toBe(true);
    expect(existsSync(content)).toBe(false);
    await journal.close();
  },
);

test("nobody waits for a disk that unlinks slowly: what goes is out of sight, and others record", async () => {
  const dir = temporaryFolder();
  const { promise: isSlow, resolve: goOn } = Promise.withResolvers<void>();
  const journal = twoSegments(dir, {
    ...nodeFileSystem,
    async removeByAndBy(path) {
      await isSlow;
      await nodeFileSystem.removeByAndBy(path);
    },
  });
  const lane = join(dir, "lanes/0");
  let isErased = false;
  const erased = journal.reduction.erase(erasure).then((done) => (isErased = done));
  expect(readdirSync(join(lane, "segments/0001/content"))).toEqual([]);
  const recorder = createRecorder({ journal, clock: () => 1_000 });
  recorder.emit(say.turn("later", { input: "y" }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isErased).toBe(false);
  expect(readdirSync(join(lane, "leaving"))).toHaveLength(1);
  goOn();
  expect(await erased).toBe(true);
  expect(existsSync(join(lane, "leaving"))).toBe(false);
  await journal.close();
});

test("what a process has left half-way out goes when its lane is taken", async () => {
  const dir = temporaryFolder();
  const left = twoSegments(dir, {
    ...nodeFileSystem,
    removeByAndBy: () => Promise.reject(systemError("EIO")),
  });
  expect(await left.reduction.thin(1, reduced)).toBe(false);
  await left.close();
  const leaving = join(dir, "lanes/0/leaving");
  expect(readdirSync(leaving)).toHaveLength(1);
  await diskJournal({ dir, lane: "0" }).close();
  expect(existsSync(leaving)).toBe(false);
});

test("what goes of many sessions is said in slices, between which others work", async () => {
  const journal = twoSegments(temporaryFolder(), nodeFileSystem);
  const sessions = Array.from({ length: 2_000 }, (_, number) => `session ${number}`);
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  expect(await journal.reduction.thin(1, { sessions })).toBe(true);
  isDone = true;
  const told = eventsIn(journal).filter(({ type }) => type === "record.reduced");
  expect(told.map(({ session }) => session)).toEqual(sessions);
  expect(turns).toBeGreaterThan(3);
  await journal.close();
});

test("what a segment says again of older ones is synced before the bound takes it", async () => {
  const dir = temporaryFolder();
  const { files, calls } = observed(dir);
  let fresh = Infinity;
  const journal = twoSegments(dir, files, {
    segmentBytes: 3_000,
    maxBytes: 12_000,
    standingOf: (segment) => (segment < fresh ? "open" : "delivered"),
  });
  await journal.reduction.erase(erasure);
  fresh = journal.end.segment;
  calls.length = 0;
  const recorder = createRecorder({ journal, clock: () => 1_000 });
  for (let count = 0; count < 40; count += 1)
    recorder.emit(say.turn(`turn ${count}`, { session: "b", input: "y".repeat(300) }));
  const taken = `take lanes/0/segments/000${fresh}`;
  expect(calls).toContain(taken);
  const before = calls.slice(0, calls.indexOf(taken));
  expect(before.filter((call) => call.endsWith("entries.ndjson"))).toHaveLength(1);
  await journal.close();
});
