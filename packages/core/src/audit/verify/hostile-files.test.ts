import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hashedName } from "../../journal/disk/layout.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import * as evidence from "./evidence.fixture.ts";
import { noTrust, type Trust } from "./trust.ts";
import { verifyJournal } from "./verify-journal.ts";

const keyOf = (dir: string): Trust => ({
  ...noTrust,
  keys: [parseVerifierKey(evidence.textOf(dir, evidence.publicKey).trimEnd())],
});

const editEntry = (dir: string): void =>
  evidence.rewrite(dir, evidence.firstSegment, (text) => text.replace("turn 0", "turn 9"));

const remove = (dir: string, ...files: readonly string[]): void => {
  for (const file of files) rmSync(join(dir, file), { recursive: true, force: true });
};

const seal = "lanes/0/seal";

/** A folder is what tiles lie in, whatever it is called. */
const isTileFolder = (path: string): boolean =>
  path.includes("/tile/") && lstatSync(path).isDirectory();

describe("a seal that was taken away in part is not a seal that was never there", () => {
  test("its public key alone says that there was one", async () => {
    const dir = await evidence.sealedJournal();
    const trust = keyOf(dir);
    editEntry(dir);
    remove(dir, evidence.checkpoint, `${seal}/tile`, `${seal}/last.json`, `${seal}/key`);
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["CHECKPOINT_MISSING"]);
    expect(evidence.codesOf(verifyJournal(dir, trust))).toEqual(["CHECKPOINT_MISSING"]);
  });

  test("a lock is no excuse where the sealer has noted what it sealed, or a key was given", async () => {
    const dir = await evidence.sealedJournal();
    const trust = keyOf(dir);
    mkdirSync(join(dir, "sealing/lanes/0"), { recursive: true });
    writeFileSync(join(dir, "sealing/lanes/0/lock.9"), "whoever");
    remove(dir, evidence.checkpoint);
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["CHECKPOINT_MISSING"]);
    remove(dir, `${seal}/last.json`);
    expect(evidence.codesOf(verifyJournal(dir, trust))).toEqual(["CHECKPOINT_MISSING"]);
    const alone = verifyJournal(dir);
    expect(alone.findings).toEqual([]);
    expect(evidence.openIn(alone)).toContain("NO_CHECKPOINT");
  });
});

describe("what readers would take for a value is looked at, whatever its file is called", () => {
  test.each(["zzz", "zzz.txt", "draft.1", `${"f".repeat(32)}.ndjson`])("%s", async (name) => {
    const dir = await evidence.sealedJournal();
    const content = "lanes/0/segments/0001/content";
    const own = `${content}/${hashedName("anna@example.com")}.ndjson`;
    const forged = evidence.textOf(dir, own).replaceAll("question", "permission");
    writeFileSync(join(dir, content, name), forged);
    expect(verifyJournal(dir).findings.length).toBeGreaterThan(0);
  });
});

describe("what is no file is found, and nobody waits for it", () => {
  const places = [
    evidence.firstSegment,
    evidence.checkpoint,
    evidence.publicKey,
    evidence.tile,
    `${seal}/last.json`,
    "lanes/0/removed.json",
    `${seal}/epochs/0001`,
    `lanes/0/keys/${hashedName("anna@example.com")}`,
    `lanes/0/segments/0001/content/${hashedName("anna@example.com")}.ndjson`,
  ];
  test.each(places)("in the place of %s", { timeout: 60_000 }, async (file) => {
    const whole = await evidence.sealedJournal();
    const instead: readonly ((path: string) => void)[] = [
      (path) => mkdirSync(path, { recursive: true }),
      (path) => execFileSync("/bin/sh", ["-c", `mkfifo "$0"`, path]),
      (path) => symlinkSync("/dev/zero", path),
      (path) => symlinkSync(path, path),
    ];
    for (const put of instead) {
      const dir = evidence.copyOf(whole, join(temporaryFolder(), "copy"));
      remove(dir, file);
      mkdirSync(join(dir, file, ".."), { recursive: true });
      put(join(dir, file));
      const [finding] = verifyJournal(dir).findings;
      expect(finding?.code).toBe(
        isTileFolder(join(dir, file)) ? "TILE_MISSING" : "FILE_UNREADABLE",
      );
    }
  });
});

test("a size that nobody can have sealed ends nothing", { timeout: 20_000 }, async () => {
  const dir = await evidence.sealedJournal();
  evidence.rewrite(dir, evidence.checkpoint, (text) =>
    text.replace("\n27\n", "\n9007199254740991\n"),
  );
  const far = join(dir, "lanes/0/seal/tile/0/x035/x184/x372/x088");
  mkdirSync(far, { recursive: true });
  writeFileSync(join(far, "830"), "");
  const codes = evidence.codesOf(verifyJournal(dir));
  expect(codes).toContain("CHECKPOINT_INVALID");
  expect(codes).toContain("TILE_MISSING");
});

test("a wider tile that nobody can read does not stand for the one that is gone", async () => {
  const dir = await evidence.sealedJournal();
  remove(dir, evidence.tile);
  writeFileSync(join(dir, "lanes/0/seal/tile/0/000.p/31"), "torn");
  expect(evidence.codesOf(verifyJournal(dir))).toEqual(["TILE_MISSING"]);
});

test("lanes that have changed places are found", async () => {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, evidence.conversation(2));
  await evidence.sealAgain(dir);
  cpSync(join(dir, "lanes/0"), join(dir, "lanes/3"), { recursive: true });
  remove(dir, "lanes/0");
  expect(verifyJournal(dir).findings).toMatchObject([{ code: "LOG_ELSEWHERE", lane: "3" }]);
});

test("a removal that was cut short, its entries gone and their folder not, is no damage", async () => {
  const dir = await evidence.sealedJournal();
  const entries = evidence.textOf(dir, evidence.firstSegment).split("\n").length - 1;
  const account = { entries, bytes: 1, undelivered: 0, removing: 1 };
  writeFileSync(join(dir, "lanes/0/removed.json"), JSON.stringify(account));
  remove(dir, evidence.firstSegment);
  expect(verifyJournal(dir).findings).toEqual([]);
});

test("a time that no clock can show is told all the same", async () => {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, evidence.conversation(1));
  evidence.rewrite(dir, evidence.firstSegment, (text) =>
    text.replace(/"recordedAt":\d+/, '"recordedAt":1e300'),
  );
  expect(evidence.codesOf(verifyJournal(dir))).toEqual(["TIME_BACKWARDS"]);
});
