import { Buffer } from "node:buffer";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  consistencyProof,
  verifyConsistency,
} from "../../packages/core/src/audit/merkle/consistency.ts";
import { leafHash } from "../../packages/core/src/audit/merkle/hash.ts";
import { inclusionProof, verifyInclusion } from "../../packages/core/src/audit/merkle/inclusion.ts";
import { formatSigningKey, noteSigner } from "../../packages/core/src/audit/notes/signer.ts";
import { formatVerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import { installed } from "../otel/servers/installed.ts";
import { withFlippedBit } from "./flipped-bit.ts";
import { publishedIn, wholeEntries } from "./fsck.ts";
import { type PublishedLog, readPublished } from "./published-log.ts";

const signingKey = { name: "example.com/written-by-tessera", seed: Buffer.alloc(32, "tessera") };
const { key } = noteSigner(signingKey);

let folder = "";
let log = "";
/** The log after each time that Tessera has added to it. */
const grown: PublishedLog[] = [];

const entry = (place: number): string => `entry ${place} ${"é日🦌".repeat(place % 50)}`;

/** Tessera takes the files of a folder as entries, in the order of their names. */
function addEntries(from: number, to: number): void {
  const entries = join(folder, `entries-${from}`);
  mkdirSync(entries);
  for (let place = from; place < to; place += 1)
    writeFileSync(join(entries, String(place).padStart(6, "0")), entry(place));
  execFileSync(
    installed("oneshot"),
    [`--storage_dir=${log}`, `--private_key=${join(folder, "key")}`, `--entries=${entries}/*`],
    { stdio: "pipe" },
  );
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-oneshot-"));
  log = join(folder, "log");
  writeFileSync(join(folder, "key"), formatSigningKey(signingKey), { mode: 0o600 });
  let before = 0;
  for (const size of [3, 256, 700]) {
    addEntries(before, size);
    grown.push(readPublished(log, key));
    before = size;
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const newest = (): PublishedLog => grown.at(-1) as PublishedLog;

test("a log that Tessera writes with a key of ours is whole to our code, and to its own", async () => {
  expect(grown.map(({ checkpoint }) => checkpoint.size)).toEqual([3, 256, 700]);
  const { entries } = newest();
  expect(entries.map((bytes) => Buffer.from(bytes).toString())).toEqual(
    Array.from({ length: 700 }, (_, place) => entry(place)),
  );
  writeFileSync(join(log, "log.vkey"), formatVerifierKey(key));
  expect(await wholeEntries(publishedIn(log))).toBe(700);
});

test("our proofs out of Tessera's tiles show each entry in its place, and in no other", () => {
  for (const { checkpoint, leaves, nodes } of grown)
    for (const [index, leaf] of leaves.entries()) {
      const proof = inclusionProof(index, checkpoint.size, nodes);
      expect(verifyInclusion({ leaf, index, proof }, checkpoint)).toBe(true);
      expect(verifyInclusion({ leaf, index: index ^ 1, proof }, checkpoint)).toBe(false);
      const other = leafHash(Buffer.from("another entry"));
      expect(verifyInclusion({ leaf: other, index, proof }, checkpoint)).toBe(false);
    }
});

test("our proofs out of Tessera's tiles show that its log only grew, and refuse a fork", () => {
  const { checkpoint: newer, nodes, leaves } = newest();
  for (const { checkpoint: older } of grown.slice(0, -1)) {
    const proof = consistencyProof(older.size, newer.size, nodes);
    expect(verifyConsistency(older, newer, proof)).toBe(true);
    const fork = { size: older.size, root: leaves[0] ?? older.root };
    expect(verifyConsistency(fork, newer, proof)).toBe(false);
    expect(verifyConsistency(older, newer, proof.slice(1))).toBe(false);
  }
});

test.each([
  ["an entry bundle", "tile/entries/001", /amount to the root|whole entry|holds \d+ entries/],
  [
    "a partial bundle",
    "tile/entries/002.p/188",
    /amount to the root|whole entry|holds \d+ entries/,
  ],
  ["a leaf tile", "tile/0/000", /tile\/0\/000 does not hold/],
  ["the tile above", "tile/1/000.p/2", /tile\/1\/000\.p\/2 does not hold/],
  ["the checkpoint", "checkpoint", /sign|checkpoint/],
])("a bit that was flipped in %s of Tessera's log is found", async (_, name, said) => {
  await withFlippedBit(join(log, name), () => {
    expect(() => readPublished(log, key)).toThrow(said);
  });
  expect(readPublished(log, key).entries).toHaveLength(700);
});
