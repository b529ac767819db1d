import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { faultyDisk } from "../../journal/disk/faulty-disk.fixture.ts";
import { hashedName } from "../../journal/disk/layout.ts";
import { createRecorder } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import type { DraftOf, EventDraft } from "../../vocabulary/event.ts";
import * as evidence from "./evidence.fixture.ts";
import type { ValueCounts } from "./verification.ts";
import { verifyJournal } from "./verify-journal.ts";

function fails(): never {
  throw new Error("this redactor fails");
}

const contentOf = (subject: string): string =>
  `lanes/0/segments/0001/content/${hashedName(subject)}.ndjson`;

test("a list of messages that is too long for an entry is followed to its messages", async () => {
  const dir = temporaryFolder();
  const messages = Array.from({ length: 600 }, (_, place) => `message ${place}`);
  await evidence.recordIn(
    dir,
    [say.turn("turn"), say.model("call", "turn", { context: { messages } })],
    {
      maxContentBytes: 1e6,
    },
  );
  expect(verifyJournal(dir).lanes[0]?.values).toMatchObject({ whole: 601, missing: 0 });
  evidence.rewrite(dir, contentOf(say.session), (text) =>
    text
      .split("\n")
      .filter((line) => !line.includes('"message 300"'))
      .join("\n"),
  );
  const { findings, lanes } = verifyJournal(dir);
  expect(findings).toMatchObject([{ code: "VALUE_MISSING", line: 2 }]);
  expect(lanes[0]?.values).toMatchObject({ whole: 600, missing: 1 });
});

test.each([
  ["behind", (line: string, other: string) => `${line}\n${other}\n`],
  ["before", (line: string, other: string) => `${other}\n${line}\n`],
])("a value is whole, also where another one %s it says that it is this one", async (_, both) => {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, [say.turn("turn", { input: "hello" })]);
  evidence.rewrite(dir, contentOf(say.session), (text) =>
    both(text.trimEnd(), text.trimEnd().replace("hello", "goodbye")),
  );
  const verification = verifyJournal(dir);
  expect(evidence.codesOf(verification)).toEqual(["VALUE_CHANGED"]);
  expect(verification.lanes[0]?.values).toMatchObject({ whole: 1, changed: 0, missing: 0 });
});

test("a value is named by the entry that refers to it, a line that holds none by itself", async () => {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, [say.turn("turn", { input: "hello" }), say.ended("turn", "turn")]);
  evidence.rewrite(dir, contentOf(say.session), (text) => text.replace('"ref"', '"rof"'));
  expect(verifyJournal(dir).findings).toMatchObject([
    { code: "CONTENT_UNREADABLE", file: contentOf(say.session), line: 1 },
    { code: "VALUE_MISSING", file: evidence.firstSegment, line: 1 },
  ]);
  expect(verifyJournal(dir).lanes[0]?.values.erased).toBe(0);
});

test("a key that is none leaves nothing that could be checked", async () => {
  const dir = await evidence.sealedJournal();
  const key = join(dir, "lanes/0/keys", hashedName("anna@example.com"));
  writeFileSync(key, readFileSync(key).subarray(1));
  expect(evidence.codesOf(verifyJournal(dir))).toContain("SUBJECT_KEY_MALFORMED");
});

test("what was withheld is counted each time, and is no finding", async () => {
  const dir = temporaryFolder();
  const drafts = [say.turn("turn", { input: "a", native: "b" }), say.ended("turn", "turn")];
  await evidence.recordIn(dir, drafts, { redact: { profile: "broken", redact: fails } });
  const verification = verifyJournal(dir);
  expect(verification.findings).toEqual([]);
  expect(verification.lanes[0]?.values).toMatchObject({ whole: 0, withheld: 2 });
  expect(evidence.saidIn(verification)).toContain("VALUES_WITHHELD");
});

const asked = say.turn("asked", { input: "hello" });
const word = (more: Partial<DraftOf<"record.reduced">> = {}): EventDraft => ({
  type: "record.reduced",
  session: say.session,
  source: "journal",
  on: null,
  mark: "1",
  what: "content",
  why: "erasure",
  ...more,
});

