import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { entriesFile, laneFolder, segmentFolder } from "../../journal/disk/layout.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { knownKey } from "../notes/keys.fixture.ts";
import { formatSigningKey, noteSigner } from "../notes/signer.ts";
import { unsynced } from "./dying-disk.fixture.ts";
import { LaneSealer, rotateKey } from "./seal-lane.ts";
import {
  checkpointFile,
  epochFile,
  epochsFolder,
  keyFile,
  lastSealedFile,
  nextKeyFile,
  sealFolder,
  verifierKeyFile,
} from "./seal-layout.ts";
import {
  elsewhere,
  mustBeSealed,
  recordEntries,
  sealOnce,
  testKey,
} from "./sealed-lanes.fixture.ts";

const sealOf = (dir: string): string => sealFolder(laneFolder(dir, 0));
const firstEntries = (dir: string): string => entriesFile(segmentFolder(laneFolder(dir, 0), 1));

function edit(dir: string): void {
  const text = readFileSync(firstEntries(dir), "utf8");
  writeFileSync(firstEntries(dir), text.replace('"text"', '"TEXT"'));
}

/** Whoever can write to the disk, and has no key, can have a sealer begin anew. */
function takeSealAway(dir: string): void {
  for (const path of [checkpointFile, lastSealedFile]) rmSync(path(sealOf(dir)), { force: true });
  rmSync(join(sealOf(dir), "tile"), { recursive: true });
}

/** A log of so many entries, and another history of it, sealed with the same key. */
async function twoHistories(
  count: number,
): Promise<{ readonly dir: string; readonly other: string }> {
  const [dir, other] = [temporaryFolder(), temporaryFolder()];
  await recordEntries(dir, count);
  cpSync(dir, other, { recursive: true });
  edit(other);
  await sealOnce(other);
  return { dir, other };
}

function putInPlace(dir: string, other: string): void {
  rmSync(laneFolder(dir, 0), { recursive: true });
  cpSync(laneFolder(other, 0), laneFolder(dir, 0), { recursive: true });
}

const sealerOf = (dir: string): LaneSealer =>
  new LaneSealer("0", { dir, files: unsynced, newKey: testKey });

describe("a sealer that runs remembers what it has signed", () => {
  test("and does not sign an edited record as if it were the first", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 300);
    const sealer = sealerOf(dir);
    await sealer.seal();
    edit(dir);
    takeSealAway(dir);
    await expect(sealer.seal()).rejects.toMatchObject({ code: "CHECKPOINT_OLD" });
    rmSync(laneFolder(dir, 0), { recursive: true });
    await expect(sealer.seal()).rejects.toMatchObject({ code: "KEY_MISSING" });
  });

  test("and does not go on with another history, whoever has signed that", async () => {
    const { dir, other } = await twoHistories(300);
    const sealer = sealerOf(dir);
    await sealer.seal();
    await recordEntries(other, 20);
    await sealOnce(other);
    putInPlace(dir, other);
    await expect(sealer.seal()).rejects.toMatchObject({ code: "HISTORY_DIFFERS" });
  });

  test("and goes on with what others have signed behind it", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 250);
    const sealer = sealerOf(dir);
    await sealer.seal();
    await recordEntries(dir, 300);
    await sealOnce(dir);
    await recordEntries(dir, 3);
    expect(await sealer.seal()).toMatchObject({ size: 553, added: 3 });
  });
});

describe("what both keys of an epoch have signed stands", () => {
  async function rotated(): Promise<string> {
    const dir = temporaryFolder();
    await recordEntries(dir, 30);
    await sealOnce(dir);
    await rotateKey("0", {
      dir,
      files: unsynced,
      newKey: () => ({ ...testKey(), seed: secondSeed }),
    });
    return dir;
  }
  const secondSeed = Buffer.alloc(32, 8);

  test("also where checkpoint and note are gone", async () => {
    const dir = await rotated();
    edit(dir);
    takeSealAway(dir);
    await expect(sealOnce(dir)).rejects.toMatchObject({
      code: "CHECKPOINT_OLD",
      message: "there is no checkpoint, but 30 were sealed",
    });
  });

  test("for a stolen former key as well", async () => {
    const dir = await rotated();
    const forged = temporaryFolder();
    await recordEntries(forged, 30);
    edit(forged);
    await recordEntries(forged, 5);
    await sealOnce(forged);
    for (const name of ["checkpoint", "tile", "last.json"])
      cpSync(join(sealOf(forged), name), join(sealOf(dir), name), { recursive: true });
    cpSync(firstEntries(forged), firstEntries(dir));
    await expect(sealOnce(dir)).rejects.toMatchObject({ code: "CHECKPOINT_FOREIGN" });
  });

  test("for whoever has the present key", async () => {
    const dir = await rotated();
    const forged = temporaryFolder();
    await recordEntries(forged, 30);
    edit(forged);
    await sealOnce(forged, { newKey: () => ({ ...testKey(), seed: secondSeed }) });
    cpSync(epochsFolder(sealOf(dir)), epochsFolder(sealOf(forged)), { recursive: true });
    await expect(sealOnce(forged)).rejects.toMatchObject({ code: "HISTORY_DIFFERS" });
  });

  test("and a record that is missing is said", async () => {
    const dir = await rotated();
    cpSync(epochFile(sealOf(dir), 1), epochFile(sealOf(dir), 3));
    await expect(sealOnce(dir)).rejects.toMatchObject({
      code: "EPOCH_MISSING",
      message: "the record of epoch 2 is missing",
    });
  });

  test("and a next key that nobody has signed for is not taken up", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 3);
    await sealOnce(dir);
    const planted = { name: "example.com/spoor/0", seed: Buffer.alloc(32, 66) };
    writeFileSync(nextKeyFile(sealOf(dir)), `${formatSigningKey(planted)}\n`);
    const outcome = await rotateKey("0", { dir, files: unsynced });
    expect(outcome).not.toMatchObject({ key: { id: noteSigner(planted).key.id } });
    expect(mustBeSealed(dir).size).toBe(3);
  });
});

