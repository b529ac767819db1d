import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordingOf, temporaryFolder } from "../spoor.fixture.ts";
import { entryHead } from "./entry-head.ts";
import { importIn } from "./imported.fixture.ts";

const headOf = (line: string): unknown => {
  const { id, recordedAt, session } = JSON.parse(line);
  return { id, recordedAt, session };
};

test("the head of an entry is what parsing it whole would give", async () => {
  const cwd = temporaryFolder();
  await importIn(cwd, [recordingOf("k4-clear"), recordingOf("e-subagent")]);
  const entries = join(cwd, ".spoor", "lanes", "0", "segments", "0001", "entries.ndjson");
  const lines = readFileSync(entries, "utf8").trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(30);
  for (const line of lines) expect(entryHead(line)).toEqual(headOf(line));
});

const stamp = { v: 1, id: "0123456789abcdef0123456789abcdef", sequence: 7, recordedAt: 12.5 };

test.each([
  ["whose session needs escapes", { ...stamp, session: 'a "b", \\n "session":"c"' }],
  [
    "that tells of another session first",
    { ...stamp, links: [{ kind: "fork", session: "other" }], session: "own" },
  ],
  [
    "that quotes an entry",
    { ...stamp, session: "own", name: '{"v":0,"session":"quoted","session":"twice"}' },
  ],
  ["of which the stamp comes last", { session: "own", ...stamp }],
])("also of one %s", (_, entry) => {
  const { id, recordedAt, session } = entry;
  expect(entryHead(JSON.stringify(entry))).toMatchObject({ id, recordedAt, session });
});

test.each(["", "{", "null", '{"v":0,"id":"x"}'])("%j is no entry", (line) => {
  expect(entryHead(line)).toBeNull();
});
