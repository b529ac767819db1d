import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { appendNext, upTo } from "../../journal/disk/entries.fixture.ts";
import { entriesFile, laneFolder, removedFile, segmentFolder } from "../../journal/disk/layout.ts";
import { takeIfFree } from "../../journal/disk/lane-lock.ts";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { verifyEd25519 } from "../notes/ed25519.ts";
import { knownKey } from "../notes/keys.fixture.ts";
import { noteSigner } from "../notes/signer.ts";
import { sealLane } from "./seal-lane.ts";
import {
  checkpointFile,
  keyFile,
  lastSealedFile,
  sealFolder,
  sealingFolder,
} from "./seal-layout.ts";
import {
  elsewhere,
  mustBeSealed,
  recordEntries,
  sealOnce,
  strayTiles,
  testKey,
} from "./sealed-lanes.fixture.ts";

const sealOf = (dir: string): string => sealFolder(laneFolder(dir, 0));
const firstEntries = (dir: string): string => entriesFile(segmentFolder(laneFolder(dir, 0), 1));

test("a lane is sealed as its lines lie on disk, with a key that is made on first use", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 600);
  const sealed = await sealOnce(dir);
  expect(sealed).toMatchObject({ size: 600, added: 600, isNewKey: true, lane: "0" });
  expect(sealed.key.name).toBe("example.com/spoor/0");
  expect(mustBeSealed(dir)).toMatchObject({ size: 600, origin: "example.com/spoor/0" });
  expect(statSync(keyFile(sealOf(dir))).mode & 0o777).toBe(0o600);
});

test("sealing again adds nothing and signs nothing", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 5);
  const first = await sealOnce(dir);
  const { mtimeNs } = statSync(checkpointFile(sealOf(dir)), { bigint: true });
  expect(await sealOnce(dir)).toEqual({ ...first, added: 0, isNewKey: false });
  expect(statSync(checkpointFile(sealOf(dir)), { bigint: true }).mtimeNs).toBe(mtimeNs);
});

test("however a lane grows between sealings, its seal is that of the whole, and only of it", async () => {
  const growth = fc.array(fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: 200, max: 1_300 })), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(growth, fc.boolean(), async (counts, forgets) => {
      const dir = temporaryFolder();
      let size = 0;
      for (const count of counts) {
        await recordEntries(dir, count, { segmentBytes: 20_000 });
        size += count;
        if (forgets) rmSync(lastSealedFile(sealOf(dir)), { force: true });
        if (size === 0) continue;
        expect(await sealOnce(dir)).toMatchObject({ size, added: count });
        expect(mustBeSealed(dir).size).toBe(size);
        expect(strayTiles(dir, size)).toEqual([]);
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);

test("a line that is still being written is not sealed, and bytes that are no UTF-8 are sealed as they are", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 2);
  const whole = readFileSync(firstEntries(dir));
  const odd = Buffer.concat([whole, Buffer.from([0xff, 0xfe, 10, 10]), Buffer.from('{"torn')]);
  writeFileSync(firstEntries(dir), odd);
  expect(await sealOnce(dir)).toMatchObject({ size: 4 });
  expect(mustBeSealed(dir).size).toBe(4);
});

test("a line that is no entry and far too long for one is a leaf as well", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 2);
  const whole = readFileSync(firstEntries(dir), "utf8");
  writeFileSync(firstEntries(dir), `${"x".repeat(700_000)}\n${whole}`);
  expect(await sealOnce(dir)).toMatchObject({ size: 3 });
  expect(mustBeSealed(dir).size).toBe(3);
});

