import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { emptyRoot, hashOfBase64 } from "../merkle/hash.ts";
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { decodeCosignature } from "./cosignature.ts";
import { verifyEd25519 } from "./ed25519.ts";
import { knownKey } from "./keys.fixture.ts";
import { type CheckpointPolicy, openCheckpoint } from "./open-checkpoint.ts";
import { addSignatures, signNote, signatureOf } from "./sign-note.ts";
import { formatNote, parseNote } from "./signed-note.ts";
import { type Signer, cosigner, noteSigner } from "./signer.ts";

const origin = "example.com/behind-the-sofa";
const rootLine = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
// The checkpoint that c2sp.org/tlog-checkpoint shows.
const text = `${origin}\n20852163\n${rootLine}\n`;
const checkpoint: Checkpoint = {
  origin,
  size: 20_852_163,
  root: hashOfBase64(rootLine) ?? emptyRoot,
  extensions: [],
};
const seconds = 1_679_315_147;

const log = noteSigner(knownKey(origin));
const witness = (name: string): Signer => cosigner(knownKey(name), () => seconds * 1_000 + 999);
const [first, second, third] = [
  witness("w1.example"),
  witness("w2.example"),
  witness("w3.example"),
];

async function cosignedBy(...signers: readonly Signer[]): Promise<string> {
  const note = parseNote(await signNote(text, [log]));
  const added = await Promise.all(signers.map((signer) => signatureOf(text, signer)));
  return formatNote(addSignatures(note, added));
}

test("a checkpoint is three lines, and is read as it was written", () => {
  expect(formatCheckpoint(checkpoint)).toBe(text);
  expect(parseCheckpoint(text)).toEqual(checkpoint);
  const extended = { ...checkpoint, extensions: ["one", "two words"] };
  expect(parseCheckpoint(formatCheckpoint(extended))).toEqual(extended);
  const empty = { origin, size: 0, root: emptyRoot, extensions: [] };
  expect(parseCheckpoint(formatCheckpoint(empty))).toEqual(empty);
  const largest = { ...checkpoint, size: Number.MAX_SAFE_INTEGER };
  expect(parseCheckpoint(formatCheckpoint(largest))).toEqual(largest);
});

test.each([
  ["", "expected origin, size and root on a line each"],
  [`${origin}\n5\n`, "expected origin, size and root on a line each"],
  [text.slice(0, -1), "expected origin, size and root on a line each"],
  [`${text}extension`, "expected origin, size and root on a line each"],
  [text.replace(origin, ""), "expected the log's origin on the first line"],
  [text.replace("20852163", "020852163"), 'size "020852163" has a leading zero'],
  [text.replace("20852163", "00"), 'size "00" has a leading zero'],
  [text.replace("20852163", "-1"), 'size "-1" is no decimal number'],
  [text.replace("20852163", "+1"), 'size "+1" is no decimal number'],
  [text.replace("20852163", "1e3"), 'size "1e3" is no decimal number'],
  [text.replace("20852163", "0x10"), 'size "0x10" is no decimal number'],
  [text.replace("20852163", "12 "), "is no decimal number"],
  [text.replace("20852163", "١٢"), "is no decimal number"],
  [text.replace("20852163", ""), "is no decimal number"],
  [text.replace("20852163", "9007199254740992"), "is beyond 2^53 - 1"],
  [text.replace("20852163", "18446744073709551615"), "is beyond 2^53 - 1"],
  [text.replace(rootLine, rootLine.slice(4)), "expected a root hash in base64"],
  [text.replace(rootLine, "root"), 'expected a root hash in base64, received "root"'],
  [text.replace("2I=", "2J="), "expected a root hash in base64"],
  [`${text}\nextension\n`, "expected no empty line"],
])("%j is no checkpoint", (wrong, sentence) => {
  expect(() => parseCheckpoint(wrong)).toThrow(
    expect.objectContaining({
      code: "CHECKPOINT_MALFORMED",
      message: expect.stringContaining(sentence),
    }),
  );
});

test("a cosignature says who saw the checkpoint follow, and when, to the second", async () => {
  const opened = openCheckpoint(await cosignedBy(first), {
    log: [log.key],
    witnesses: [first.key],
  });
  expect(opened.checkpoint).toEqual(checkpoint);
  expect(opened.signedBy).toEqual([log.key]);
  expect(opened.cosigned).toEqual([{ key: first.key, at: seconds * 1_000 }]);
});

test("a cosignature is over cosignature/v1, the time and the checkpoint, as tlog-cosignature has it", async () => {
  const { bytes } = await signatureOf(text, first);
  const cosignature = decodeCosignature(bytes);
  expect(cosignature?.seconds).toBe(seconds);
  const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
  const { publicKey } = first.key;
  expect(verifyEd25519(message, cosignature?.signature ?? Buffer.of(), publicKey)).toBe(true);
});

test("another time, another checkpoint or a cut signature is not what the witness signed", async () => {
  const { signatures } = parseNote(await cosignedBy(first));
  const [byLog, byWitness] = signatures;
  if (!byLog || !byWitness) throw new Error("expected two signatures");
  const policy = { log: [log.key], witnesses: [first.key] };
  const later = Buffer.from(byWitness.bytes);
  later.writeBigUInt64BE(BigInt(seconds + 1));
  const endless = Buffer.from(byWitness.bytes);
  endless.writeBigUInt64BE(2n ** 63n);
  for (const bytes of [
    later,
    endless,
    later.subarray(0, 7),
    byWitness.bytes.subarray(1),
    byLog.bytes,
  ])
    expect(() =>
      openCheckpoint({ text, signatures: [byLog, { ...byWitness, bytes }] }, policy),
    ).toThrow("is not by that key over this note");
});

