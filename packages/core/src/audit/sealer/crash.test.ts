import { readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { type DiskCall, faultyDisk } from "../../journal/disk/faulty-disk.fixture.ts";
import { laneFolder } from "../../journal/disk/layout.ts";
import { startChild } from "../../testing-kit/child.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import type { KeyElsewhere } from "../keys/key-elsewhere.ts";
import { leafHash } from "../merkle/hash.ts";
import { parseCheckpoint } from "../notes/checkpoint.ts";
import { parseNote } from "../notes/signed-note.ts";
import { noteSigner } from "../notes/signer.ts";
import { emptyFrontier, extendFrontier, rootOf } from "../tiles/frontier.ts";
import { codesOf } from "../../journal/disk/failing-codes.fixture.ts";
import { dyingAt } from "./dying-disk.fixture.ts";
import { LaneSealer } from "./seal-lane.ts";
import type { SealOptions } from "./seal-outcome.ts";
import { checkpointFile, sealFolder, sealingFolder } from "./seal-layout.ts";
import { linesOf, mustBeSealed, recordEntries, sealOnce, testKey } from "./sealed-lanes.fixture.ts";

const before = 250;
const after = 290;

/** A lane that is sealed up to 250 entries and holds 290: the next seal fills a tile and begins two. */
async function halfSealed(options: Partial<SealOptions>): Promise<string> {
  const dir = temporaryFolder();
  await recordEntries(dir, before, { segmentBytes: 10_000 });
  await sealOnce(dir, options);
  await recordEntries(dir, after - before, { segmentBytes: 10_000 });
  return dir;
}

/** A key that remembers all that it was made to sign. */
function rememberingKey(): { readonly key: KeyElsewhere; readonly signed: string[] } {
  const signer = noteSigner(testKey());
  const signed: string[] = [];
  const sign = (text: Uint8Array): ReturnType<typeof signer.sign> => {
    signed.push(Buffer.from(text).toString());
    return signer.sign(text);
  };
  return { key: { publicKey: signer.key.publicKey, sign }, signed };
}

/** All that was ever signed is true of the lines: so no two checkpoints contradict each other. */
function mustBeTrue(dir: string, signed: readonly string[]): void {
  const leaves = linesOf(dir).map((line) => leafHash(line));
  let [frontier, covered] = [emptyFrontier, 0];
  for (const { size, root } of signed.map(parseCheckpoint).toSorted((a, b) => a.size - b.size)) {
    expect(leaves.length).toBeGreaterThanOrEqual(size);
    ({ frontier } = extendFrontier(frontier, leaves.slice(covered, size)));
    covered = size;
    expect(root).toBe(rootOf(frontier));
  }
}

const sizeOnDisk = (dir: string): number => {
  const note = readFileSync(checkpointFile(sealFolder(laneFolder(dir, 0))));
  return parseCheckpoint(parseNote(note).text).size;
};

const calls: readonly DiskCall[] = [
  ...(["openToRead", "size", "read", "close", "makeFolder", "readWhole", "create"] as const),
  ...(["link", "rename", "remove", "syncData", "syncFolder"] as const),
];
test.each(codesOf(calls))(
  "whenever %s fails with %s, what was signed is true, and the next sealing goes on",
  async (call, code) => {
    const { key, signed } = rememberingKey();
    const options = { key, name: "example.com/spoor" };
    let everFailed = false;
    for (let nth = 0; ; nth += 1) {
      const dir = await halfSealed(options);
      const lines = linesOf(dir);
      const disk = faultyDisk();
      disk.arm([{ call, code, first: nth, times: 1, afterBytes: nth % 2 }]);
      const sealer = new LaneSealer("0", { ...options, dir, files: disk.files, clock: () => 0 });
      await sealer.seal().catch(() => null);
      const hasFailed = disk.failed() > 0;
      everFailed ||= hasFailed;
      expect([before, after]).toContain(sizeOnDisk(dir));
      disk.arm([]);
      expect(await sealer.seal()).toMatchObject({ kind: "sealed", size: after });
      expect(disk.open()).toBe(0);
      expect(mustBeSealed(dir).size).toBe(after);
      expect(linesOf(dir)).toEqual(lines);
      mustBeTrue(dir, signed.splice(0));
      rmSync(dir, { recursive: true });
      if (!hasFailed) break;
    }
    expect(everFailed).toBe(true);
  },
  60_000,
);

test("a sealer that ends at any of its calls has left what the next one goes on with", async () => {
  const { key, signed } = rememberingKey();
  const options = { key, name: "example.com/spoor" };
  for (let nth = 0; ; nth += 1) {
    const dir = await halfSealed(options);
    const { files, isDead } = dyingAt(nth);
    await new LaneSealer("0", { ...options, dir, files }).seal().catch(() => null);
    const died = isDead();
    expect([before, after]).toContain(sizeOnDisk(dir));
    // The lock of a thread that is gone is free; this one lives.
    rmSync(sealingFolder(dir), { recursive: true, force: true });
    expect(await sealOnce(dir, options)).toMatchObject({ size: after });
    mustBeSealed(dir);
    mustBeTrue(dir, signed.splice(0));
    rmSync(dir, { recursive: true });
    if (!died) break;
  }
}, 60_000);

const rounds = process.env["SPOOR_SOAK"] ? 60 : 4;

test("sealers that are killed beside a writer that is killed: nothing that was signed is untrue", async () => {
  const dir = temporaryFolder();
  const signed: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const writer = startChild(
      new URL("../../journal/disk/writer.fixture.ts", import.meta.url),
      dir,
      "60000",
      "50",
    );
    const sealers = [0, 1].map(() =>
      startChild(new URL("sealer.fixture.ts", import.meta.url), dir),
    );
    await Promise.all([writer, ...sealers].map((child) => child.printed(1)));
    await pause((round * 13.7) % 90);
    for (const child of [...sealers, writer]) child.kill();
    await Promise.all([...sealers, writer].map(({ ended }) => ended));
    for (const sealer of sealers)
      signed.push(...sealer.lines().map((line) => String(JSON.parse(line))));
  }
  expect(await sealOnce(dir)).toMatchObject({ size: linesOf(dir).length });
  mustBeSealed(dir);
  const texts = new Set(signed.filter((note) => note !== "").map((note) => parseNote(note).text));
  expect(texts.size).toBeGreaterThan(1);
  mustBeTrue(dir, [...texts]);
}, 60_000);
