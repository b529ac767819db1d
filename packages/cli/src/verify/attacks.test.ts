import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { UncheckedCode, Verification } from "@spoor/core/audit";
import { describe, expect, test } from "vitest";
import { verify } from "../commands/verify.ts";
import { temporaryFolder } from "../spoor.fixture.ts";
import * as journal from "./sealed-journal.fixture.ts";

/** What somebody does to a journal that was sealed twice: `dir` is its end, `backup` its state at the first seal. */
type Attack = (dir: string, backup: string) => Promise<void> | void;

/** Whoever verifies brings nothing, the log's key, a checkpoint that was kept elsewhere as well, or one that a witness has cosigned. */
const means = ["alone", "key", "checkpoint", "witness"] as const;
type Means = (typeof means)[number];

/** With which of the means an attack is seen. `hole`: what verify says that it could not check where it is not seen. */
type Verdict = Readonly<Record<Means, boolean>> & { readonly hole: UncheckedCode };

const always: Verdict = {
  alone: true,
  key: true,
  checkpoint: true,
  witness: true,
  hole: "NEVER_RECORDED",
};
const withKey: Verdict = { ...always, alone: false, hole: "NO_KEY" };
const withCheckpoint: Verdict = { ...withKey, key: false, hole: "NO_OUTSIDE_CHECKPOINT" };
const withWitness: Verdict = { ...withCheckpoint, checkpoint: false, hole: "NO_WITNESS" };
const never: Verdict = { ...withWitness, witness: false, hole: "NEVER_RECORDED" };

const forgetSeal = (dir: string): void => {
  for (const name of ["tile", "checkpoint", "last.json"])
    rmSync(join(dir, "lanes/0/seal", name), { recursive: true, force: true });
};

const edit = (dir: string): void =>
  journal.rewrite(join(dir, journal.entriesFile), (text) =>
    text.replace('"name":"one"', '"name":"two"'),
  );

const attacks: readonly (readonly [name: string, attack: Attack, verdict: Verdict])[] = [
  ["nothing is done", () => {}, never],
  ["an entry is edited", edit, always],
  [
    "a value is edited",
    (dir) => {
      const folder = join(dir, "lanes/0/segments/0001/content");
      const [file = ""] = readdirSync(folder);
      journal.rewrite(join(folder, file), (text) => text.replace("about one", "about two"));
    },
    always,
  ],
  [
    "an entry is edited, and all is computed anew and signed with another key",
    async (dir) => {
      edit(dir);
      rmSync(join(dir, "lanes/0/seal"), { recursive: true });
      await journal.seal(dir, 9);
    },
    withKey,
  ],
  [
    "the last entries are cut off",
    (dir) =>
      journal.rewrite(join(dir, journal.entriesFile), (text) =>
        text.slice(0, text.trimEnd().lastIndexOf("\n") + 1),
      ),
    always,
  ],
  [
    "whoever has the key shows another continuation",
    async (dir, backup) => {
      rmSync(dir, { recursive: true });
      journal.copyOf(backup, dir);
      await journal.recordTurns(dir, ["four", "five"], journal.noon - 1_000_000);
      await journal.seal(dir);
    },
    withCheckpoint,
  ],
  [
    "an old backup is put back",
    (dir, backup) => {
      rmSync(dir, { recursive: true });
      journal.copyOf(backup, dir);
    },
    withCheckpoint,
  ],
  [
    "whoever has the key rewrites all of it",
    async (dir) => {
      edit(dir);
      forgetSeal(dir);
      await journal.seal(dir);
    },
    withCheckpoint,
  ],
  [
    "the log is deleted",
    (dir) => rmSync(join(dir, "lanes"), { recursive: true }),
    { ...withKey, hole: "NO_LOG" },
  ],
  [
    "the seal is deleted",
    (dir) => rmSync(join(dir, "lanes/0/seal"), { recursive: true }),
    { ...withKey, hole: "NO_LOG" },
  ],
  ["the checkpoint is deleted", (dir) => rmSync(join(dir, journal.checkpointFile)), always],
  [
    "an entry is edited, and of the seal only the public key is left",
    (dir) => {
      edit(dir);
      forgetSeal(dir);
      rmSync(join(dir, "lanes/0/seal/key"));
    },
    always,
  ],
  [
    "the checkpoint is deleted, and a lock says that somebody is making it",
    (dir) => {
      rmSync(join(dir, journal.checkpointFile));
      mkdirSync(join(dir, "sealing/lanes/0"), { recursive: true });
      writeFileSync(join(dir, "sealing/lanes/0/lock.99"), "{}");
    },
    always,
  ],
  [
    "another value is put beside the true one, in a file of its own",
    (dir) => {
      const folder = join(dir, "lanes/0/segments/0001/content");
      const [file = ""] = readdirSync(folder);
      const text = readFileSync(join(folder, file), "utf8");
      writeFileSync(join(folder, "zzz"), text.replaceAll("about one", "about two"));
    },
    always,
  ],
  [
    "the lane is put in the place of another",
    (dir) => renameSync(join(dir, "lanes/0"), join(dir, "lanes/1")),
    always,
  ],
  [
    "the record is replaced by something that never ends",
    (dir) => {
      rmSync(join(dir, journal.entriesFile));
      symlinkSync("/dev/zero", join(dir, journal.entriesFile));
    },
    always,
  ],
  [
    "whoever has the key adds entries that say they are older",
    async (dir) => {
      await journal.recordTurns(dir, ["six"], journal.noon - 2_000_000);
      await journal.seal(dir);
    },
    withWitness,
  ],
];

