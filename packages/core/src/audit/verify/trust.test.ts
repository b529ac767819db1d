import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { knownKey } from "../notes/keys.fixture.ts";
import { cosigner, noteSigner } from "../notes/signer.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import * as evidence from "./evidence.fixture.ts";
import { noTrust } from "./trust.ts";
import { verifyJournal } from "./verify-journal.ts";

describe("what whoever asks brings along", () => {
  test("a key counts for the log of its name, and must be that log's", async () => {
    const dir = await evidence.sealedJournal();
    const own = parseVerifierKey(evidence.textOf(dir, evidence.publicKey).trimEnd());
    const trusted = verifyJournal(dir, { ...noTrust, keys: [own] });
    expect(trusted.findings).toEqual([]);
    expect(evidence.openIn(trusted)).not.toContain("NO_KEY");
    const other = noteSigner(knownKey(own.name)).key;
    expect(evidence.codesOf(verifyJournal(dir, { ...noTrust, keys: [other] }))).toEqual([
      "CHECKPOINT_INVALID",
      "KEY_UNEXPECTED",
    ]);
    const foreign = noteSigner(knownKey("elsewhere.example/0")).key;
    expect(verifyJournal(dir, { ...noTrust, keys: [foreign] }).findings).toMatchObject([
      { code: "LOG_MISSING", message: "there is no log here that is called elsewhere.example/0" },
    ]);
  });

  test("a checkpoint from before is contained in the log as it is now", async () => {
    const dir = await evidence.sealedJournal();
    const kept = evidence.textOf(dir, evidence.checkpoint);
    await evidence.recordIn(dir, evidence.conversation(1, 7));
    await evidence.sealAgain(dir);
    const { findings, lanes, unchecked } = verifyJournal(dir, { ...noTrust, checkpoints: [kept] });
    expect(findings).toEqual([]);
    expect(lanes).toMatchObject([{ contains: [27], signed: 39 }]);
    expect(unchecked.map(({ code }) => code)).not.toContain("NO_OUTSIDE_CHECKPOINT");
  });

  test("an older checkpoint that was put back is seen beside the newer one, and by what the sealer noted", async () => {
    const dir = await evidence.sealedJournal();
    const older = evidence.textOf(dir, evidence.checkpoint);
    await evidence.recordIn(dir, evidence.conversation(1, 7));
    await evidence.sealAgain(dir);
    const kept = evidence.textOf(dir, evidence.checkpoint);
    writeFileSync(join(dir, evidence.checkpoint), older);
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["CHECKPOINT_BEHIND"]);
    rmSync(join(dir, "lanes/0/seal/last.json"));
    expect(verifyJournal(dir).findings).toEqual([]);
    const { findings } = verifyJournal(dir, { ...noTrust, checkpoints: [kept] });
    expect(findings.map(({ code }) => code)).toEqual(["CHECKPOINT_BEHIND"]);
  });

  test("what is no checkpoint, and a witness that is named twice, is refused", async () => {
    const dir = await evidence.sealedJournal();
    const { key } = cosigner(knownKey("witness.example"), () => 0);
    const twice = { ...noTrust, witnesses: [key, key] };
    expect(() => verifyJournal(dir, twice)).toThrow(
      "the key of witness witness.example is given twice",
    );
    expect(() => verifyJournal(dir, { ...noTrust, checkpoints: ["hello"] })).toThrow("blank line");
  });

  test("a checkpoint of another continuation, of more than is here, of another key", async () => {
    const dir = await evidence.sealedJournal();
    const fork = evidence.copyOf(dir, join(temporaryFolder(), "fork"));
    await evidence.recordIn(fork, evidence.conversation(1, 8));
    await evidence.sealAgain(fork);
    const checkpoints = [evidence.textOf(fork, evidence.checkpoint)];
    const codes = (): readonly string[] =>
      evidence.codesOf(verifyJournal(dir, { ...noTrust, checkpoints }));
    expect(codes()).toEqual(["OUTSIDE_AHEAD"]);
    await evidence.recordIn(dir, evidence.conversation(2, 7));
    await evidence.sealAgain(dir);
    expect(codes()).toEqual(["OUTSIDE_DIFFERS"]);
    rmSync(join(dir, "lanes/0/seal"), { recursive: true });
    await evidence.sealAgain(dir, {
      newKey: () => ({ name: "example.com/spoor", seed: new Uint8Array(32) }),
    });
    expect(codes()).toEqual(["OUTSIDE_INVALID"]);
  });

  test("a log that is there twice is found, even where the copies are the same", async () => {
    const dir = await evidence.sealedJournal();
    evidence.copyOf(join(dir, "lanes/0"), join(dir, "lanes/3"));
    expect(verifyJournal(dir).findings).toMatchObject([
      { code: "LOG_TWICE", message: "lanes 0 and 3 both say that they are example.com/spoor/0" },
      { code: "LOG_ELSEWHERE", lane: "3" },
    ]);
  });
});