test("of much to seal, what was signed before the process ends stays sealed", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 1);
  const lines = upTo(70_000).map((n) => `line ${n}\n`);
  writeFileSync(firstEntries(dir), lines.join(""));
  let slices = 0;
  const betweenSlices = (): Promise<void> => {
    slices += 1;
    return slices > 65 ? Promise.reject(new Error("the process ends")) : Promise.resolve();
  };
  await expect(sealOnce(dir, { betweenSlices })).rejects.toThrow("the process ends");
  expect(mustBeSealed(dir).size).toBe(65_536);
  expect(await sealOnce(dir)).toMatchObject({ size: 70_000, added: 70_000 - 65_536 });
  expect(mustBeSealed(dir).size).toBe(70_000);
  expect(strayTiles(dir, 70_000)).toEqual([]);
});

test("a lane that nobody has written to gets no key and no checkpoint", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 0);
  expect(await sealLane("0", { dir })).toEqual({ kind: "empty", lane: "0" });
  expect(await sealLane("7", { dir })).toEqual({ kind: "empty", lane: "7" });
  expect(() => statSync(sealOf(dir))).toThrow("ENOENT");
});

test("what somebody else is sealing is left to them", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  const held = takeIfFree(sealingFolder(dir), 0, 0, nodeFileSystem);
  expect(await sealLane("0", { dir, newKey: testKey })).toEqual({ kind: "busy", lane: "0" });
  held?.release();
  expect(await sealOnce(dir)).toMatchObject({ size: 3 });
});

test("of many who seal at once, each signs what follows from the others", async () => {
  const dir = temporaryFolder();
  const journal = diskJournal({ dir });
  for (let round = 0; round < 20; round += 1) {
    appendNext(journal);
    const outcomes = await Promise.all(upTo(4).map(() => sealLane("0", { dir, newKey: testKey })));
    expect(outcomes.filter(({ kind }) => kind === "sealed").length).toBeGreaterThan(0);
    expect(mustBeSealed(dir).size).toBe(round + 1);
  }
  await journal.close();
});

describe("a sealer that signs slowly gives way to one that has", () => {
  const signer = noteSigner(testKey());
  const name = "example.com/spoor";

  /** Seals while another does something between signing and writing. */
  async function sealWhile(dir: string, meanwhile: () => Promise<unknown>): Promise<unknown> {
    const key = {
      publicKey: signer.key.publicKey,
      sign: async (text: Uint8Array) => {
        await meanwhile();
        return signer.sign(text);
      },
    };
    return sealLane("0", { dir, name, key });
  }

  test("taken its lock", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 3);
    const slow = await sealWhile(dir, async () => {
      rmSync(sealingFolder(dir), { recursive: true });
      takeIfFree(sealingFolder(dir), 0, 0, nodeFileSystem);
    });
    expect(slow).toEqual({ kind: "busy", lane: "0" });
    expect(() => statSync(checkpointFile(sealOf(dir)))).toThrow("ENOENT");
  });

  test("written another checkpoint", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 3);
    await sealOnce(dir, { name, key: elsewhere(signer) });
    const older = readFileSync(checkpointFile(sealOf(dir)));
    await recordEntries(dir, 2);
    await sealOnce(dir, { name, key: elsewhere(signer) });
    const newer = readFileSync(checkpointFile(sealOf(dir)));
    await recordEntries(dir, 1);
    const slow = await sealWhile(dir, async () => {
      writeFileSync(checkpointFile(sealOf(dir)), older);
    });
    expect(slow).toEqual({ kind: "busy", lane: "0" });
    expect(readFileSync(checkpointFile(sealOf(dir)))).toEqual(older);
    writeFileSync(checkpointFile(sealOf(dir)), newer);
    expect(await sealOnce(dir, { name, key: elsewhere(signer) })).toMatchObject({ size: 6 });
  });
});

test("a key elsewhere signs, and no private key lies beside the log", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  const signer = noteSigner(knownKey("elsewhere"));
  const key = elsewhere(signer);
  const sealed = await sealOnce(dir, { name: "example.com/agents", key });
  expect(sealed).toMatchObject({ size: 3, keyFile: null, isNewKey: false });
  expect(mustBeSealed(dir).origin).toBe("example.com/agents/0");
  expect(() => statSync(keyFile(sealOf(dir)))).toThrow("ENOENT");
  await expect(sealOnce(dir, { key })).rejects.toMatchObject({ code: "KEY_MALFORMED" });
});

