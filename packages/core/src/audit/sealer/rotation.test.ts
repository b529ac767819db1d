import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { laneFolder } from "../../journal/disk/layout.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { formerKeys, readEpochs } from "../keys/epoch.ts";
import type { NewKey } from "../keys/lane-key.ts";
import { noteSigner, parseSigningKey } from "../notes/signer.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import { publishLane } from "../publish/publish-lane.ts";
import { dyingAt, unsynced } from "./dying-disk.fixture.ts";
import { rotateKey } from "./seal-lane.ts";
import {
  checkpointFile,
  epochsFolder,
  keyFile,
  nextKeyFile,
  sealFolder,
  sealingFolder,
  verifierKeyFile,
} from "./seal-layout.ts";
import { elsewhere, mustBeSealed, recordEntries, sealOnce } from "./sealed-lanes.fixture.ts";

const sealOf = (dir: string): string => sealFolder(laneFolder(dir, 0));

/** Another key each time. */
function newKeys(): () => NewKey {
  let made = 0;
  return () => ({ name: "example.com/spoor", seed: Buffer.alloc(32, (made += 1)) });
}

/** A log that had three keys, with entries under each. */
async function rotatedTwice(): Promise<{ readonly dir: string; readonly newKey: () => NewKey }> {
  const dir = temporaryFolder();
  const newKey = newKeys();
  await recordEntries(dir, 300);
  await rotateKey("0", { dir, newKey });
  await recordEntries(dir, 10);
  await rotateKey("0", { dir, newKey });
  await recordEntries(dir, 5);
  return { dir, newKey };
}

test("a log goes on with another key, and each key vouches for the next", async () => {
  const { dir, newKey } = await rotatedTwice();
  const seal = sealOf(dir);
  const sealed = await sealOnce(dir, { newKey });
  expect(sealed).toMatchObject({ size: 315, added: 5 });
  expect(mustBeSealed(dir)).toMatchObject({ size: 315, origin: "example.com/spoor/0" });
  const epochs = readEpochs(seal, nodeFileSystem);
  expect(epochs.map(({ size }) => size)).toEqual([300, 310]);
  expect(formerKeys(epochs, sealed.key).map(({ publicKey }) => publicKey)).toEqual(
    [2, 1].map((seed) => noteSigner({ name: "k", seed: Buffer.alloc(32, seed) }).key.publicKey),
  );
});

test("the tree is signed by the new key at once, and the former private key is gone", async () => {
  const { dir } = await rotatedTwice();
  const seal = sealOf(dir);
  expect(mustBeSealed(dir).size).toBe(310);
  const { seed } = parseSigningKey(readFileSync(keyFile(seal), "utf8").trimEnd());
  expect(Buffer.from(seed)).toEqual(Buffer.alloc(32, 3));
  expect(existsSync(nextKeyFile(seal))).toBe(false);
  expect(readdirSync(epochsFolder(seal))).toEqual(["0001", "0002"]);
});

test("a key beside its log can be followed by one elsewhere, and by no other after that", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  const first = await sealOnce(dir);
  const signer = noteSigner({ name: "example.com/spoor/0", seed: Buffer.alloc(32, 9) });
  const key = elsewhere(signer);
  expect(await rotateKey("0", { dir }, key)).toMatchObject({
    kind: "sealed",
    key: { id: signer.key.id },
  });
  expect(existsSync(keyFile(sealOf(dir)))).toBe(false);
  await recordEntries(dir, 2);
  await expect(sealOnce(dir)).rejects.toMatchObject({ code: "KEY_MISSING" });
  const old = elsewhere(noteSigner({ name: first.key.name, seed: Buffer.alloc(32, 7) }));
  const name = "example.com/spoor";
  await expect(sealOnce(dir, { key: old, name })).rejects.toMatchObject({ code: "KEY_FOLLOWED" });
  expect(await sealOnce(dir, { key, name })).toMatchObject({ size: 5, added: 2 });
});

test("a record that the former key has not signed lets no other key in", async () => {
  const { dir, newKey } = await rotatedTwice();
  const path = join(epochsFolder(sealOf(dir)), "0002");
  const note = readFileSync(path, "utf8");
  const lines = note.split("\n");
  writeFileSync(path, [...lines.slice(0, -3), lines.at(-2), ""].join("\n"));
  await expect(sealOnce(dir, { newKey })).rejects.toMatchObject({ code: "EPOCH_MALFORMED" });
  writeFileSync(path, note.replace("\n310\n", "\n311\n"));
  await expect(sealOnce(dir, { newKey })).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
  writeFileSync(path, note);
  expect(await sealOnce(dir, { newKey })).toMatchObject({ size: 315 });
});

test("a rotation that ends at any of its calls is done or not, and the log goes on", async () => {
  const outcomes = new Set<number>();
  for (let nth = 0; ; nth += 1) {
    const dir = temporaryFolder();
    const newKey = newKeys();
    await recordEntries(dir, 2);
    await sealOnce(dir, { newKey });
    await recordEntries(dir, 1);
    const { files, isDead } = dyingAt(nth);
    await rotateKey("0", { dir, newKey, files }).catch(() => null);
    const died = isDead();
    rmSync(sealingFolder(dir), { recursive: true, force: true });
    expect(await sealOnce(dir, { newKey })).toMatchObject({ size: 3 });
    mustBeSealed(dir);
    const epochs = readEpochs(sealOf(dir), nodeFileSystem).length;
    outcomes.add(epochs);
    expect(await rotateKey("0", { dir, newKey, files: unsynced })).toMatchObject({
      kind: "sealed",
      size: 3,
    });
    expect(mustBeSealed(dir).size).toBe(3);
    expect(readEpochs(sealOf(dir), nodeFileSystem)).toHaveLength(epochs + 1);
    rmSync(dir, { recursive: true });
    if (!died) break;
  }
  expect([...outcomes]).toEqual([0, 1]);
}, 60_000);

test("what is published names the keys that were, and goes on under the new one", async () => {
  const to = temporaryFolder();
  const dir = temporaryFolder();
  const newKey = newKeys();
  await recordEntries(dir, 3);
  await sealOnce(dir, { newKey });
  await publishLane("0", { dir, to });
  await rotateKey("0", { dir, newKey });
  await recordEntries(dir, 3);
  await sealOnce(dir, { newKey });
  expect(await publishLane("0", { dir, to })).toMatchObject({ size: 6, added: 3 });
  const key = parseVerifierKey(readFileSync(verifierKeyFile(join(to, "0")), "utf8").trimEnd());
  expect(formerKeys(readEpochs(join(to, "0"), nodeFileSystem), key)).toHaveLength(1);
  expect(readFileSync(checkpointFile(join(to, "0")))).toEqual(
    readFileSync(checkpointFile(sealOf(dir))),
  );
});
