import * as fc from "fast-check";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Journal } from "../journal.ts";
import { memoryJournal } from "../memory-journal.ts";
import type { SegmentStanding } from "../segment-standing.ts";
import { diskJournal } from "./disk-journal.ts";
import { appendNext, sequencesIn, upTo } from "./entries.fixture.ts";
import { faultyDisk } from "./faulty-disk.fixture.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

const bounds = { segmentBytes: 400, maxBytes: 2_000 };

const segmentsIn = (dir: string): readonly number[] =>
  readdirSync(join(dir, "lanes/0/segments"))
    .map(Number)
    .toSorted((left, right) => left - right);

function appendUntil(journal: Journal, segment: number): void {
  while (journal.segment() < segment) appendNext(journal);
}

describe("a segment in which something is open", () => {
  test("stays, and the journal says how far that takes it beyond its bound", async () => {
    const dir = temporaryFolder();
    let openFrom = 2;
    const standingOf = (segment: number): SegmentStanding =>
      segment >= openFrom ? "open" : "undelivered";
    const journal = diskJournal({ dir, ...bounds, standingOf });
    appendUntil(journal, 12);
    expect(segmentsIn(dir)).toEqual(upTo(13).slice(2));
    const { bytes, beyondBound } = journal.health();
    expect(beyondBound).toBe(bytes - bounds.maxBytes);
    expect(beyondBound).toBeGreaterThan(2_000);

    openFrom = 12;
    appendUntil(journal, 13);
    expect(journal.health().beyondBound).toBe(0);
    expect(segmentsIn(dir)[0]).toBeGreaterThan(9);
    await journal.close();
  });

  test("goes from memory when nothing else is left to go", () => {
    const journal = memoryJournal({ ...bounds, standingOf: () => "open" });
    appendUntil(journal, 12);
    const { beyondBound, removed, removedUndelivered } = journal.health();
    expect(beyondBound).toBe(0);
    expect(removedUndelivered).toBe(removed);
    expect(removed).toBeGreaterThan(0);
  });
});

test("without anybody to tell, what goes is said to be undelivered, and a standing that throws is that, too", async () => {
  const journals = [
    diskJournal({ dir: temporaryFolder(), ...bounds }),
    diskJournal({ dir: temporaryFolder(), ...bounds, standingOf: failing }),
    memoryJournal(bounds),
  ];
  for (const journal of journals) {
    appendUntil(journal, 12);
    const { removed, removedUndelivered } = journal.health();
    expect(removed).toBeGreaterThan(0);
    expect(removedUndelivered).toBe(removed);
    await journal.close();
  }
});

function failing(): never {
  throw new Error("told to");
}

test("a removal that the disk refuses half-way is counted once, and ended before another begins", async () => {
  const dir = temporaryFolder();
  const disk = faultyDisk();
  const journal = diskJournal({ dir, ...bounds }, disk.files);
  appendUntil(journal, 4);
  // The first one is for the account.
  disk.arm([{ call: "rename", code: "EIO", first: 1, times: 3, afterBytes: 0 }]);
  appendUntil(journal, 7);
  expect(segmentsIn(dir)[0]).toBe(1);
  expect(journal.health().failure).toMatchObject({ code: "EIO" });
  const { removed } = journal.health();
  expect(removed).toBeGreaterThan(0);

  appendUntil(journal, 8);
  expect(journal.health().removed).toBeGreaterThan(removed);
  expect(sequencesIn(journal.reader().entries())[0]).toBe(journal.health().removed);
  expect(journal.health().beyondBound).toBe(0);
  await journal.close();
});

const standings = fc.array(fc.constantFrom<SegmentStanding>("delivered", "undelivered", "open"), {
  minLength: 30,
  maxLength: 30,
});

test("delivered segments go before undelivered ones, open ones never, and the account adds up over processes", async () => {
  await fc.assert(
    fc.asyncProperty(standings, fc.array(fc.nat({ max: 25 })), async (standing, restarts) => {
      const dir = mkdtempSync(join(tmpdir(), "spoor-retention-"));
      try {
        const asked: string[] = [];
        const open = (): Journal =>
          diskJournal({
            dir,
            ...bounds,
            standingOf: (segment) => {
              asked.push(`${segment}`);
              return standing[segment] ?? "undelivered";
            },
          });
        let journal = open();
        let appended = 0;
        for (const segment of upTo(26).slice(2)) {
          const before = segmentsIn(dir).slice(0, -1);
          while (journal.segment() < segment) {
            appendNext(journal);
            appended += 1;
          }
          const kept = segmentsIn(dir);
          const gone = before.filter((candidate) => !kept.includes(candidate));
          for (const candidate of gone) expect(standing[candidate]).not.toBe("open");
          if (gone.some((candidate) => standing[candidate] === "undelivered"))
            for (const candidate of kept.slice(0, -1))
              expect(standing[candidate]).not.toBe("delivered");
          if (restarts.includes(segment)) {
            await journal.close();
            journal = open();
          }
        }
        const there = sequencesIn(journal.reader().entries());
        const { removed, removedUndelivered, removedBytes, bytes } = journal.health();
        expect(there.length + removed).toBe(appended);
        expect(removedUndelivered).toBeLessThanOrEqual(removed);
        expect(removedBytes > 0).toBe(removed > 0);
        const canGo = segmentsIn(dir)
          .slice(0, -1)
          .some((segment) => standing[segment] !== "open");
        if (canGo) expect(bytes).toBeLessThanOrEqual(bounds.maxBytes + 200);
        await journal.close();
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    }),
    { numRuns: 25 },
  );
});