test("a config that names another key leaves the log's public key as it is", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  await sealOnce(dir);
  const before = readFileSync(verifierKeyFile(sealOf(dir)));
  const key = elsewhere(noteSigner(knownKey("elsewhere")));
  await expect(sealOnce(dir, { name: "example.com/spoor", key })).rejects.toMatchObject({
    code: "KEY_FOREIGN",
    message: expect.stringMatching(/^the log was sealed with another key: expected .*, received/),
  });
  expect(readFileSync(verifierKeyFile(sealOf(dir)))).toEqual(before);
});

test("a lane of which everything was taken but the note is not one that was never written to", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  await sealOnce(dir);
  rmSync(checkpointFile(sealOf(dir)));
  rmSync(join(laneFolder(dir, 0), "segments"), { recursive: true });
  await expect(sealOnce(dir)).rejects.toMatchObject({ code: "CHECKPOINT_OLD" });
});

test("where key and checkpoint are gone, no other key is made and nothing is shown in its place", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  await sealOnce(dir);
  for (const path of [keyFile, checkpointFile]) rmSync(path(sealOf(dir)));
  await expect(sealOnce(dir)).rejects.toMatchObject({ code: "KEY_MISSING" });
  expect(existsSync(keyFile(sealOf(dir)))).toBe(false);
});

test.each([
  ["a place before the file", { size: 2, segment: 1, offset: -5 }],
  ["half a byte", { size: 2, segment: 1, offset: 0.5 }],
  ["another line", { size: 2, segment: 1, offset: 0 }],
  ["a segment that is not there", { size: 2, segment: 9, offset: 0 }],
  ["no number", { size: 2, segment: "1", offset: null }],
])("a note that names %s is not believed", async (_, note) => {
  const dir = temporaryFolder();
  await recordEntries(dir, 2);
  await sealOnce(dir);
  await recordEntries(dir, 3);
  writeFileSync(lastSealedFile(sealOf(dir)), JSON.stringify(note));
  expect(await sealOnce(dir)).toMatchObject({ size: 5, added: 3 });
  expect(mustBeSealed(dir).size).toBe(5);
});

test.each([
  ["checkpoint", checkpointFile],
  ["key", keyFile],
  ["last.json", lastSealedFile],
])("a %s of gigabytes is not read", async (name, path) => {
  const dir = temporaryFolder();
  await recordEntries(dir, 2);
  await sealOnce(dir);
  truncateSync(path(sealOf(dir)), 3 * 1024 ** 3);
  await expect(sealOnce(dir)).rejects.toMatchObject({
    code: "FILE_TOO_LARGE",
    message: `${name} of a seal holds 3221225472 bytes`,
  });
});

test.skipIf(process.platform === "win32")(
  "a pipe in the place of a file keeps nobody waiting",
  async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 2);
    await sealOnce(dir);
    rmSync(checkpointFile(sealOf(dir)));
    execFileSync("mkfifo", [checkpointFile(sealOf(dir))]);
    await expect(sealOnce(dir)).rejects.toMatchObject({ code: "NOTE_MALFORMED" });
  },
);

test("a key file that holds no key is named", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 2);
  await sealOnce(dir);
  writeFileSync(keyFile(sealOf(dir)), "");
  await expect(sealOnce(dir)).rejects.toMatchObject({
    code: "KEY_MALFORMED",
    message: `${keyFile(sealOf(dir))}: expected a signing key as PRIVATE+KEY+<name>+<id>+<base64>`,
  });
});

test("a private key that a killed process has left half-way is removed", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 2);
  mkdirSync(sealOf(dir), { recursive: true });
  writeFileSync(join(sealOf(dir), "draft.1"), "PRIVATE+KEY+…");
  await sealOnce(dir);
  expect(readdirSync(sealOf(dir)).filter((name) => name.startsWith("draft."))).toEqual([]);
});

describe("a key elsewhere", () => {
  const { publicKey } = noteSigner(knownKey("elsewhere")).key;
  const name = "example.com/agents";

  test("that never answers ends the sealing in time, and is asked again", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 2);
    const key = { publicKey, sign: (): Promise<Uint8Array> => new Promise(() => {}) };
    await expect(sealOnce(dir, { name, key, patienceMs: 5 })).rejects.toMatchObject({
      code: "KEY_SILENT",
      message: "the key of example.com/agents/0 has not signed in 5 ms",
    });
    const signer = noteSigner(knownKey("elsewhere"));
    expect(await sealOnce(dir, { name, key: elsewhere(signer) })).toMatchObject({ size: 2 });
  });

  test.each([
    [
      "an ArrayBuffer",
      new ArrayBuffer(64),
      "expected a signature as a Uint8Array, received ArrayBuffer",
    ],
    ["a text", "0".repeat(64), "expected a signature as a Uint8Array, received String"],
    ["zeros", new Uint8Array(64), "gave 64 bytes that are no signature of it"],
    ["a wrapping", new Uint8Array(70), "gave 70 bytes that are no signature of it"],
  ])("that gives %s is told what is expected", async (_, given, message) => {
    const dir = temporaryFolder();
    await recordEntries(dir, 2);
    const key = { publicKey, sign: () => given as Uint8Array };
    await expect(sealOnce(dir, { name, key })).rejects.toMatchObject({
      code: "SIGNATURE_INVALID",
      message: expect.stringContaining(message),
    });
    expect(existsSync(checkpointFile(sealOf(dir)))).toBe(false);
  });
});
