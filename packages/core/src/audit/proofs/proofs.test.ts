import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Hash, hashOfBytes, leafHash } from "../merkle/hash.ts";
import { inclusionProof } from "../merkle/inclusion.ts";
import { nodesOver } from "../merkle/leaves.fixture.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import { formatCheckpoint } from "../notes/checkpoint.ts";
import { knownKey } from "../notes/keys.fixture.ts";
import { addSignatures, signNote, signatureOf } from "../notes/sign-note.ts";
import { formatNote, parseNote } from "../notes/signed-note.ts";
import { cosigner, noteSigner } from "../notes/signer.ts";
import { type LogProof, formatLogProof, parseLogProof } from "./log-proof.ts";
import { verifyLogProof } from "./verify-log-proof.ts";

const origin = "example.com/spoor/0";
const log = noteSigner(knownKey(origin));
const witnesses = ["w1.example", "w2.example", "w3.example"].map((name) =>
  cosigner(knownKey(name), () => 1_700_000_000_000),
);
const policy = { log: [log.key], witnesses: witnesses.map(({ key }) => key), quorum: 2 };

const entries = Array.from({ length: 300 }, (_, place) => Buffer.from(`{"sequence":${place}}`));
const read = nodesOver(entries.map((entry) => leafHash(entry)));

/** Of an entry in the tree of the first `size`, cosigned by the first two witnesses. */
async function proofOf(index: number, size: number): Promise<LogProof> {
  const text = formatCheckpoint({ origin, size, root: treeRoot(size, read), extensions: [] });
  const note = parseNote(await signNote(text, [log]));
  const [first, second] = witnesses;
  if (!first || !second) throw new Error("expected two witnesses");
  const added = [await signatureOf(text, first), await signatureOf(text, second)];
  return {
    index,
    path: inclusionProof(index, size, read),
    checkpoint: formatNote(addSignatures(note, added)),
    extra: entries[index] ?? null,
  };
}

test("a proof verifies from its text alone, with the keys of log and witnesses", async () => {
  for (const [index, size] of [
    [0, 1],
    [0, 300],
    [299, 300],
    [255, 257],
    [77, 100],
  ] as const) {
    const file = formatLogProof(await proofOf(index, size));
    const proven = verifyLogProof(Buffer.from(file), policy);
    expect(Buffer.from(proven.entry).toString()).toBe(`{"sequence":${index}}`);
    expect([proven.index, proven.checkpoint.origin, proven.checkpoint.size]).toEqual([
      index,
      origin,
      size,
    ]);
    expect(proven.signedBy).toEqual([log.key]);
    expect(proven.cosigned.map(({ key, at }) => [key.name, at])).toEqual([
      ["w1.example", 1_700_000_000_000],
      ["w2.example", 1_700_000_000_000],
    ]);
  }
});

test("a proof is the text that tlog-proof describes", async () => {
  const proof = await proofOf(2, 3);
  expect(formatLogProof(proof).split("\n").slice(0, 7)).toEqual([
    "c2sp.org/tlog-proof@v1",
    "extra eyJzZXF1ZW5jZSI6Mn0=",
    "index 2",
    expect.stringMatching(/^[\w+/]{43}=$/),
    "",
    origin,
    "3",
  ]);
  expect(formatLogProof({ ...proof, extra: null })).not.toContain("extra");
});

test("every proof is read as it was written", () => {
  const hash = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => hashOfBytes(bytes) as Hash);
  const anyProof = fc.record({
    index: fc.maxSafeNat(),
    path: fc.array(hash, { maxLength: 53 }),
    checkpoint: fc.string({ unit: "grapheme" }),
    extra: fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
  });
  fc.assert(
    fc.property(anyProof, (proof) => {
      const file = formatLogProof(proof);
      expect(parseLogProof(file)).toEqual(proof);
      expect(parseLogProof(Buffer.from(file))).toEqual(proof);
    }),
  );
});

