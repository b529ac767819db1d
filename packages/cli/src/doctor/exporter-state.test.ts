import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskCursors, type Exporter, routesOf } from "@spoor/core";
import { expect, onTestFinished, test } from "vitest";
import type { JournalState, LaneState } from "./diagnosis.ts";
import { exporterStates } from "./exporter-state.ts";

const exporter: Exporter = { name: "x", consumes: "spans", export: () => Promise.resolve() };

function journalOf(...lanes: readonly string[]): JournalState {
  const dir = mkdtempSync(join(tmpdir(), "spoor-doctor-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const states = lanes.map((lane): LaneState => ({
    lane,
    entries: 10,
    unreadable: 0,
    removed: 0,
    bytes: 10,
    lastSequence: 9,
    writer: { state: "none", pid: null, host: null, takenAt: null },
    vanished: null,
    gapNotes: 0,
    clockJumps: 0,
    openTurns: 0,
    seal: null,
  }));
  const there = { exists: true, readable: true, writable: true };
  return {
    dir,
    ...there,
    maxBytes: null,
    sealed: false,
    sessions: 1,
    lanes: states,
    coverage: null,
    elsewhere: null,
  };
}

test("how far an exporter is, and what it was told last, is read as it was written; what cannot be read is said", () => {
  const journal = journalOf("0", "1", "2", "3");
  const store = diskCursors(journal.dir);
  const cursor = { sequence: 7, foldFrom: { segment: 1, offset: 0 }, outstanding: ["a"] };
  for (const lane of ["0", "1", "2"]) store.save("x", lane, cursor);
  store.save("x", "1", { ...cursor, failure: "the collector answered 404" });
  writeFileSync(join(journal.dir, "cursors/x/2.json"), '{"v":1}');
  expect(exporterStates(routesOf([exporter]), journal)).toMatchObject([
    {
      cursors: [
        { lane: "0", unread: 2, outstanding: 1 },
        { lane: "1", unread: 2, outstanding: 1, failure: "the collector answered 404" },
      ],
      unreadable: [{ lane: "2", reason: expect.stringContaining("cursors/x/2.json") as string }],
    },
  ]);
});

test("a companion is told of by itself, with the share of turns that its exporter gets", () => {
  const companion: Exporter = {
    name: "x-scores",
    consumes: "events",
    takes: ["score.given"],
    export: () => Promise.resolve(),
  };
  const to = { ...exporter, companion, sample: 0.5 } as const;
  expect(exporterStates(routesOf([{ to, sample: 0.25 }, exporter]), null)).toMatchObject([
    { name: "x", consumes: "spans", companionOf: null, takes: null, sample: 0.25 },
    {
      name: "x-scores",
      consumes: "events",
      companionOf: "x",
      takes: ["score.given"],
      sample: 0.25,
    },
    { name: "x", sample: 1 },
  ]);
  expect(exporterStates(routesOf([to]), null)[0]).toMatchObject({ sample: 0.5 });
});
