import { Buffer } from "node:buffer";
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { takeIfFree } from "../../journal/disk/lane-lock.ts";
import { hashedName } from "../../journal/disk/layout.ts";
import * as say from "../../testing-kit/drafts.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { eraseSubject } from "../erasure/erase-subject.ts";
import * as evidence from "./evidence.fixture.ts";
import { verifyJournal } from "./verify-journal.ts";

/** Some of what is sealed is gone, and some of what is not. */
async function bounded(): Promise<string> {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, evidence.conversation(4), { segmentBytes: 5_000 });
  await evidence.sealAgain(dir);
  const more = { segmentBytes: 5_000, maxBytes: 25_000 };
  await evidence.recordIn(dir, evidence.conversation(4, 4), more);
  return dir;
}

describe("what is no damage is said", () => {
  test("entries that are not sealed yet, a torn line, and turns that are open", async () => {
    const dir = await evidence.sealedJournal();
    await evidence.recordIn(dir, [say.turn("late", { session: "thread 0" })]);
    appendFileSync(join(dir, evidence.secondSegment), '{"v":0,"id"');
    const verification = verifyJournal(dir);
    expect(verification.findings).toEqual([]);
    expect(evidence.saidIn(verification)).toEqual(["ENTRIES_UNSEALED", "LINE_TORN", "TURNS_OPEN"]);
    expect(verification.lanes).toMatchObject([
      { signed: 27, unsealed: 1, tornBytes: 11, openTurns: 1 },
    ]);
    expect(evidence.openIn(verification)).toContain("UNSEALED_ENTRIES");
  });

  test("a turn that ended in another lane is not open", async () => {
    const dir = temporaryFolder();
    const other = temporaryFolder();
    await evidence.recordIn(dir, [say.turn("turn")]);
    await evidence.recordIn(other, [say.ended("turn", "turn")]);
    evidence.copyOf(join(other, "lanes/0"), join(dir, "lanes/1"));
    expect(verifyJournal(dir).lanes.map(({ openTurns }) => openTurns)).toEqual([0, 0]);
  });

  test("a lane that was never sealed", async () => {
    const dir = temporaryFolder();
    await evidence.recordIn(dir, evidence.conversation(1));
    const verification = verifyJournal(dir);
    expect(verification.findings).toEqual([]);
    expect(evidence.saidIn(verification)).toEqual(["NOTHING_SEALED"]);
    expect(evidence.openIn(verification)).toEqual(["NO_LOG", "NEVER_RECORDED"]);
  });

  test("a first checkpoint that somebody is about to sign", async () => {
    const dir = await evidence.sealedJournal();
    rmSync(join(dir, evidence.checkpoint));
    rmSync(join(dir, "lanes/0/seal/last.json"));
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["CHECKPOINT_MISSING"]);
    const sealing = takeIfFree(join(dir, "sealing"), 0, 0, nodeFileSystem);
    expect(evidence.codesOf(verifyJournal(dir))).toEqual([]);
    sealing?.release();
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["CHECKPOINT_MISSING"]);
  });

  test("tiles that nobody has signed for, whatever they hold", async () => {
    const dir = await evidence.sealedJournal();
    const ahead = Buffer.concat([readFileSync(join(dir, evidence.tile)), Buffer.alloc(3 * 32)]);
    writeFileSync(join(dir, "lanes/0/seal/tile/0/000.p/30"), ahead);
    writeFileSync(join(dir, "lanes/0/seal/tile/0/000.p/31"), "torn");
    const verification = verifyJournal(dir);
    expect(verification.findings).toEqual([]);
    expect(evidence.saidIn(verification)).toEqual(["TILES_AHEAD"]);
  });

  test("values that were erased, which changes nothing of what is sealed", async () => {
    const dir = await evidence.sealedJournal();
    const lanes = await eraseSubject({
      dir,
      subject: "bert@example.com",
      reason: "ticket 17",
      clock: () => 0,
      pause: () => Promise.resolve(),
    });
    expect(lanes.map(({ state }) => state)).toEqual(["erased"]);
    const verification = verifyJournal(dir);
    expect(verification.findings).toEqual([]);
    expect(verification.lanes[0]?.signed).toBe(27);
    expect(verification.lanes[0]?.values.erased).toBeGreaterThan(5);
    expect(evidence.saidIn(verification)).toEqual(["VALUES_ERASED", "ENTRIES_UNSEALED"]);
    expect(verification.said[0]?.message).toMatch(
      /^\d+ values of 1 session were erased.*: ticket 17$/,
    );
    expect(evidence.openIn(verification)).toContain("ERASED_VALUES");
  });
});

