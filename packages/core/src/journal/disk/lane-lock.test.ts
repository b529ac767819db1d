import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startChild } from "../../testing-kit/child.ts";
import { diskJournal } from "./disk-journal.ts";
import { takeLane } from "./lane-lock.ts";
import { laneFolder } from "./layout.ts";
import { ownIdentity } from "./process-identity.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

const here = ownIdentity();

function leaveLock(dir: string, generation: number, content: string | object): void {
  mkdirSync(laneFolder(dir, 0), { recursive: true });
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(join(laneFolder(dir, 0), `lock.${generation}`), text);
}

const locksOf = (dir: string, lane: number): readonly string[] =>
  readdirSync(laneFolder(dir, lane)).filter((name) => !name.startsWith("segments"));

test("two journals in one process have a lane each", async () => {
  const dir = temporaryFolder();
  const [first, second] = [diskJournal({ dir }), diskJournal({ dir })];
  expect([first.lane, second.lane]).toEqual(["0", "1"]);
  await Promise.all([first.close(), second.close()]);
});

test("a lane that was freed is taken again", async () => {
  const dir = temporaryFolder();
  const first = diskJournal({ dir });
  const second = diskJournal({ dir });
  await first.close();
  const third = diskJournal({ dir });
  expect(third.lane).toBe("0");
  await Promise.all([second.close(), third.close()]);
});

test("the lock of a lane never falls behind, and leaves nothing else behind", () => {
  const dir = temporaryFolder();
  for (const generation of [1, 2, 3, 4]) {
    const lock = takeLane(dir, 0);
    expect(locksOf(dir, 0)).toEqual([`lock.${generation}`]);
    lock.release();
    expect(locksOf(dir, 0)).toEqual([`lock.${generation}`]);
  }
});

test("the lock names its holder", () => {
  const dir = temporaryFolder();
  const lock = takeLane(dir, 1_234);
  const named: unknown = JSON.parse(readFileSync(join(lock.folder, "lock.1"), "utf8"));
  expect(named).toEqual({ ...here, takenAt: 1_234 });
  expect(named).toMatchObject({ pid: process.pid, host: hostname() });
});

test.runIf(process.platform === "linux")("a pid that was given to a later process is gone", () => {
  const dir = temporaryFolder();
  leaveLock(dir, 7, { ...here, started: "1" });
  expect(takeLane(dir, 0).lane).toBe(0);
  expect(locksOf(dir, 0)).toEqual(["lock.8"]);
});

test.runIf(process.platform === "linux")("a holder from before the last boot is gone", () => {
  const dir = temporaryFolder();
  leaveLock(dir, 7, { ...here, boot: "an earlier one" });
  expect(takeLane(dir, 0).lane).toBe(0);
});

test.runIf(process.platform === "linux")("a process that nobody buried is gone", async () => {
  const dir = temporaryFolder();
  const parent = spawn("sh", ["-c", "exec 3<&0; (read line <&3) & echo $!; exec sleep 30"]);
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [printed] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(printed.toString());
  // The shell would bury its child; the program that takes the shell's place does not.
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, "utf8")).toBe("sleep\n");
  parent.stdin.end();
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, "utf8")).toContain(") Z ");
  leaveLock(dir, 1, { ...here, pid, started: null });
  expect(takeLane(dir, 0).lane).toBe(0);
});

test.each([
  ["another host", { ...here, host: "elsewhere", pid: 2 ** 30 }],
  ["a process whose start is not known", { ...here, started: null }],
  ["nobody that can be read", "{ torn"],
  ["nobody, because it is empty", ""],
])("a lock that is held by %s is not stolen", (_, content) => {
  const dir = temporaryFolder();
  leaveLock(dir, 3, content);
  expect(takeLane(dir, 0).lane).toBe(1);
  expect(locksOf(dir, 0)).toEqual(["lock.3"]);
});

test("only the greatest generation counts", () => {
  const dir = temporaryFolder();
  leaveLock(dir, 2, here);
  leaveLock(dir, 10, { ...here, released: true });
  expect(takeLane(dir, 0).lane).toBe(0);
  expect(locksOf(dir, 0)).toEqual(["lock.11"]);
});

test("a claim that a killed process left is swept away", () => {
  const dir = temporaryFolder();
  leaveLock(dir, 1, { ...here, released: true });
  writeFileSync(join(laneFolder(dir, 0), "claim.x"), "");
  takeLane(dir, 0);
  expect(locksOf(dir, 0)).toEqual(["lock.2"]);
});

test("the lane of a process that was killed is taken over", async () => {
  const dir = temporaryFolder();
  const child = startChild(new URL("writer.fixture.ts", import.meta.url), dir, "60000", "1");
  await child.printed(1);
  const beside = diskJournal({ dir });
  expect(beside.lane).toBe("1");
  child.kill();
  await child.ended;
  const heir = diskJournal({ dir });
  expect(heir.lane).toBe("0");
  await Promise.all([beside.close(), heir.close()]);
});

test("of eight processes that race for lanes, no two are ever in one", async () => {
  const dir = temporaryFolder();
  const racers = Array.from({ length: 8 }, () =>
    startChild(new URL("lane-racer.fixture.ts", import.meta.url), dir, "1500"),
  );
  const codes = await Promise.all(racers.map(({ ended }) => ended));
  expect(codes).toEqual(Array.from({ length: 8 }, () => 0));
  const held = racers.map((racer): object => JSON.parse(racer.lines()[0] ?? "{}") as object);
  expect(held.filter((lanes) => "0" in lanes).length).toBeGreaterThan(1);
});