describe("an attack is seen where it can be, and what cannot be seen is said", () => {
  test.each(attacks)("%s", async (_, attack, verdict) => {
    const { dir, backup, optionsOf } = await sealedTwice();
    await attack(dir, backup);
    for (const brought of means) {
      const args = [dir, "--json", ...optionsOf(brought)];
      const { code, stdout } = await journal.run(verify, dir, args);
      const { findings, unchecked }: Verification = JSON.parse(stdout);
      const isSeen = verdict[brought];
      expect({ brought, isSeen: findings.length > 0, code }).toEqual({
        brought,
        isSeen,
        code: isSeen ? 1 : 0,
      });
      if (!isSeen) expect(unchecked.map(({ code: kind }) => kind)).toContain(verdict.hole);
    }
  });
});

test("what is shown to one auditor only is seen by whoever asks for the witness's cosignature under it", async () => {
  const { dir, backup, optionsOf } = await sealedTwice();
  const [witnessOption = "", witness = ""] = optionsOf("witness").slice(-2);
  rmSync(dir, { recursive: true });
  journal.copyOf(backup, dir);
  await journal.recordTurns(dir, ["four"], journal.noon - 1_000_000);
  await journal.seal(dir);
  const { code, stdout } = await journal.run(verify, dir, [witnessOption, witness, "--dir", dir]);
  expect(code).toBe(1);
  expect(stdout).toContain("no checkpoint of this log is cosigned by witness.example");
});

interface SealedTwice {
  readonly dir: string;
  readonly backup: string;
  readonly optionsOf: (brought: Means) => readonly string[];
}

async function sealedTwice(): Promise<SealedTwice> {
  const root = temporaryFolder();
  const dir = join(root, "journal");
  await journal.recordTurns(dir, ["one", "two"]);
  await journal.seal(dir);
  const backup = journal.copyOf(dir, join(root, "backup"));
  await journal.recordTurns(dir, ["three"], journal.noon - 3_000_000);
  await journal.seal(dir);
  const key = ["--key", journal.vkeyOf(dir)];
  const note = readFileSync(join(dir, journal.checkpointFile), "utf8");
  const seen = await journal.cosigned(note, { folder: root, vkey: journal.vkeyOf(dir) });
  const kept = join(root, "kept");
  const keptCosigned = join(root, "kept.cosigned");
  writeFileSync(kept, note);
  writeFileSync(keptCosigned, seen.note);
  const options: Readonly<Record<Means, readonly string[]>> = {
    alone: [],
    key,
    checkpoint: [...key, "--against", kept],
    witness: [...key, "--against", keptCosigned, "--witness", seen.witness],
  };
  return { dir, backup, optionsOf: (brought) => options[brought] };
}