test("who has the entry already needs none in the proof, and gets no other one proven", async () => {
  const bare = { ...(await proofOf(5, 9)), extra: null };
  expect(() => verifyLogProof(bare, policy)).toThrow(
    expect.objectContaining({ code: "ENTRY_UNKNOWN" }),
  );
  expect(verifyLogProof(bare, { ...policy, entry: Buffer.from('{"sequence":5}') }).index).toBe(5);
  const other = { ...policy, entry: Buffer.from('{"sequence":6}') };
  for (const proof of [bare, await proofOf(5, 9)])
    expect(() => verifyLogProof(proof, other)).toThrow(
      expect.objectContaining({
        code: "PROOF_INVALID",
        message: `these bytes are not shown to be entry 5 of the 9 that ${origin} has signed`,
      }),
    );
});

test("a proof of something else proves nothing", async () => {
  const [proof, neighbour, older] = [await proofOf(5, 9), await proofOf(6, 9), await proofOf(5, 8)];
  const wrong: readonly Partial<LogProof>[] = [
    { index: 6 },
    { index: 9 },
    { extra: neighbour.extra },
    { path: neighbour.path },
    { path: older.path },
    { path: proof.path.slice(1) },
    { path: proof.path.toReversed() },
    { path: [] },
    { checkpoint: older.checkpoint },
  ];
  for (const change of wrong)
    expect(() => verifyLogProof({ ...proof, ...change }, policy)).toThrow(
      "these bytes are not shown",
    );
});

test("without its log, or enough of its witnesses, nothing is proven", async () => {
  const proof = await proofOf(5, 9);
  expect(() => verifyLogProof(proof, { log: [noteSigner(knownKey("other")).key] })).toThrow(
    expect.objectContaining({ code: "NOTE_UNSIGNED" }),
  );
  expect(() => verifyLogProof(proof, { ...policy, quorum: 3 })).toThrow(
    expect.objectContaining({ code: "QUORUM_MISSED" }),
  );
  expect(verifyLogProof(proof, { log: [log.key] }).cosigned).toEqual([]);
});

test("flip a bit in any byte of a proof file, and it proves nothing", async () => {
  const bytes = Buffer.from(formatLogProof(await proofOf(5, 9)));
  const accepted: number[] = [];
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
    if (isProof(changed)) accepted.push(place);
  }
  expect(accepted).toEqual([]);
});

function isProof(file: Uint8Array): boolean {
  try {
    verifyLogProof(file, policy);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ["c2sp.org/tlog-proof@v1", (text: string) => text.replace("@v1", "@v2")],
  ['"index <n>"', (text: string) => text.replace("index 5", "index: 5")],
  ['the index "05" has a leading zero', (text: string) => text.replace("index 5", "index 05")],
  ['the index "-1" is no decimal number', (text: string) => text.replace("index 5", "index -1")],
  ["is beyond 2^53 - 1", (text: string) => text.replace("index 5", "index 9007199254740992")],
  ["expected extra data in base64", (text: string) => text.replace("extra ", "extra =")],
  ["expected a hash in base64", (text: string) => text.replace("\n\n", "\nAAAA\n\n")],
  ["expected a hash in base64", (text: string) => text.replace("=\n\n", "\n\n")],
  [
    "expected a proof, an empty line and a checkpoint",
    (text: string) => text.replaceAll("\n\n", "\n"),
  ],
  ["expected a proof, an empty line and a checkpoint", () => ""],
])("a file is no proof: %s", async (sentence, change) => {
  const text = formatLogProof(await proofOf(5, 9));
  expect(change(text)).not.toBe(text);
  expect(() => parseLogProof(change(text))).toThrow(
    expect.objectContaining({
      code: "PROOF_MALFORMED",
      message: expect.stringContaining(sentence),
    }),
  );
});

test("bytes that are no text are no proof", () => {
  expect(() => parseLogProof(Buffer.of(0xff, 0xfe, 10, 10))).toThrow("expected a proof");
});
