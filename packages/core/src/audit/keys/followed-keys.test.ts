import { Buffer } from "node:buffer";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { parseVerifierKey, type VerifierKey } from "../notes/verifier-key.ts";
import { unsynced } from "../sealer/dying-disk.fixture.ts";
import { rotateKey } from "../sealer/seal-lane.ts";
import { sealOnce } from "../sealer/sealed-lanes.fixture.ts";
import { checkProof } from "../verify/check-proof.ts";
import * as evidence from "../verify/evidence.fixture.ts";
import { findEntries } from "../verify/find-entries.ts";
import { proveEntry } from "../verify/prove-entry.ts";

const sealOf = (dir: string): string => join(dir, "lanes/0/seal");
const shownKey = (dir: string): VerifierKey =>
  parseVerifierKey(readFileSync(join(sealOf(dir), "log.vkey"), "utf8").trimEnd());
const newKey = (byte: number) => (): { name: string; seed: Buffer } => ({
  name: "example.com/spoor",
  seed: Buffer.alloc(32, byte),
});

/** A proof of the entry of a lane that was recorded last. */
function proofIn(dir: string): string {
  const lines = evidence.textOf(dir, evidence.firstSegment).trimEnd().split("\n");
  const [entry] = findEntries(dir, String(/"id":"([0-9a-f]{32})"/.exec(lines.at(-1) ?? "")?.[1]));
  if (!entry) throw new Error("no entry");
  return proveEntry(dir, entry);
}

interface ThreeKeys {
  readonly dir: string;
  readonly keys: readonly VerifierKey[];
  /** Made under each of the keys. */
  readonly proofs: readonly string[];
  readonly epochs: readonly string[];
}

/** A log that had three keys, with entries under each. */
async function threeKeys(): Promise<ThreeKeys> {
  const dir = temporaryFolder();
  const keys: VerifierKey[] = [];
  const proofs: string[] = [];
  for (const byte of [1, 2, 3]) {
    await evidence.recordIn(dir, evidence.conversation(1, byte));
    if (byte === 1) await sealOnce(dir, { newKey: newKey(1) });
    else await rotateKey("0", { dir, files: unsynced, newKey: newKey(byte) });
    keys.push(shownKey(dir));
    proofs.push(proofIn(dir));
  }
  const folder = join(sealOf(dir), "epochs");
  const names = readdirSync(folder).toSorted();
  return {
    dir,
    keys,
    proofs,
    epochs: names.map((name) => readFileSync(join(folder, name), "utf8")),
  };
}

/** The same entries, as if they had been sealed with another key all the time. */
async function sealedAnew(dir: string, byte: number): Promise<string> {
  const other = temporaryFolder();
  cpSync(dir, other, { recursive: true });
  rmSync(sealOf(other), { recursive: true });
  await sealOnce(other, { newKey: newKey(byte) });
  return other;
}

describe("a proof that was made under one key of a log", () => {
  test("is verified with any other, where the records of epochs lead there", async () => {
    const { keys, proofs, epochs } = await threeKeys();
    for (const [given, key] of keys.entries())
      for (const [made, proof] of proofs.entries()) {
        const checked = checkProof(proof, { keys: [key], witnesses: [], epochs });
        expect(checked.keyFrom).toBe(given === made ? "given" : "followed");
      }
  });

  test("shows nothing to whoever has another one, and not the records", async () => {
    const { keys, proofs, epochs } = await threeKeys();
    const [first, , third] = keys;
    if (!first || !third) throw new Error("no keys");
    const trust = { keys: [first], witnesses: [], epochs: epochs.slice(1) };
    expect(() => checkProof(String(proofs[2]), trust)).toThrow(/expected a note signed by/);
    const none = { keys: [third], witnesses: [] };
    expect(() => checkProof(String(proofs[0]), none)).toThrow(/expected a note signed by/);
  });

  test("shows nothing where that key had been followed before: it was stolen", async () => {
    const { dir, keys, epochs } = await threeKeys();
    const stolen = await sealedAnew(dir, 1);
    for (const key of keys)
      expect(() => checkProof(proofIn(stolen), { keys: [key], witnesses: [], epochs })).toThrow(
        /was followed by another at/,
      );
  });

  test("is not believed for a record that only one of its keys has signed", async () => {
    const { keys, proofs, epochs } = await threeKeys();
    const cut = epochs.map((note) => note.split("\n").toSpliced(-2, 1).join("\n"));
    const trust = { keys: keys.slice(0, 1), witnesses: [], epochs: cut };
    expect(() => checkProof(String(proofs[2]), trust)).toThrow(/that both of its keys have signed/);
  });
});

test("an entry is proven also where a rotation was cut short behind its record", async () => {
  const { dir, keys } = await threeKeys();
  const [, second] = keys;
  if (!second) throw new Error("no key");
  const before = await sealedAnew(dir, 2);
  for (const name of ["checkpoint", "log.vkey"]) {
    writeFileSync(join(sealOf(dir), name), readFileSync(join(sealOf(before), name)));
    expect(checkProof(proofIn(dir), { keys: [second], witnesses: [] }).keyFrom).toBe("given");
  }
});

test("a key that a log has had does not come back", async () => {
  const { dir } = await threeKeys();
  for (const byte of [1, 2, 3])
    await expect(
      rotateKey("0", { dir, files: unsynced, newKey: newKey(byte) }),
    ).rejects.toMatchObject({ code: "KEY_FOLLOWED" });
  expect(await sealOnce(dir)).toMatchObject({ added: 0 });
});
