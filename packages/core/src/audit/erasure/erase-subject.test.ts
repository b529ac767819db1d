import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { hashedName } from "../../journal/disk/layout.ts";
import { journalReader } from "../../journal/disk/journal-reader.ts";
import { beginning } from "../../journal/journal.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { sealJournal } from "../sealer/seal-journal.ts";
import { checkProof } from "../verify/check-proof.ts";
import { findEntries } from "../verify/find-entries.ts";
import { proveEntry } from "../verify/prove-entry.ts";
import { noTrust, type Trust } from "../verify/trust.ts";
import { verifyJournal } from "../verify/verify-journal.ts";
import { earlierErasures } from "./earlier-erasures.ts";
import { eraseSubject, type LaneErasure } from "./erase-subject.ts";
import * as three from "./three-subjects.fixture.ts";

const { anna, bert, nobody } = three;

async function sealed(dir: string): Promise<void> {
  const sealings = await sealJournal({ dir, name: "example.com/spoor", clock: () => 2_000 });
  expect(sealings.map(({ kind }) => kind)).toEqual(["sealed", "sealed"]);
}

function erase(
  dir: string,
  { id }: { readonly id: string },
  reason?: string,
): Promise<readonly LaneErasure[]> {
  return eraseSubject({
    dir,
    subject: id,
    ...(reason === undefined ? {} : { reason }),
    clock: () => 3_000,
    pause: () => Promise.resolve(),
  });
}

const problemsIn = (dir: string, trust: Trust = noTrust): readonly unknown[] =>
  verifyJournal(dir, trust).findings;

const codesIn = (dir: string): readonly string[] => [
  ...new Set(verifyJournal(dir).findings.map(({ code }) => code)),
];

const contentOf = (dir: string, { id }: { readonly id: string }): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes(hashedName(id)))
    .map((path) => join(dir, path));

