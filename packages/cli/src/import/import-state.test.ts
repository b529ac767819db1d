import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { journalReader } from "@spoor/core";
import { expect, test } from "vitest";
import { temporaryFolder } from "../spoor.fixture.ts";
import { ImportState } from "./import-state.ts";
import type { LaneEnd } from "./recorded-sessions.ts";
import type { ImportedFile } from "./stored-imports.ts";

const file: ImportedFile = {
  stamp: "as it was",
  lines: 3,
  unknown: 0,
  malformed: 0,
  torn: false,
  sessions: ["s"],
};

const idOf = (number: number): string => String(number).padStart(32, "0");

/** A lane with one entry a segment. */
function writeLane(
  folder: string,
  segments: readonly number[],
  recordedAt: number = 100,
): readonly LaneEnd[] {
  for (const segment of segments) {
    const place = join(folder, "lanes", "0", "segments", String(segment).padStart(4, "0"));
    mkdirSync(place, { recursive: true });
    const entry = { v: 0, id: idOf(segment), sequence: segment, recordedAt, session: "s" };
    writeFileSync(join(place, "entries.ndjson"), `${JSON.stringify(entry)}\n`);
  }
  const last = segments.at(-1) ?? 0;
  const position = { segment: last, offset: 0 };
  return [{ lane: "0", position, id: idOf(last), recordedAt }];
}

const open = (folder: string, by = "1.0.0"): ImportState =>
  new ImportState(folder, "claude-code", by, journalReader(folder));

function saved(folder: string, ends: readonly LaneEnd[]): void {
  const state = open(folder);
  state.add("/a.jsonl", file);
  state.save(ends);
}

test("a file is found as it was, and not when it is another or has changed", () => {
  const folder = temporaryFolder();
  saved(folder, writeLane(folder, [1]));
  expect(open(folder).find("/a.jsonl", "as it was")).toEqual(file);
  expect(open(folder).find("/a.jsonl", "changed")).toBeNull();
  expect(open(folder).find("/b.jsonl", "as it was")).toBeNull();
});

test("what another version has written is not believed", () => {
  const folder = temporaryFolder();
  saved(folder, writeLane(folder, [1]));
  expect(open(folder, "1.0.1").find("/a.jsonl", "as it was")).toBeNull();
});

test.each([
  ["has gone", (folder: string) => rmSync(join(folder, "lanes"), { recursive: true })],
  [
    "holds something else",
    (folder: string) => {
      rmSync(join(folder, "lanes"), { recursive: true });
      writeLane(folder, [1]);
    },
  ],
  ["was recorded at another time", (folder: string) => void writeLane(folder, [1, 2], 200)],
  [
    "has lost its last segment",
    (folder: string) => rmSync(join(folder, "lanes", "0", "segments", "0002"), { recursive: true }),
  ],
])("it is not believed where the lane %s", (_, damage) => {
  const folder = temporaryFolder();
  saved(folder, writeLane(folder, [1, 2]));
  damage(folder);
  expect(open(folder).find("/a.jsonl", "as it was")).toBeNull();
});

test("it is believed where the lane has gone on, also where its bound has since removed what was its end", () => {
  const folder = temporaryFolder();
  saved(folder, writeLane(folder, [1]));
  writeLane(folder, [2]);
  expect(open(folder).find("/a.jsonl", "as it was")).toEqual(file);
  rmSync(join(folder, "lanes", "0", "segments", "0001"), { recursive: true });
  expect(open(folder).find("/a.jsonl", "as it was")).toEqual(file);
});

test.each([
  "",
  "{}",
  '{"by":"1.0.0","ends":[],"files":{"x":{"stamp":"as it was"}}}',
  '{"by":"1.0.0","ends":[{"lane":0}],"files":{}}',
])("a file that holds %j holds nothing", (text) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "imports"));
  writeFileSync(join(folder, "imports", "claude-code.json"), text);
  expect(open(folder).find("/a.jsonl", "as it was")).toBeNull();
});

test("where it cannot be saved nothing is lost but time", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "imports"), "in the way");
  saved(folder, writeLane(folder, [1]));
  expect(open(folder).find("/a.jsonl", "as it was")).toBeNull();
});
