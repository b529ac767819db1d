import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { epochText } from "../keys/epoch.ts";
import type { Hash } from "../merkle/hash.ts";
import { parseCheckpoint } from "../notes/checkpoint.ts";
import { signNote } from "../notes/sign-note.ts";
import { parseNote } from "../notes/signed-note.ts";
import { noteSigner, type Signer } from "../notes/signer.ts";
import { formatVerifierKey, type VerifierKey } from "../notes/verifier-key.ts";
import * as evidence from "./evidence.fixture.ts";
import { noTrust } from "./trust.ts";
import type { Verification } from "./verification.ts";
import { verifyJournal } from "./verify-journal.ts";

const origin = "example.com/spoor/0";
const first = "lanes/0/seal/epochs/0001";
const second = "lanes/0/seal/epochs/0002";

/** Made in this order: the first key of the log, and those that followed. */
const signers: readonly Signer[] = [1, 2, 3].map((byte) =>
  noteSigner({ name: origin, seed: new Uint8Array(32).fill(byte) }),
);
const [oldest, middle, present] = signers.map(({ key }) => key) as [
  VerifierKey,
  VerifierKey,
  VerifierKey,
];

interface Rotated {
  readonly dir: string;
  /** The checkpoints at the end of each key, and the present one. */
  readonly kept: readonly [string, string, string];
}

/** A log that had three keys: of 27 entries, of 39, and of 51. */
async function rotatedTwice(): Promise<Rotated> {
  const dir = temporaryFolder();
  const newKey = evidence.keysInTurn();
  const keep = async (from: number, turns: number): Promise<string> => {
    await evidence.recordIn(dir, evidence.conversation(turns, from));
    await evidence.sealAgain(dir, { newKey });
    return evidence.textOf(dir, evidence.checkpoint);
  };
  const one = await keep(0, 2);
  await evidence.rotate(dir, newKey);
  const two = await keep(2, 1);
  await evidence.rotate(dir, newKey);
  return { dir, kept: [one, two, await keep(3, 1)] };
}

const given = (dir: string, ...keys: readonly VerifierKey[]): Verification =>
  verifyJournal(dir, { ...noTrust, keys });

const against = (dir: string, ...checkpoints: readonly string[]): Verification =>
  verifyJournal(dir, { ...noTrust, checkpoints });

describe("a key that was followed by another", () => {
  test("nothing is found without a key, and with the present one", async () => {
    const { dir } = await rotatedTwice();
    const alone = verifyJournal(dir);
    expect(alone.findings).toEqual([]);
    expect(alone.lanes).toMatchObject([
      { key: formatVerifierKey(present), keyFrom: "log", signed: 51 },
    ]);
    expect(evidence.openIn(alone)).toContain("NO_KEY");
    const known = given(dir, present);
    expect(known).toMatchObject({ findings: [], said: [], lanes: [{ keyFrom: "given" }] });
    expect(evidence.openIn(known)).not.toContain("NO_KEY");
  });

  test("nothing is found with a former one, and it is said by which it was followed", async () => {
    const { dir } = await rotatedTwice();
    const known = given(dir, oldest);
    expect(known).toMatchObject({
      findings: [],
      said: [
        {
          code: "KEY_FOLLOWED",
          lane: "0",
          message: `the key ${oldest.id} that was given was followed by ${middle.id}, then by ${present.id}: each has signed for the next`,
        },
      ],
      lanes: [{ key: formatVerifierKey(present), keyFrom: "followed", signed: 51 }],
    });
    expect(evidence.openIn(known)).not.toContain("NO_KEY");
    expect(given(dir, middle).said[0]?.message).toContain(`followed by ${present.id}:`);
  });

  test("it is found where the records do not lead from the key that was given", async () => {
    const { dir } = await rotatedTwice();
    const stranger = noteSigner({ name: origin, seed: new Uint8Array(32).fill(9) }).key;
    expect(evidence.codesOf(given(dir, stranger))).toEqual([
      "CHECKPOINT_INVALID",
      "KEY_UNEXPECTED",
    ]);
    rmSync(join(dir, "lanes/0/seal/epochs"), { recursive: true });
    expect(given(dir, present).findings).toEqual([]);
    expect(evidence.codesOf(given(dir, oldest))).toEqual(["CHECKPOINT_INVALID", "KEY_UNEXPECTED"]);
  });

  test("checkpoints of any of the keys that were kept elsewhere are contained in the log", async () => {
    const { dir, kept } = await rotatedTwice();
    expect(against(dir, ...kept)).toMatchObject({
      findings: [],
      lanes: [{ contains: [27, 39, 51] }],
    });
    const known = verifyJournal(dir, { ...noTrust, keys: [present], checkpoints: [kept[0]] });
    expect(known).toMatchObject({ findings: [], lanes: [{ contains: [27] }] });
    rmSync(join(dir, first));
    expect(evidence.codesOf(against(dir, kept[0]))).toEqual(["EPOCH_MISSING", "OUTSIDE_INVALID"]);
  });

  test("what it has signed for more entries than its record tells of is not the log's", async () => {
    const { dir, kept } = await rotatedTwice();
    const [signer] = signers as [Signer];
    const stolen = await signNote(parseNote(kept[2]).text, [signer]);
    const { findings } = against(dir, stolen);
    expect(findings).toMatchObject([{ code: "OUTSIDE_INVALID" }]);
    expect(findings[0]?.message).toContain(
      `it covers 51 entries, and its key ${oldest.id} was followed by ${middle.id} at 27`,
    );
    writeFileSync(join(dir, evidence.checkpoint), stolen);
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["CHECKPOINT_INVALID"]);
  });

  test("an older checkpoint is known as one by the records, though the sealer's own note is gone", async () => {
    const { dir, kept } = await rotatedTwice();
    rmSync(join(dir, "lanes/0/seal/last.json"));
    writeFileSync(join(dir, evidence.checkpoint), kept[0]);
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["CHECKPOINT_BEHIND"]);
  });

  test("a rotation that was cut short behind its record is no finding", async () => {
    const dir = temporaryFolder();
    const newKey = evidence.keysInTurn();
    await evidence.recordIn(dir, evidence.conversation(2));
    await evidence.sealAgain(dir, { newKey });
    const before = [evidence.checkpoint, evidence.publicKey].map(
      (file) => [join(dir, file), evidence.textOf(dir, file)] as const,
    );
    await evidence.rotate(dir, newKey);
    for (const [path, text] of before) writeFileSync(path, text);
    for (const keys of [[], [oldest], [middle]])
      expect(given(dir, ...keys)).toMatchObject({ findings: [], lanes: [{ signed: 27 }] });
  });
});

