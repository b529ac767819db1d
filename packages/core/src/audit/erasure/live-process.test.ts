import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { journalReader } from "../../journal/disk/journal-reader.ts";
import { type Child, startChild } from "../../testing-kit/child.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { verifyJournal } from "../verify/verify-journal.ts";
import { eraseSubject, type LaneErasure } from "./erase-subject.ts";

const user = "zoë@example.com";

interface Recording {
  readonly dir: string;
  readonly child: Child;
  readonly go: string;
  readonly done: string;
}

function start(mode: "busy" | "idle" | "stuck", dir: string = temporaryFolder()): Recording {
  const files = temporaryFolder();
  const [go, done] = [join(files, "go"), join(files, "done")];
  const program = new URL("recording-user.fixture.ts", import.meta.url);
  return { dir, go, done, child: startChild(program, dir, user, mode, go, done) };
}

const erase = (dir: string, patienceMs: number = 10_000): Promise<readonly LaneErasure[]> =>
  eraseSubject({ dir, subject: user, clock: Date.now, pause, patienceMs });

/** The numbers of the turns of which something can be read under a folder. */
function readable(dir: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    for (const [, number] of text.matchAll(/said (\d+)\./g)) numbers.add(Number(number));
  }
  return numbers;
}

const upTo = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, place) => from + place);

/** The turns that it says it recorded, and what its health was in the end. */
function told({ child }: Recording): { readonly turns: number; readonly health: unknown } {
  const lines = child.lines();
  return { turns: lines.length - 1, health: JSON.parse(lines.at(-1) ?? "null") };
}

test("a process that records all the while erases what it said before, and loses nothing of what it says", async () => {
  const dir = temporaryFolder();
  const recordings = [start("busy", dir), start("busy", dir)];
  for (let round = 1; round <= 3; round += 1) {
    await Promise.all(recordings.map(({ child }) => child.printed(80 * round)));
    const before = recordings.map(({ child }) => child.lines().length);
    const lanes = await erase(dir);
    expect(lanes.map(({ state }) => state)).toEqual(["erased", "erased"]);
    expect(verifyJournal(dir).findings).toEqual([]);
    const said = readable(dir);
    const least = Math.min(...before);
    expect(upTo(0, least).filter((turn) => said.has(turn))).toEqual([]);
  }
  const after = recordings.map(({ child }) => child.lines().length);
  await Promise.all(recordings.map(({ child }, place) => child.printed((after[place] ?? 0) + 50)));
  for (const { done } of recordings) writeFileSync(done, "");
  for (const { child } of recordings) expect(await child.ended).toBe(0);

  const ends = recordings.map(told);
  for (const { turns, health } of ends)
    expect(health).toMatchObject({ lost: 0, lostContent: 0, entries: turns * 4 + 9 });
  const said = readable(dir);
  const later = upTo(Math.max(...after), Math.max(...ends.map(({ turns }) => turns)));
  expect(later.filter((turn) => !said.has(turn))).toEqual([]);
  expect([...journalReader(dir).entries()]).toHaveLength(
    ends.reduce((sum, { turns }) => sum + turns * 4 + 9, 0),
  );
  expect(verifyJournal(dir).findings).toEqual([]);
}, 60_000);

test("a process that is idle erases, too, and what it says later is readable", async () => {
  const recording = start("idle");
  const { dir, child, go } = recording;
  await child.printed(50);
  expect(await erase(dir)).toMatchObject([
    { state: "erased", sessions: ["thread 0", "thread 1", "thread 2"] },
  ]);
  expect(readable(dir).size).toBe(0);
  writeFileSync(go, "");
  expect(await child.ended).toBe(0);
  expect(told(recording).health).toMatchObject({ lost: 0, lostContent: 0, entries: 403 });
  expect([...readable(dir)].toSorted((one, other) => one - other)).toEqual(upTo(50, 100));
  expect(verifyJournal(dir).findings).toEqual([]);
}, 30_000);

test("a process that hears of nothing is waited for and told of; when it has died, it is done without it", async () => {
  const { dir, child } = start("stuck");
  await child.printed(50);
  expect(await erase(dir, 300)).toMatchObject([
    { state: "waiting", files: expect.any(Number) as unknown },
  ]);
  expect(readable(dir).size).toBe(50);
  const again = erase(dir);
  await pause(300);
  child.kill();
  expect(await again).toMatchObject([{ state: "erased" }]);
  expect(readable(dir).size).toBe(0);
  expect(verifyJournal(dir).findings).toEqual([]);
}, 30_000);

test("a wish that a dead process left is carried out by whoever takes its lane", async () => {
  const { dir, child } = start("stuck");
  await child.printed(50);
  expect(await erase(dir, 0)).toMatchObject([{ state: "waiting" }]);
  child.kill();
  await child.ended;
  expect(readable(dir).size).toBe(50);
  const heir = start("idle", dir);
  await heir.child.printed(1);
  const { findings, lanes } = verifyJournal(dir);
  expect(findings).toEqual([]);
  expect(lanes.map(({ lane }) => lane)).toEqual(["0"]);
  expect(lanes[0]?.values.erased).toBeGreaterThanOrEqual(50 * 3);
  await vi.waitFor(() => expect(readdirSync(join(dir, "lanes/0/erasures"))).toEqual([]));
  expect(readdirSync(join(dir, "lanes/0"))).not.toContain("leaving");
}, 30_000);