describe.each(three.subjects)("erasing $id", (subject) => {
  const others = three.subjects.filter((other) => other !== subject);

  test("leaves no byte of what was said, the others whole, and every proof valid", async () => {
    const dir = temporaryFolder();
    await three.recordedLanes(dir);
    await sealed(dir);
    for (const name of ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"])
      writeFileSync(join(dir, name), subject.word);
    writeFileSync(join(dir, "waits/draft.1"), `{"session":"${subject.sessions[0]}`);
    const checkpoints = ["0", "1"].map((lane) =>
      readFileSync(join(dir, "lanes", lane, "seal/checkpoint"), "utf8"),
    );
    const before = others.map((other) => three.valuesOf(dir, other));
    expect(JSON.stringify(before).includes('"kind":"missing"')).toBe(false);
    const entries = [...journalReader(dir).entries()];
    expect(three.filesWith(dir, subject.word).length).toBeGreaterThan(6);

    const lanes = await erase(dir, subject, "ticket 17");
    expect(lanes.map(({ lane, state, sessions }) => ({ lane, state, sessions }))).toEqual(
      ["0", "1"].map((lane) => ({ lane, state: "erased", sessions: subject.sessions })),
    );
    expect(three.filesWith(dir, subject.word)).toEqual([]);
    expect(contentOf(dir, subject)).toEqual([]);
    expect(readdirSync(join(dir, "waits"))).toHaveLength(8 * (5 - subject.sessions.length));
    for (const name of ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"])
      expect(existsSync(join(dir, name))).toBe(false);
    const after = others.map((other) => three.valuesOf(dir, other));
    expect(isDeepStrictEqual(after, before)).toBe(true);
    expect([...journalReader(dir).entries()]).toEqual(expect.arrayContaining(entries));

    const trust = { ...noTrust, checkpoints };
    expect(problemsIn(dir, trust)).toEqual([]);
    await sealed(dir);
    const verification = verifyJournal(dir, trust);
    expect(verification.findings).toEqual([]);
    expect(verification.lanes.map(({ contains }) => contains.length)).toEqual([1, 1]);
    expect(verification.said.filter(({ code }) => code === "VALUES_ERASED")).toMatchObject([
      { lane: "0", message: expect.stringContaining("ticket 17") as unknown },
      { lane: "1" },
    ]);
    const [first] = entries.filter(({ line }) => line.includes(`"${subject.sessions[0]}"`));
    const { id } = JSON.parse(first?.line ?? "") as { id: string };
    const [entry] = findEntries(dir, id);
    if (!entry) throw new Error("an entry went");
    const proof = checkProof(proveEntry(dir, entry), { keys: [], witnesses: [] });
    expect(JSON.parse(Buffer.from(proof.entry).toString())).toMatchObject({ id });
  });
});

describe("after an erasure", () => {
  test("what is recorded for the subject is readable, under another key, and can be erased in turn", async () => {
    const dir = temporaryFolder();
    await three.recordedLanes(dir);
    const keyOf = (): Buffer => readFileSync(join(dir, "lanes/0/keys", hashedName(anna.id)));
    const before = keyOf();
    await erase(dir, anna);
    const journal = diskJournal({ dir, clock: () => 4_000 });
    three.recordTurns(journal, [8, 9], [anna], () => 4_000);
    await journal.close();
    expect(keyOf()).not.toEqual(before);
    const values = JSON.stringify(three.valuesOf(dir, anna));
    const isThere = (question: string): boolean => values.includes(`${question} in thread a2`);
    expect(["question 7", "question 8", "question 9"].map(isThere)).toEqual([false, true, true]);
    expect(codesIn(dir)).toEqual([]);

    expect(await erase(dir, anna)).toMatchObject([{ lane: "0", sessions: anna.sessions }]);
    expect(three.filesWith(dir, anna.word)).toEqual([]);
    expect(codesIn(dir)).toEqual([]);
  });

  test("there is nothing to erase, and of a session it is known since when", async () => {
    const dir = temporaryFolder();
    await three.recordedLanes(dir);
    const before = lengthOf(dir);
    expect(await erase(dir, { id: "carl@example.com" })).toEqual([]);
    expect(lengthOf(dir)).toBe(before);
    expect(earlierErasures(dir, "carl@example.com")).toMatchObject({ sessions: 0, lastAt: null });
    for (const subject of [anna, nobody]) await erase(dir, subject);
    const after = lengthOf(dir);
    for (const subject of [anna, nobody]) expect(await erase(dir, subject)).toEqual([]);
    expect(lengthOf(dir)).toBe(after);
    expect(earlierErasures(dir, nobody.id)).toEqual({
      isSession: true,
      erasedAt: 3_000,
      sessions: 3,
      lastAt: 3_000,
    });
    expect(earlierErasures(dir, anna.id)).toMatchObject({
      isSession: false,
      erasedAt: null,
      sessions: 3,
    });
    expect(earlierErasures(dir, "thread b1")).toMatchObject({ isSession: true, erasedAt: null });
  });

  test("nothing is left of what a process said of the user's session without knowing the user", async () => {
    const dir = temporaryFolder();
    await three.recordedLanes(dir);
    const journal = diskJournal({ dir, clock: () => 2_000 });
    const { userId: _, ...unnamed } = anna;
    three.recordTurns(journal, [8], [unnamed], () => 2_000);
    await journal.close();
    await erase(dir, anna);
    expect(three.filesWith(dir, anna.word)).toEqual([]);
    expect(codesIn(dir)).toEqual([]);
  });

  test("what goes without it is found, also of those who were erased", async () => {
    const dir = temporaryFolder();
    await three.recordedLanes(dir);
    await erase(dir, anna);
    const journal = diskJournal({ dir, clock: () => 4_000 });
    three.recordTurns(journal, [8], [anna], () => 4_000);
    await journal.close();
    expect(codesIn(dir)).toEqual([]);
    for (const subject of [anna, bert, nobody]) {
      const [first] = contentOf(dir, subject).filter((path) => path.endsWith(".ndjson"));
      const text = readFileSync(first ?? "", "utf8");
      rmSync(first ?? "");
      expect(codesIn(dir)).toEqual(["VALUE_MISSING"]);
      writeFileSync(first ?? "", text);
    }
    for (const path of contentOf(dir, bert)) if (!path.endsWith(".ndjson")) rmSync(path);
    expect(codesIn(dir)).toEqual(["SUBJECT_KEY_MISSING"]);
    for (const path of contentOf(dir, bert)) rmSync(path);
    expect(codesIn(dir)).toEqual(["VALUE_MISSING"]);
  });
});

const atFive = (): number => 5_000;

const lengthOf = (dir: string): number => [...journalReader(dir).entries()].length;

test("what a segment says of older ones is said again before it goes", async () => {
  const dir = temporaryFolder();
  let fresh = Infinity;
  const journal = diskJournal({
    dir,
    clock: atFive,
    segmentBytes: 20_000,
    maxBytes: 60_000,
    standingOf: (segment) => (segment < fresh ? "open" : "delivered"),
  });
  three.recordTurns(journal, [1, 2, 3], [anna], atFive);
  const subject = hashedName(anna.id);
  await journal.reduction.erase({
    subject,
    sessions: [],
    lookedTo: beginning,
    reason: "ticket 17",
  });
  fresh = journal.end.segment;
  three.recordTurns(journal, [1, 2, 3, 4, 5, 6], [bert], atFive);
  await journal.close();
  const segments = readdirSync(join(dir, "lanes/0/segments")).map(Number);
  expect(segments.slice(0, fresh - 1)).toEqual(
    Array.from({ length: fresh - 1 }, (_, at) => at + 1),
  );
  expect(segments).not.toContain(fresh);
  const { findings, lanes, said } = verifyJournal(dir);
  expect(findings).toEqual([]);
  expect(lanes[0]?.values.erased).toBeGreaterThan(30);
  expect(said.find(({ code }) => code === "VALUES_ERASED")?.message).toContain("ticket 17");
});
