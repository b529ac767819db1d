import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { systemError } from "../../journal/disk/failing-disk.fixture.ts";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { laneFolder } from "../../journal/disk/layout.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { verifyConsistency } from "../merkle/consistency.ts";
import { hashOfBase64 } from "../merkle/hash.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { parseCheckpoint } from "../notes/checkpoint.ts";
import { knownKey } from "../notes/keys.fixture.ts";
import { type OpenedCheckpoint, openCheckpoint } from "../notes/open-checkpoint.ts";
import { signatureOf } from "../notes/sign-note.ts";
import { formatSignature, parseNote } from "../notes/signed-note.ts";
import { cosigner } from "../notes/signer.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import type { Witness } from "../witness/add-checkpoint.ts";
import { unsynced } from "./dying-disk.fixture.ts";
import { LaneSealer } from "./seal-lane.ts";
import { checkpointFile, sealFolder, verifierKeyFile } from "./seal-layout.ts";
import { mustBeSealed, recordEntries, sealOnce, testKey } from "./sealed-lanes.fixture.ts";

const minute = 60_000;

/** A witness that cosigns what follows from what it has seen, at a time that the test says. */
class TestWitness {
  now = minute;
  asked = 0;
  isAway = false;
  seen: TreeHead | null = null;
  readonly #signer = cosigner(knownKey("witness.example"), () => this.now);

  get witness(): Witness {
    return { url: "http://127.0.0.1:9/", key: this.#signer.key };
  }

  readonly fetch: typeof fetch = async (_url, init) => {
    this.asked += 1;
    if (this.isAway) throw new TypeError("fetch failed");
    const body = typeof init?.body === "string" ? init.body : "";
    const [head = "", ...rest] = body.split("\n\n");
    const note = parseNote(rest.join("\n\n"));
    const [old, ...proof] = head.split("\n");
    const next = parseCheckpoint(note.text);
    const size = this.seen?.size ?? 0;
    if (old !== `old ${size}`)
      return new Response(`${size}\n`, {
        status: 409,
        headers: { "content-type": "text/x.tlog.size" },
      });
    const hashes = proof.flatMap((line) => hashOfBase64(line) ?? []);
    if (this.seen) verifyConsistency(this.seen, next, hashes);
    this.seen = next;
    return new Response(formatSignature(await signatureOf(note.text, this.#signer)));
  };
}

function opened(dir: string, { witness }: TestWitness): OpenedCheckpoint {
  const seal = sealFolder(laneFolder(dir, 0));
  const key = parseVerifierKey(readFileSync(verifierKeyFile(seal), "utf8").trimEnd());
  const policy = { log: [key], witnesses: [witness.key], quorum: 0 };
  return openCheckpoint(readFileSync(checkpointFile(seal)), policy);
}

test("a seal is shown to its witnesses, and holds what they say", async () => {
  const dir = temporaryFolder();
  const one = new TestWitness();
  const options = { witnesses: [one.witness], fetch: one.fetch, clock: () => one.now };
  for (const size of [300, 340, 600]) {
    await recordEntries(dir, size - (one.seen?.size ?? 0));
    expect(await sealOnce(dir, options)).toMatchObject({ size, unwitnessed: [] });
    expect(opened(dir, one).cosigned).toMatchObject([{ at: one.now }]);
    expect(one.seen?.size).toBe(size);
  }
  expect(one.asked).toBe(3);
});

test("a witness that was asked just now is not asked again, and says later that nothing has changed", async () => {
  const dir = temporaryFolder();
  const one = new TestWitness();
  const options = { witnesses: [one.witness], fetch: one.fetch, clock: () => one.now };
  await recordEntries(dir, 3);
  await sealOnce(dir, options);
  one.now += 29_000;
  await sealOnce(dir, options);
  expect(one.asked).toBe(1);
  one.now += minute;
  expect(await sealOnce(dir, options)).toMatchObject({ added: 0, unwitnessed: [] });
  expect(opened(dir, one)).toMatchObject({
    checkpoint: { size: 3 },
    cosigned: [{ at: one.now }],
  });
});

test("a witness that is away keeps nothing from being sealed, and is asked the next time", async () => {
  const dir = temporaryFolder();
  const one = new TestWitness();
  const options = { witnesses: [one.witness], fetch: one.fetch, clock: () => one.now };
  one.isAway = true;
  await recordEntries(dir, 3);
  expect(await sealOnce(dir, options)).toMatchObject({
    size: 3,
    unwitnessed: [{ code: "UNWITNESSED", message: expect.stringContaining("witness.example") }],
  });
  expect(opened(dir, one).cosigned).toEqual([]);
  one.isAway = false;
  expect(await sealOnce(dir, options)).toMatchObject({ size: 3, added: 0, unwitnessed: [] });
  expect(opened(dir, one).cosigned).toHaveLength(1);
});

test("a witness that does not answer is left alone for a while, however often the lane is sealed", async () => {
  const dir = temporaryFolder();
  const one = new TestWitness();
  const clock = (): number => one.now;
  const options = { witnesses: [one.witness], fetch: one.fetch, clock, newKey: testKey };
  const sealer = new LaneSealer("0", { dir, files: unsynced, ...options });
  one.isAway = true;
  for (let second = 1; second <= 60; second += 1) {
    await recordEntries(dir, 1);
    expect(await sealer.seal()).toMatchObject({
      size: second,
      unwitnessed: [{ code: "UNWITNESSED" }],
    });
    one.now += 1_000;
  }
  expect(one.asked).toBe(2);
  one.isAway = false;
  expect(await sealer.seal()).toMatchObject({ size: 60, unwitnessed: [] });
  expect(opened(dir, one).cosigned).toHaveLength(1);
});

test("a witness whose clock is far ahead is asked as any other", async () => {
  const dir = temporaryFolder();
  const one = new TestWitness();
  const options = { witnesses: [one.witness], fetch: one.fetch };
  one.now = 1e12;
  await recordEntries(dir, 3);
  await sealOnce(dir, { ...options, clock: () => minute });
  await sealOnce(dir, { ...options, clock: () => 2 * minute });
  expect(one.asked).toBe(2);
});

test("a lane is sealed, also where what its witnesses say cannot be written down", async () => {
  const dir = temporaryFolder();
  const one = new TestWitness();
  const clock = (): number => one.now;
  await recordEntries(dir, 3);
  const files: FileSystem = {
    ...unsynced,
    create: (path, data) => {
      if (one.asked > 0) throw systemError("ENOSPC");
      unsynced.create(path, data);
    },
  };
  const options = { witnesses: [one.witness], fetch: one.fetch, clock, files };
  expect(await sealOnce(dir, options)).toMatchObject({
    size: 3,
    unwitnessed: [{ code: "UNWITNESSED", message: expect.stringContaining("ENOSPC") }],
  });
  expect(mustBeSealed(dir).size).toBe(3);
});