test("a signer that fails, or that gives another's signature, leaves the last checkpoint", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 3);
  const signer = noteSigner(knownKey("elsewhere"));
  const key = elsewhere(signer);
  const name = "example.com/agents";
  await sealOnce(dir, { name, key });
  await recordEntries(dir, 2);
  const refusing = { ...key, sign: () => Promise.reject(new Error("the token was removed")) };
  await expect(sealOnce(dir, { name, key: refusing })).rejects.toThrow("the token was removed");
  const { sign } = elsewhere(noteSigner(knownKey("another")));
  const forging = { ...key, sign };
  await expect(sealOnce(dir, { name, key: forging })).rejects.toMatchObject({
    code: "SIGNATURE_INVALID",
  });
  expect(mustBeSealed(dir).size).toBe(3);
  expect(await sealOnce(dir, { name, key })).toMatchObject({ size: 5, added: 2 });
});

function change(path: string, make: (bytes: Buffer) => unknown): void {
  const bytes = readFileSync(path);
  make(bytes);
  writeFileSync(path, bytes);
}

async function refused(dir: string, code: string): Promise<void> {
  const before = readFileSync(checkpointFile(sealOf(dir)), "utf8");
  await expect(sealOnce(dir)).rejects.toMatchObject({ code, fix: expect.stringMatching(/\.$/) });
  expect(readFileSync(checkpointFile(sealOf(dir)), "utf8")).toBe(before);
}
async function sealedLane(): Promise<string> {
  const dir = temporaryFolder();
  await recordEntries(dir, 300, { segmentBytes: 8_000 });
  await sealOnce(dir);
  await recordEntries(dir, 10, { segmentBytes: 8_000 });
  return dir;
}
describe("nothing is signed on top of", () => {
  test("tiles that were changed", async () => {
    const dir = await sealedLane();
    change(join(sealOf(dir), "tile/0/001.p/44"), (bytes) => bytes.fill(1, 40, 41));
    await refused(dir, "TILE_CHANGED");
  });

  test("tiles that are gone", async () => {
    const dir = await sealedLane();
    rmSync(join(sealOf(dir), "tile/0/001.p/44"));
    await refused(dir, "TILE_MISSING");
  });

  test("a checkpoint of another key", async () => {
    const dir = await sealedLane();
    const other = { name: "example.com/spoor", seed: Buffer.alloc(32, 8) };
    rmSync(keyFile(sealOf(dir)));
    const elsewhere = temporaryFolder();
    await recordEntries(elsewhere, 1);
    await sealOnce(elsewhere, { newKey: () => other });
    writeFileSync(keyFile(sealOf(dir)), readFileSync(keyFile(sealOf(elsewhere))));
    await refused(dir, "KEY_FOREIGN");
  });

  test("a checkpoint whose key is gone", async () => {
    const dir = await sealedLane();
    rmSync(keyFile(sealOf(dir)));
    await refused(dir, "KEY_MISSING");
  });

  test("an older checkpoint that was put back", async () => {
    const dir = await sealedLane();
    const older = readFileSync(checkpointFile(sealOf(dir)));
    await sealOnce(dir);
    writeFileSync(checkpointFile(sealOf(dir)), older);
    await refused(dir, "CHECKPOINT_OLD");
  });

  test("nothing, where there was a checkpoint", async () => {
    const dir = await sealedLane();
    rmSync(checkpointFile(sealOf(dir)));
    await expect(sealOnce(dir)).rejects.toMatchObject({
      code: "CHECKPOINT_OLD",
      message: "there is no checkpoint, but 300 were sealed",
    });
  });

  test("a record whose sealed end was changed, or cut off", async () => {
    const edited = await sealedLane();
    rmSync(lastSealedFile(sealOf(edited)));
    const lane = laneFolder(edited, 0);
    change(entriesFile(segmentFolder(lane, 1)), (bytes) => bytes.fill(10, 100, 101));
    await refused(edited, "ENTRY_CHANGED");

    const cut = await sealedLane();
    rmSync(join(laneFolder(cut, 0), "segments"), { recursive: true });
    await refused(cut, "ENTRIES_GONE");
  });

  test("a gap: segments that went before they were sealed", async () => {
    const dir = await sealedLane();
    await recordEntries(dir, 300, { segmentBytes: 8_000 });
    const { segment } = JSON.parse(readFileSync(lastSealedFile(sealOf(dir)), "utf8"));
    rmSync(segmentFolder(laneFolder(dir, 0), segment + 1), { recursive: true });
    await refused(dir, "ENTRIES_GONE");
  });
});