describe("a value that is gone is no erasure", () => {
  test("where nobody said that it was to go, its key or not", async () => {
    const dir = await evidence.sealedJournal();
    const name = hashedName("anna@example.com");
    for (const file of evidence.filesIn(dir).filter((path) => path.endsWith(`${name}.ndjson`)))
      evidence.rewrite(dir, file, (text) => text.split("\n").slice(1).join("\n"));
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["VALUE_MISSING"]);
    for (const file of evidence.filesIn(dir).filter((path) => path.includes(name)))
      rmSync(join(dir, file));
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["VALUE_MISSING"]);
  });

  test("and a key that is gone while values are left is none either", async () => {
    const dir = await evidence.sealedJournal();
    rmSync(join(dir, "lanes/0/keys", hashedName("anna@example.com")));
    expect(evidence.codesOf(verifyJournal(dir))).toContain("SUBJECT_KEY_MISSING");
  });
});

describe("what the bound has removed", () => {
  test("still stands in the tree by its hashes, and is said", async () => {
    const verification = verifyJournal(await bounded());
    expect(verification.findings).toEqual([]);
    expect(verification.lanes[0]?.removed).toBeGreaterThan(5);
    expect(verification.lanes[0]?.signed).toBe(51);
    expect(evidence.saidIn(verification)).toEqual(["ENTRIES_UNSEALED", "ENTRIES_REMOVED"]);
    expect(evidence.openIn(verification)).toContain("REMOVED_ENTRIES");
  });

  test("may be a hole in the middle, also behind a line that was cut short", async () => {
    const dir = temporaryFolder();
    await evidence.recordIn(dir, evidence.conversation(4), { segmentBytes: 5_000 });
    await evidence.sealAgain(dir);
    const gone = evidence.textOf(dir, evidence.secondSegment).split("\n").length - 1;
    rmSync(join(dir, "lanes/0/segments/0002"), { recursive: true });
    writeFileSync(join(dir, "lanes/0/removed.json"), JSON.stringify({ entries: gone }));
    appendFileSync(join(dir, evidence.firstSegment), "x".repeat(9_000));
    const verification = verifyJournal(dir);
    expect(verification.findings).toEqual([]);
    expect(verification.lanes).toMatchObject([{ removed: gone, signed: 51, tornBytes: 9_000 }]);
  });

  test("is what the account says: a segment that went otherwise is missing", async () => {
    const dir = await bounded();
    evidence.rewrite(dir, "lanes/0/removed.json", (text) =>
      text.replace(/"entries":\d+/, '"entries":999'),
    );
    expect(evidence.codesOf(verifyJournal(dir))).toContain("REMOVED_UNACCOUNTED");
    rmSync(join(dir, "lanes/0/removed.json"));
    expect(evidence.codesOf(verifyJournal(dir))).toContain("SEQUENCE_BROKEN");
  });

  test("is what the account says, whatever it says is just being removed", async () => {
    const dir = await bounded();
    const [there] = readdirSync(join(dir, "lanes/0/segments")).toSorted();
    const kept =
      evidence.textOf(dir, `lanes/0/segments/${there}/entries.ndjson`).split("\n").length - 1;
    const account = JSON.parse(evidence.textOf(dir, "lanes/0/removed.json")) as { entries: number };
    const say = (entries: number): void =>
      writeFileSync(
        join(dir, "lanes/0/removed.json"),
        JSON.stringify({ ...account, entries, removing: Number(there) }),
      );
    say(account.entries + kept);
    expect(verifyJournal(dir).findings).toEqual([]);
    say(account.entries + kept + 1);
    expect(evidence.codesOf(verifyJournal(dir))).toContain("REMOVED_UNACCOUNTED");
    say(999);
    expect(evidence.codesOf(verifyJournal(dir))).toContain("REMOVED_UNACCOUNTED");
  });

  test("cannot be compared without its tiles", async () => {
    const dir = await bounded();
    rmSync(join(dir, "lanes/0/seal/tile"), { recursive: true });
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["ROOT_DIFFERS", "TILE_MISSING"]);
  });
});
