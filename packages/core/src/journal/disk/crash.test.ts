import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ContentRef } from "../../vocabulary/event.ts";
import type { Position } from "../journal.ts";
import { startChild } from "../../testing-kit/child.ts";
import { parseEntry, upTo } from "./entries.fixture.ts";
import { journalReader } from "./journal-reader.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

/** The number of the last entry that a writer said was acknowledged; -1: none. */
const lastAcknowledged = (lines: readonly string[]): number =>
  Number(lines.at(-1)?.split(" ")[1] ?? -1);

/** Kills one writer after the other in the same folder; each goes on where the killed one stopped. */
async function killWriters(dir: string, times: number): Promise<void> {
  const reader = journalReader(dir);
  const cursors = new Map<string, Position>();
  let there = 0;
  for (const time of upTo(times)) {
    const writer = startChild(new URL("writer.fixture.ts", import.meta.url), dir, "60000", "50");
    await writer.printed(1);
    await pause((time * 7.3) % 40);
    writer.kill();
    await writer.ended;
    const lines = writer.lines();
    expect(lines[0]).toBe(`0 ${there}`);
    for (const entry of reader.entries(cursors)) {
      const { sequence, ref, text } = parseEntry(entry);
      if (sequence === there - 1) continue;
      expect(sequence).toBe(there);
      expect(reader.find(ref as ContentRef)?.value).toBe(text);
      there += 1;
      cursors.set(entry.lane, entry.position);
    }
    expect(there).toBeGreaterThan(lastAcknowledged(lines));
  }
}

/** Each is a process that has to start. */
const kills = process.env["SPOOR_SOAK"] ? 50 : 16;

test(`a writer killed at any of ${kills} moments has left every acknowledged entry, and its heir goes on gapless`, async () => {
  const dirs = [temporaryFolder(), temporaryFolder()];
  await Promise.all(dirs.map((dir) => killWriters(dir, kills / dirs.length)));
  for (const dir of dirs) expect(journalReader(dir).lanes()).toEqual(["0"]);
});

test("two writers and three readers at once: nothing is lost, nothing is torn", async () => {
  const dir = temporaryFolder();
  const done = join(dir, "done");
  const [milliseconds, segmentBytes] = process.env["SPOOR_SOAK"]
    ? ["30000", "4000000"]
    : ["2000", "64000"];
  const writers = upTo(2).map(() =>
    startChild(
      new URL("writer.fixture.ts", import.meta.url),
      dir,
      milliseconds,
      "20",
      segmentBytes,
    ),
  );
  const readers = upTo(3).map(() =>
    startChild(new URL("follower.fixture.ts", import.meta.url), dir, done),
  );
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0]);
  writeFileSync(done, "");
  expect(await Promise.all(readers.map(({ ended }) => ended))).toEqual([0, 0, 0]);

  const written = Object.fromEntries(
    writers.map((writer) => {
      const lines = writer.lines();
      return [lines[0]?.split(" ")[0], lines.length];
    }),
  );
  expect(Object.keys(written)).toEqual(["0", "1"]);
  for (const reader of readers) expect(JSON.parse(reader.lines()[0] ?? "")).toEqual(written);
}, 90_000);