describe("a record of an epoch", () => {
  test("that is missing is found by the number that is left out, or by the key that nothing leads to", async () => {
    const { dir } = await rotatedTwice();
    const aside = join(dir, "aside");
    renameSync(join(dir, first), aside);
    expect(verifyJournal(dir).findings).toMatchObject([{ code: "EPOCH_MISSING", file: second }]);
    renameSync(aside, join(dir, first));
    rmSync(join(dir, second));
    expect(verifyJournal(dir).findings).toMatchObject([{ code: "EPOCH_MISSING", file: first }]);
    expect(evidence.codesOf(given(dir, oldest))).toContain("KEY_UNEXPECTED");
  });

  test("that was altered, or that one of its keys has not signed, is found", async () => {
    const { dir } = await rotatedTwice();
    const note = evidence.textOf(dir, second);
    const lines = note.split("\n");
    for (const forged of [
      note.replace("\n39\n", "\n40\n"),
      note.replace("\nformer ", "\nFormer "),
      [...lines.slice(0, -2), ""].join("\n"),
      [...lines.slice(0, -3), lines.at(-2), ""].join("\n"),
      "",
    ]) {
      writeFileSync(join(dir, second), forged);
      expect(verifyJournal(dir).findings).toMatchObject([{ code: "EPOCH_INVALID", file: second }]);
      expect(evidence.codesOf(given(dir, oldest))).toContain("KEY_UNEXPECTED");
    }
  });

  test("of keys that are not the log's is found, whoever has signed it", async () => {
    const { dir } = await rotatedTwice();
    const [one, two, three] = signers as [Signer, Signer, Signer];
    const path = join(dir, "lanes/0/seal/epochs/0003");
    const thief = noteSigner({ name: origin, seed: new Uint8Array(32).fill(9) });
    writeFileSync(path, await forgedRecord(dir, one, thief));
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["EPOCH_INVALID", "EPOCH_MISSING"]);
    rmSync(path);
    // From the key that was stolen to the present one, without the one between.
    writeFileSync(join(dir, second), await forgedRecord(dir, one, three));
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["EPOCH_INVALID"]);
    writeFileSync(join(dir, second), await forgedRecord(dir, two, thief));
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["EPOCH_MISSING"]);
  });

  test("of other entries than those that are here is found, though both keys have signed it", async () => {
    const { dir } = await rotatedTwice();
    const [, two, three] = signers as [Signer, Signer, Signer];
    const { root } = parseCheckpoint(parseNote(readFileSync(join(dir, first))).text);
    writeFileSync(join(dir, second), await forgedRecord(dir, two, three, root));
    expect(verifyJournal(dir).findings).toMatchObject([{ code: "EPOCH_DIFFERS", file: second }]);
  });

  test("that was kept elsewhere keeps whoever stole its former key from going on without it", async () => {
    const { dir } = await rotatedTwice();
    const [one] = signers as [Signer];
    const record = evidence.textOf(dir, first);
    expect(against(dir, record)).toMatchObject({ findings: [], lanes: [{ contains: [27] }] });
    const thief = noteSigner({ name: origin, seed: new Uint8Array(32).fill(9) });
    const forged = await forgedRecord(dir, one, thief);
    const said = parseNote(evidence.textOf(dir, evidence.checkpoint)).text;
    rmSync(join(dir, second));
    writeFileSync(join(dir, first), forged);
    writeFileSync(join(dir, evidence.publicKey), `${formatVerifierKey(thief.key)}\n`);
    writeFileSync(join(dir, evidence.checkpoint), await signNote(said, [thief]));
    expect(given(dir, oldest).findings).toEqual([]);
    const known = verifyJournal(dir, { ...noTrust, keys: [oldest], checkpoints: [record] });
    expect(evidence.codesOf(known)).toEqual(["EPOCH_MISSING"]);
  });

  test("that is still being written means nothing", async () => {
    const { dir } = await rotatedTwice();
    writeFileSync(join(dir, "lanes/0/seal/epochs/draft.1"), "half a rec");
    expect(verifyJournal(dir).findings).toEqual([]);
  });
});

/** A record for the tree as it is signed now, or for another root. */
function forgedRecord(dir: string, former: Signer, next: Signer, root?: Hash): Promise<string> {
  const said = parseCheckpoint(parseNote(evidence.textOf(dir, evidence.checkpoint)).text);
  const epoch = { ...said, root: root ?? said.root, former: former.key, next: next.key };
  return signNote(epochText(epoch), [former, next]);
}