/** What becomes of the value of `asked` in the first segment, once it is gone with its key. */
async function judged(
  ...drafts: readonly EventDraft[]
): Promise<{ readonly codes: readonly string[]; readonly values: ValueCounts | undefined }> {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, drafts);
  rmSync(join(dir, contentOf(say.session)));
  rmSync(join(dir, "lanes/0/keys", hashedName(say.session)));
  const verification = verifyJournal(dir);
  return { codes: evidence.codesOf(verification), values: verification.lanes[0]?.values };
}

describe("a value that is gone", () => {
  test("is missing, also with its key, where no entry says that it was to go", async () => {
    const { codes, values } = await judged(asked);
    expect(codes).toEqual(["VALUE_MISSING"]);
    expect(values).toMatchObject({ erased: 0, expired: 0, missing: 1 });
  });

  test("was erased, or its time was over, where an entry behind it says so", async () => {
    const { codes, values } = await judged(asked, word());
    expect(codes).toEqual([]);
    expect(values).toMatchObject({ erased: 1, expired: 0, missing: 0 });
    const expired = await judged(asked, word({ why: "retention", segment: 1 }));
    expect(expired).toMatchObject({ codes: [], values: { erased: 0, expired: 1, missing: 0 } });
  });

  test("was erased, also where the time of what was left was over later", async () => {
    const { codes, values } = await judged(asked, word(), word({ mark: "2", why: "retention" }));
    expect(codes).toEqual([]);
    expect(values).toMatchObject({ erased: 1, expired: 0, missing: 0 });
  });

  test.each([
    ["before it", [word(), asked]],
    ["of another session", [asked, word({ session: "thread 2" })]],
    ["of another segment", [asked, word({ segment: 2 })]],
    ["of entries", [asked, word({ what: "entries" })]],
    [
      "before another entry that refers to it",
      [asked, word(), say.turn("again", { input: "hello" })],
    ],
  ])("is missing where an entry speaks %s", async (_, drafts) => {
    const { codes, values } = await judged(...drafts);
    expect(codes).toEqual(["VALUE_MISSING"]);
    expect(values).toMatchObject({ erased: 0, expired: 0, missing: 1 });
  });

  test("is missing where an entry of another lane speaks of it", async () => {
    const dir = temporaryFolder();
    await evidence.recordIn(dir, [asked]);
    const other = temporaryFolder();
    await evidence.recordIn(other, [word()]);
    evidence.copyOf(join(other, "lanes/0"), join(dir, "lanes/1"));
    rmSync(join(dir, contentOf(say.session)));
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["VALUE_MISSING"]);
  });
});

/** The disk refuses the first value. */
async function recordedInPart(): Promise<string> {
  const dir = temporaryFolder();
  const disk = faultyDisk();
  const journal = diskJournal({ dir, clock: () => 1_000 }, disk.files);
  const recorder = createRecorder({ journal, clock: () => 1_000 });
  recorder.emit(say.sessionStarted());
  disk.arm([{ call: "write", code: "ENOSPC", first: 0, times: 1, afterBytes: 0 }]);
  recorder.emit(asked);
  recorder.emit(say.turn("later", { input: "goodbye" }));
  await journal.close();
  return dir;
}

describe("a value that the writer says it could not write", () => {
  test("is no finding, and said", async () => {
    const verification = verifyJournal(await recordedInPart());
    expect(verification.findings).toEqual([]);
    expect(verification.lanes[0]?.values).toMatchObject({ whole: 2, lost: 1, missing: 0 });
    expect(evidence.saidIn(verification)).toContain("VALUES_LOST");
  });

  test("explains no more values than it counts, and none behind it", async () => {
    const dir = await recordedInPart();
    evidence.rewrite(dir, contentOf(say.session), (text) => text.replace(/.*goodbye.*\n/, ""));
    const { findings, lanes } = verifyJournal(dir);
    expect(findings).toMatchObject([{ code: "VALUE_MISSING", line: 3 }]);
    expect(lanes[0]?.values).toMatchObject({ whole: 1, lost: 1, missing: 1 });
  });

  test("is missing where the note is", async () => {
    const dir = await recordedInPart();
    evidence.rewrite(dir, contentOf(say.session), (text) => text.replace(/.*lostValues.*\n/, ""));
    expect(verifyJournal(dir).findings).toHaveLength(2);
  });
});
