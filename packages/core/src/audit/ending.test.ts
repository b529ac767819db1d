import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { entryAt, upTo } from "../journal/disk/entries.fixture.ts";
import { entriesFile, laneFolder, segmentFolder } from "../journal/disk/layout.ts";
import { type Child, startChild } from "../testing-kit/child.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { linesOf, mustBeSealed } from "./sealer/sealed-lanes.fixture.ts";

async function recording(dir: string, how: string): Promise<Child> {
  const child = startChild(new URL("ending.fixture.ts", import.meta.url), dir, how);
  await child.printed(1);
  return child;
}

function mustBeSealedWhole(dir: string): void {
  const lines = linesOf(dir).length;
  expect(lines).toBeGreaterThan(2);
  expect(mustBeSealed(dir).size).toBe(lines);
}

test("a process with nothing left to do has sealed what it recorded when it ends", async () => {
  const dir = temporaryFolder();
  const child = await recording(dir, "idle");
  expect(await child.ended).toBe(0);
  mustBeSealedWhole(dir);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "a process that gets a %s has sealed what it recorded when the signal ends it",
  async (signal) => {
    const dir = temporaryFolder();
    const child = await recording(dir, "stopped");
    child.kill(signal);
    expect(await child.endedBy).toBe(signal);
    mustBeSealedWhole(dir);
  },
);

test("a key that never signs keeps no process from ending", async () => {
  const dir = temporaryFolder();
  const child = await recording(dir, "silent");
  expect(await child.ended).toBe(0);
  expect(linesOf(dir).length).toBeGreaterThan(2);
});

test("what others have left, however much, keeps no process from ending", async () => {
  const dir = temporaryFolder();
  const others = segmentFolder(laneFolder(dir, 7), 1);
  mkdirSync(others, { recursive: true });
  const lines = upTo(4_000).map((sequence) => `${entryAt(sequence)}\n`);
  for (const _ of upTo(500)) writeFileSync(entriesFile(others), lines.join(""), { flag: "a" });
  const child = await recording(dir, "idle");
  expect(await child.ended).toBe(0);
  mustBeSealedWhole(dir);
  expect(() => mustBeSealed(dir, 7)).toThrow("ENOENT");
});
