import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  cpSync,
  rmSync,
  statSync,
  writeFileSync,
  appendFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ended, sessionStarted, tool, turn } from "../testing-kit/drafts.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { DatabaseSync } from "node:sqlite";
import { catchUp } from "./indexing/catch-up.ts";
import { EntryLines } from "./indexing/entry-lines.ts";
import { openSearch, type SearchNotice } from "./index.ts";
import { openIndexFile } from "./store/index-file.ts";
import { find, recordInto } from "./search.fixture.ts";

const user = "ada.lovelace@example.com";
const story: readonly EventDraft[] = [
  sessionStarted({ session: "a", userId: user }),
  turn("t", { session: "a" }),
  tool("c", "t", { session: "a", name: "Bash" }),
  ended("tool", "c", { session: "a" }),
];

async function journalOf(drafts: readonly EventDraft[] = story): Promise<string> {
  const dir = temporaryFolder();
  await recordInto(dir, drafts);
  return dir;
}

/** How many hits there are, and what was said about the index on the way. */
function asked(dir: string): { readonly hits: number; readonly notices: readonly string[] } {
  const notices: SearchNotice[] = [];
  const search = openSearch(dir, { notice: (one) => notices.push(one) });
  const hits = [...search.find()].length;
  search.close();
  return { hits, notices: notices.map(({ kind }) => kind) };
}

const indexOf = (dir: string): string => join(dir, "index.sqlite");
const namesIn = (dir: string): readonly string[] => readdirSync(dir).toSorted();

describe("the file", () => {
  test("lies beside the journal for the eyes of its owner, and nothing else does", async () => {
    const dir = await journalOf();
    const before = namesIn(dir);
    expect(asked(dir)).toEqual({ hits: 2, notices: [] });
    expect(namesIn(dir)).toEqual([...before, "index.sqlite"].toSorted());
    expect(statSync(indexOf(dir)).mode & 0o777).toBe(0o600);
    const search = openSearch(dir);
    for (const end of ["-wal", "-shm"])
      expect(statSync(`${indexOf(dir)}${end}`).mode & 0o777).toBe(0o600);
    search.close();
  });

  test("is made anew where it is damaged, and that is said", async () => {
    const dir = await journalOf();
    writeFileSync(
      indexOf(dir),
      "no database at all, but longer than the header of one would be ".repeat(40),
    );
    expect(asked(dir)).toEqual({ hits: 2, notices: ["made anew"] });
    expect(asked(dir)).toEqual({ hits: 2, notices: [] });
  });

  test("is removed where it turns out to be damaged while it is asked, and made anew for the next", async () => {
    const dir = await journalOf();
    const search = openSearch(dir);
    const database = new DatabaseSync(indexOf(dir));
    database.exec("DROP TABLE span");
    database.close();
    expect(() => [...search.find()]).toThrow(/index in .* is damaged/);
    search.close();
    expect(asked(dir)).toEqual({ hits: 2, notices: [] });
  });

  test("is made anew where another version made it", async () => {
    const dir = await journalOf();
    asked(dir);
    const database = new DatabaseSync(indexOf(dir));
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(asked(dir)).toEqual({ hits: 2, notices: ["made anew"] });
  });

  test("is made anew where an older copy of the journal was put back, or another journal", async () => {
    const dir = await journalOf();
    const copy = temporaryFolder();
    cpSync(join(dir, "lanes"), join(copy, "lanes"), { recursive: true });
    await recordInto(dir, [tool("d", "t", { session: "a" })]);
    expect(asked(dir).hits).toBe(3);
    rmSync(join(dir, "lanes"), { recursive: true });
    cpSync(join(copy, "lanes"), join(dir, "lanes"), { recursive: true });
    expect(asked(dir)).toEqual({ hits: 2, notices: ["made anew"] });
    const other = await journalOf([
      turn("x", { session: "b" }),
      ...story.map((draft) => ({ ...draft, session: "b" })),
    ]);
    rmSync(join(dir, "lanes"), { recursive: true });
    cpSync(join(other, "lanes"), join(dir, "lanes"), { recursive: true });
    expect(asked(dir)).toEqual({ hits: 3, notices: ["made anew"] });
    expect(find(dir, { session: "a" })).toEqual([]);
  });

  test("is in memory where none can be written, which is said once", async () => {
    const dir = await journalOf();
    mkdirSync(indexOf(dir));
    const notices: SearchNotice[] = [];
    const search = openSearch(dir, { notice: (one) => notices.push(one) });
    search.refresh();
    expect([...search.find({ user })]).toHaveLength(2);
    search.close();
    expect(notices.map(({ kind }) => kind)).toEqual(["in memory"]);
    expect(readdirSync(indexOf(dir))).toEqual([]);
  });

  test("a journal that is empty, or has no entry yet, has an index in which nothing is found", async () => {
    expect(asked(await journalOf([]))).toEqual({ hits: 0, notices: [] });
    expect(asked(temporaryFolder())).toEqual({ hits: 0, notices: [] });
    const missing = join(temporaryFolder(), "none");
    expect(asked(missing)).toEqual({ hits: 0, notices: ["in memory"] });
    expect(existsSync(missing)).toBe(false);
  });

  test("counts the whole lines that are no entries, and waits for those that are not whole", async () => {
    const dir = await journalOf();
    const entries = join(dir, "lanes/0/segments/0001/entries.ndjson");
    appendFileSync(entries, '{}\nnothing\n{"type":"turn.sta');
    const search = openSearch(dir);
    expect(search.unreadable).toBe(2);
    search.refresh();
    expect(search.unreadable).toBe(2);
    search.close();
  });
});

