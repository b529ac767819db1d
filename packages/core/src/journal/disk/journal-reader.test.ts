import * as fc from "fast-check";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contentLine } from "./content-writer.ts";
import { diskJournal } from "./disk-journal.ts";
import { appendNext, refTo, sequencesIn, upTo } from "./entries.fixture.ts";
import { faultyDisk } from "./faulty-disk.fixture.ts";
import { journalReader } from "./journal-reader.ts";
import { contentFile, laneFolder, segmentFolder } from "./layout.ts";
import { lineHeads } from "./line-heads.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { wholeLines } from "./whole-lines.ts";

test("a folder that is missing is an empty journal", () => {
  const reader = journalReader(join(temporaryFolder(), "nowhere"));
  expect(reader.lanes()).toEqual([]);
  expect([...reader.entries()]).toEqual([]);
  expect(reader.find(refTo("x"))).toBeNull();
});

test("names the lanes of one folder by number, and those of several by folder and number", async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  const journals = [first, first, second].map((dir) => diskJournal({ dir }));
  for (const journal of journals) appendNext(journal, { text: journal.lane });
  journals[2]?.store("a", refTo("x"), '"x"');

  expect(journalReader(first).lanes()).toEqual(["0", "1"]);
  const both = journalReader([first, second]);
  expect(both.lanes()).toEqual(["0/0", "0/1", "1/0"]);
  expect(Array.from(both.entries(), ({ lane }) => lane)).toEqual(["0/0", "0/1", "1/0"]);
  expect(both.find(refTo("x"))?.value).toBe("x");
  for (const journal of journals) await journal.close();
});

test("sees what came since without being opened anew", async () => {
  const dir = temporaryFolder();
  const reader = journalReader(dir);
  const journal = diskJournal({ dir, segmentBytes: 300 });
  for (const sequence of upTo(20)) {
    journal.segment();
    journal.store("a", refTo(`${sequence}`), `${sequence}`);
    appendNext(journal);
    expect(reader.find(refTo(`${sequence}`))?.value).toBe(sequence);
    expect(sequencesIn(reader.entries())).toEqual(upTo(sequence + 1));
  }
  await journal.close();
});

test("does not give a line before its end is there", () => {
  const path = join(temporaryFolder(), "lines");
  writeFileSync(path, "one\ntw");
  expect([...wholeLines(path, 0)]).toEqual([{ offset: 0, line: "one" }]);
  expect([...wholeLines(path, 4)]).toEqual([]);
  appendFileSync(path, "o\n");
  expect([...wholeLines(path, 4)]).toEqual([{ offset: 4, line: "two" }]);
});

const line = fc.oneof(
  fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", "")),
  fc.integer({ min: 200_000, max: 300_000 }).map((length) => "é".repeat(length)),
  fc.integer({ min: 100, max: 400 }).map((length) => "x".repeat(length)),
);

test("every line comes back with the bytes where it lies, however long and in whatever alphabet", () => {
  const path = join(temporaryFolder(), "lines");
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.string(), (lines, torn) => {
      const whole = Buffer.from(lines.map((text) => `${text}\n`).join(""));
      writeFileSync(path, Buffer.concat([whole, Buffer.from(torn.replaceAll("\n", ""))]));

      const read = [...wholeLines(path, 0)];
      expect(read.map((found) => found.line)).toEqual(lines);
      const heads = [...lineHeads(path, 0)];
      expect(heads.map(({ offset }) => offset)).toEqual(read.map(({ offset }) => offset));
      for (const [index, { offset, length, head }] of heads.entries()) {
        const bytes = whole.subarray(offset, offset + length);
        expect(bytes.toString()).toBe(`${lines[index]}\n`);
        expect(head).toBe(bytes.subarray(0, -1).toString("latin1").slice(0, 256));
      }
    }),
    { numRuns: 60 },
  );
});

test("the beginning of a line is whole, wherever the line begins", () => {
  const path = join(temporaryFolder(), "lines");
  for (const before of [262_144, 262_143, 262_142, 262_000, 261_889, 261_888]) {
    writeFileSync(path, `${"x".repeat(before - 1)}\n${"y".repeat(300)}\n${"z".repeat(100_000)}\n`);
    expect(Array.from(lineHeads(path, 0), ({ head }) => head)).toEqual([
      "x".repeat(256),
      "y".repeat(256),
      "z".repeat(256),
    ]);
  }
});

test("finds values among very long, foreign and torn lines", () => {
  const dir = temporaryFolder();
  const content = join(dir, "lanes/0/segments/0001/content");
  mkdirSync(content, { recursive: true });
  const long = "🦌".repeat(1_000_000);
  const lines = [
    contentLine(refTo("long"), JSON.stringify(long)),
    "not json",
    `{"ref":"${refTo("broken")}","value":`,
    `{"ref":"${refTo("cut")}","value":"head … tail","cutFrom":9000}`,
    contentLine(refTo("last"), "7"),
  ];
  writeFileSync(
    join(content, `${"a".repeat(32)}.ndjson`),
    `${lines.join("\n")}\n{"ref":"${refTo("torn")}","va`,
  );

  const reader = journalReader(dir);
  expect(reader.find(refTo("last"))?.value).toBe(7);
  expect(reader.find(refTo("long"))?.value).toBe(long);
  const cut = { ref: refTo("cut"), value: "head … tail", cutFrom: 9000 };
  expect(reader.find(refTo("cut"))).toEqual(cut);
  expect(reader.find(refTo("broken"))).toBeNull();
  expect(reader.find(refTo("torn"))).toBeNull();
});

test("a value that cannot be read for want of descriptors is not taken for missing; one in a folder that is no file is", async () => {
  const dir = temporaryFolder();
  const journal = diskJournal({ dir });
  for (const subject of ["a", "b"]) journal.store(subject, refTo(subject), JSON.stringify(subject));
  const disk = faultyDisk();
  const reader = journalReader(dir, disk.files);
  disk.arm([{ call: "openToRead", code: "EMFILE", first: 0, times: 1, afterBytes: 0 }]);
  expect(() => reader.sizeOf(refTo("a"))).toThrow("EMFILE");
  expect(reader.find(refTo("a"))?.value).toBe("a");
  disk.arm([{ call: "openToRead", code: "EMFILE", first: 0, times: 1, afterBytes: 0 }]);
  expect(() => reader.find(refTo("a"))).toThrow("EMFILE");

  const file = contentFile(segmentFolder(laneFolder(dir, 0), 1), "a");
  rmSync(file);
  mkdirSync(file);
  const late = journalReader(dir);
  expect([late.find(refTo("a")), late.sizeOf(refTo("a"))]).toEqual([null, null]);
  expect(late.find(refTo("b"))?.value).toBe("b");
  await journal.close();
});

test("a value whose segment is gone is not found, unless a later segment holds it again", async () => {
  const dir = temporaryFolder();
  const journal = diskJournal({ dir, segmentBytes: 100 });
  const store = (name: string): boolean => journal.store("a", refTo(name), `"${name}"`);
  store("both");
  store("first only");
  expect(journal.segment()).toBe(2);
  const reader = journal.reader();
  expect(reader.find(refTo("both"))?.value).toBe("both");
  store("both");
  rmSync(join(dir, "lanes/0/segments/0001"), { recursive: true });
  expect(reader.find(refTo("both"))?.value).toBe("both");
  expect(reader.find(refTo("first only"))).toBeNull();
  await journal.close();
});