test("as many witnesses must have cosigned as the quorum says: all, where it says nothing", async () => {
  const witnesses = [first.key, second.key, third.key];
  const policy: CheckpointPolicy = { log: [log.key], witnesses };
  const two = await cosignedBy(third, first);
  expect(openCheckpoint(two, { ...policy, quorum: 2 }).cosigned.map(({ key }) => key)).toEqual([
    third.key,
    first.key,
  ]);
  for (const wanted of [policy, { ...policy, quorum: 3 }])
    expect(() => openCheckpoint(two, wanted)).toThrow(
      expect.objectContaining({
        code: "QUORUM_MISSED",
        message: "expected cosignatures of 3 of 3 witnesses, received 2",
      }),
    );
  expect(openCheckpoint(await cosignedBy(), { ...policy, quorum: 0 }).cosigned).toEqual([]);
  // Who is not named does not count.
  const named = { log: [log.key], witnesses: [second.key] };
  expect(() => openCheckpoint(two, named)).toThrow("received 0");
});

test("a witness that cosigned twice counts once", async () => {
  const later = cosigner(knownKey("w1.example"), () => (seconds + 60) * 1_000);
  const note = parseNote(await cosignedBy(first));
  const twice = { ...note, signatures: [...note.signatures, await signatureOf(text, later)] };
  const policy = { log: [log.key], witnesses: [first.key, second.key] };
  expect(() => openCheckpoint(twice, policy)).toThrow("received 1");
  expect(openCheckpoint(twice, { ...policy, quorum: 1 }).cosigned).toEqual([
    { key: first.key, at: (seconds + 60) * 1_000 },
  ]);
});

test("no policy is used that would count one key twice, or ask for more than there are", async () => {
  const note = await cosignedBy(first);
  const alias = witness("w1.example");
  const renamed = { ...first.key, name: "w9.example" };
  for (const witnesses of [
    [first.key, alias.key],
    [first.key, first.key],
    [first.key, renamed],
  ])
    expect(() => openCheckpoint(note, { log: [log.key], witnesses })).toThrow("is given twice");
  const asWitness = cosigner(knownKey(origin), () => 0).key;
  expect(() => openCheckpoint(note, { log: [log.key], witnesses: [asWitness] })).toThrow(
    "given twice",
  );
  const plain = noteSigner(knownKey("w1.example")).key;
  expect(() => openCheckpoint(note, { log: [log.key], witnesses: [plain] })).toThrow(
    "the key of w1.example signs notes, and is no witness's",
  );
  for (const quorum of [2, -1, 0.5, Number.NaN])
    expect(() => openCheckpoint(note, { log: [log.key], witnesses: [first.key], quorum })).toThrow(
      expect.objectContaining({ code: "POLICY_INVALID" }),
    );
});

test("witnesses do not speak for the log", async () => {
  const { signatures } = parseNote(await cosignedBy(first));
  const withoutLog = { text, signatures: signatures.slice(1) };
  expect(() => openCheckpoint(withoutLog, { log: [log.key], witnesses: [first.key] })).toThrow(
    "the checkpoint is not signed by its log",
  );
});

test("a checkpoint is of the log whose key signed it, unless another origin is expected", async () => {
  const other = noteSigner(knownKey("example.com/other"));
  const note = await signNote(text, [other]);
  expect(() => openCheckpoint(note, { log: [other.key] })).toThrow(
    expect.objectContaining({
      code: "CHECKPOINT_FOREIGN",
      message: `expected a checkpoint of example.com/other, received one of "${origin}"`,
    }),
  );
  expect(openCheckpoint(note, { log: [other.key], origin }).signedBy).toEqual([other.key]);
  const own = await signNote(text, [log]);
  expect(() => openCheckpoint(own, { log: [log.key], origin: "example.com/other" })).toThrow(
    "expected a checkpoint of example.com/other",
  );
});

test("while a log changes its key, either one is the log's", async () => {
  const next = noteSigner({ ...knownKey("next"), name: origin });
  const policy = { log: [log.key, next.key] };
  expect(openCheckpoint(await signNote(text, [next]), policy).signedBy).toEqual([next.key]);
  expect(openCheckpoint(await signNote(text, [log, next]), policy).signedBy).toHaveLength(2);
  expect(openCheckpoint(await signNote(text, [log]), { log: [log.key] }).unknown).toEqual([]);
});

test("a new cosignature of a key takes the place of its old one", async () => {
  const note = parseNote(await cosignedBy(first, second));
  const later = cosigner(knownKey("w1.example"), () => (seconds + 60) * 1_000);
  const renewed = addSignatures(note, [await signatureOf(text, later)]);
  const policy = { log: [log.key], witnesses: [first.key, second.key] };
  expect(openCheckpoint(renewed, policy).cosigned.map(({ key, at }) => [key.name, at])).toEqual([
    ["w2.example", seconds * 1_000],
    ["w1.example", (seconds + 60) * 1_000],
  ]);
});