/** As whoever erases does it: content first, then the file, then what belongs to it. */
function erase(dir: string): void {
  rmSync(join(dir, "lanes/0/segments/0001/content"), { recursive: true });
  rmSync(join(dir, "lanes/0/keys"), { recursive: true });
  for (const end of ["", "-wal", "-shm"]) rmSync(`${indexOf(dir)}${end}`, { force: true });
}

const filesWith = (dir: string, text: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));

test("a name that went with its segment is not left in the file", async () => {
  const dir = temporaryFolder();
  const calls = Array.from({ length: 20 }, (_, index) => tool(`c ${index}`, "t", { session: "b" }));
  await recordInto(dir, [...story, ...calls], { segmentBytes: 1_500 });
  expect(find(dir, { user })).toHaveLength(2);
  rmSync(join(dir, "lanes/0/segments/0001"), { recursive: true });
  expect(find(dir, { user })).toEqual([]);
  expect(readFileSync(indexOf(dir)).includes(user)).toBe(false);
});

describe("erasure", () => {
  test("the index knows who used a session, and has it nowhere else", async () => {
    const dir = await journalOf();
    expect(find(dir, { user })).toHaveLength(2);
    const outside = filesWith(dir, user).filter((path) => !path.includes("lanes"));
    expect(outside).toEqual([indexOf(dir)]);
  });

  test("an indexer that has the file open when it goes leaves nothing behind", async () => {
    const dir = await journalOf();
    const before = namesIn(dir);
    const search = openSearch(dir);
    erase(dir);
    search.refresh();
    expect([...search.find({ user })]).toEqual([]);
    expect([...search.find()]).toHaveLength(2);
    search.close();
    expect(filesWith(dir, user)).toEqual([]);
    expect(namesIn(dir)).toEqual([...before, "index.sqlite"].toSorted());
  });

  test("what was read before, and is written after, goes to a file without a name", async () => {
    const dir = await journalOf();
    const file = openIndexFile(indexOf(dir));
    const lines = new EntryLines(dir);
    const isInPlace = (): boolean => {
      if (existsSync(indexOf(dir))) erase(dir);
      return true;
    };
    expect(catchUp({ ...file, isInPlace }, dir, lines)).toBe(true);
    const users = file.database.prepare("SELECT text FROM user").all();
    file.close();
    lines.close();
    expect(users).toHaveLength(1);
    expect(filesWith(dir, user)).toEqual([]);
    expect(namesIn(dir)).not.toContain("index.sqlite");
    expect(find(dir, { user })).toEqual([]);
  });

  test("nobody writes to a file that was removed meanwhile as if it were there", async () => {
    const dir = await journalOf();
    const file = openIndexFile(indexOf(dir));
    const lines = new EntryLines(dir);
    erase(dir);
    expect(catchUp(file, dir, lines)).toBe(false);
    file.close();
    lines.close();
  });
});