test("a log that has a name cannot be called something else", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 1);
  await sealOnce(dir, { name: "example.com/one" });
  await expect(sealOnce(dir, { name: "example.com/two" })).rejects.toMatchObject({
    code: "KEY_FOREIGN",
  });
  expect(await sealOnce(dir, { name: "example.com/one" })).toMatchObject({ size: 1 });
});

describe("where the bound has removed segments", () => {
  const bounded = { segmentBytes: 4_000, maxBytes: 20_000 };

  test("after they were sealed, sealing goes on", async () => {
    const dir = temporaryFolder();
    for (let round = 1; round <= 12; round += 1) {
      await recordEntries(dir, 40, bounded);
      if (round % 3 === 0) rmSync(lastSealedFile(sealOf(dir)), { force: true });
      expect(await sealOnce(dir)).toMatchObject({ size: round * 40 });
    }
    expect(() => statSync(segmentFolder(laneFolder(dir, 0), 1))).toThrow("ENOENT");
  });

  test("while they were read, nothing is signed", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 200, { segmentBytes: 4_000 });
    const second = segmentFolder(laneFolder(dir, 0), 2);
    const files = {
      ...nodeFileSystem,
      openToRead: (path: string) => {
        if (path === entriesFile(second)) rmSync(second, { recursive: true });
        return nodeFileSystem.openToRead(path);
      },
    };
    await expect(sealOnce(dir, { files })).rejects.toMatchObject({ code: "ENTRIES_GONE" });
    expect(() => statSync(checkpointFile(sealOf(dir)))).toThrow("ENOENT");
  });

  test("and a removal was cut short, what was counted as gone is not sealed twice", async () => {
    const dir = temporaryFolder();
    for (let round = 1; round <= 12; round += 1) {
      await recordEntries(dir, 40, bounded);
      await sealOnce(dir);
    }
    const lane = laneFolder(dir, 0);
    const account = JSON.parse(readFileSync(removedFile(lane), "utf8"));
    const gone = segmentFolder(lane, account.removing);
    mkdirSync(gone);
    writeFileSync(entriesFile(gone), "counted as gone\n");
    rmSync(lastSealedFile(sealOf(dir)));
    expect(await sealOnce(dir)).toMatchObject({ size: 480, added: 0 });
  });

  test("before they were sealed, nothing is signed", async () => {
    const dir = temporaryFolder();
    await recordEntries(dir, 1_000, bounded);
    await expect(sealOnce(dir)).rejects.toMatchObject({
      code: "ENTRIES_GONE",
      message: expect.stringMatching(/^\d+ entries went with the bound before they were sealed$/),
    });
  });
});

test("a signature over a checkpoint is one of Ed25519 over its text", async () => {
  const dir = temporaryFolder();
  await recordEntries(dir, 1);
  const { key } = await sealOnce(dir);
  const [text = "", line = ""] = readFileSync(checkpointFile(sealOf(dir)), "utf8").split("\n\n");
  const signature = Buffer.from(line.split(" ")[2] ?? "", "base64").subarray(4);
  expect(verifyEd25519(Buffer.from(`${text}\n`), signature, key.publicKey)).toBe(true);
});
