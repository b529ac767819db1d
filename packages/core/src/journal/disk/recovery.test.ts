import * as fc from "fast-check";
import { appendFileSync, mkdirSync, readFileSync, statSync, truncateSync } from "node:fs";
import { expect, test } from "vitest";
import type { Journal } from "../journal.ts";
import { diskJournal } from "./disk-journal.ts";
import { appendNext, refTo, sequencesIn, tailAt, upTo } from "./entries.fixture.ts";
import { contentFile, entriesFile, laneFolder, segmentFolder } from "./layout.ts";
import { journalReader } from "./journal-reader.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

const segment = (dir: string, number = 1): string => segmentFolder(laneFolder(dir, 0), number);
const entries = (dir: string, number = 1): string => entriesFile(segment(dir, number));

function store(journal: Journal, text: string): void {
  journal.store("a", refTo(text), JSON.stringify(text));
}

async function written(dir: string, write: (journal: Journal) => void): Promise<void> {
  const journal = diskJournal({ dir });
  write(journal);
  await journal.close();
}

test("the next writer goes on where the last one stopped", async () => {
  const dir = temporaryFolder();
  await written(dir, (journal) => upTo(3).forEach(() => appendNext(journal)));
  await written(dir, (journal) => {
    expect(journal.tail).toEqual(tailAt(2));
    expect(journal.segment()).toBe(1);
    const { size } = statSync(entries(dir));
    expect(appendNext(journal)).toEqual({ segment: 1, offset: size });
  });
  expect(sequencesIn(journalReader(dir).entries())).toEqual(upTo(4));
});

test("a last line that is cut at any byte is dropped, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 4 }),
      async (texts) => {
        const dir = temporaryFolder();
        await written(dir, (journal) => texts.forEach((text) => appendNext(journal, { text })));
        const whole = readFileSync(entries(dir));
        const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
        for (let cut = whole.length - 1; cut >= lastLine; cut -= 1) {
          truncateSync(entries(dir), cut);
          await written(dir, (journal) => {
            expect(journal.tail.sequence).toBe(texts.length - 2);
            expect(appendNext(journal, { text: texts.at(-1) })?.offset).toBe(lastLine);
          });
          expect(readFileSync(entries(dir)).equals(whole)).toBe(true);
        }
      },
    ),
    { numRuns: 6 },
  );
});

test("a torn line of content is dropped when its subject is next written to", async () => {
  const dir = temporaryFolder();
  await written(dir, (journal) => ["one", "two"].forEach((text) => store(journal, text)));
  const path = contentFile(segment(dir), "a");
  const whole = readFileSync(path);
  for (let cut = whole.length - 1; cut > whole.indexOf(10); cut -= 1) {
    truncateSync(path, cut);
    expect(journalReader(dir).find(refTo("two"))).toBeNull();
    await written(dir, (journal) => ["one", "two"].forEach((text) => store(journal, text)));
    expect(readFileSync(path).equals(whole)).toBe(true);
  }
});

test("what another process stored in this segment is not stored again", async () => {
  const dir = temporaryFolder();
  const long = "🦌".repeat(200_000);
  await written(dir, (journal) => store(journal, long));
  const { size } = statSync(contentFile(segment(dir), "a"));
  await written(dir, (journal) => {
    expect(journal.health().bytes).toBe(size);
    store(journal, long);
  });
  expect(statSync(contentFile(segment(dir), "a")).size).toBe(size);
});

test("whole lines that cannot be read are left alone, and the tail is the last one that can", async () => {
  const dir = temporaryFolder();
  await written(dir, (journal) => upTo(2).forEach(() => appendNext(journal)));
  const foreign = `not json\n{"sequence":"7"}\n${"x".repeat(10_000)}\n\n`;
  appendFileSync(entries(dir), foreign);
  await written(dir, (journal) => {
    expect(journal.tail).toEqual(tailAt(1));
    appendNext(journal);
  });
  expect(readFileSync(entries(dir), "utf8")).toContain(`${foreign}{"sequence":2`);
});

test("the tail is looked for in earlier segments where the last one is empty", async () => {
  const dir = temporaryFolder();
  await written(dir, (journal) => upTo(5).forEach(() => appendNext(journal)));
  mkdirSync(segment(dir, 2));
  mkdirSync(segment(dir, 10));
  await written(dir, (journal) => {
    expect(journal.tail).toEqual(tailAt(4));
    expect(appendNext(journal)).toEqual({ segment: 10, offset: 0 });
  });
  expect(sequencesIn(journalReader(dir).entries())).toEqual(upTo(6));
});

test("a lane that was torn in its only line begins anew", async () => {
  const dir = temporaryFolder();
  await written(dir, (journal) => appendNext(journal));
  truncateSync(entries(dir), 5);
  await written(dir, (journal) => {
    expect(journal.tail.sequence).toBe(-1);
    expect(statSync(entries(dir)).size).toBe(0);
  });
});

test("keys outlive their process", async () => {
  const dir = temporaryFolder();
  let key: unknown = null;
  await written(dir, (journal) => (key = journal.keyOf("a")));
  await written(dir, (journal) => expect(journal.keyOf("a")).toEqual(key));
});
