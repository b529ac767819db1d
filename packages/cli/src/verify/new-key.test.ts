import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { prove } from "../commands/prove.ts";
import { seal } from "../commands/seal.ts";
import { verifyProof } from "../commands/verify-proof.ts";
import { verify } from "../commands/verify.ts";
import { problemsWith } from "../json-schema.fixture.ts";
import { temporaryFolder } from "../spoor.fixture.ts";
import * as journal from "./sealed-journal.fixture.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../../../docs/spec/verify.schema.json", import.meta.url), "utf8"),
);

/** A log after `spoor seal --new-key`, with the vkey and the checkpoint from before. */
async function withNewKey(): Promise<Record<"cwd" | "dir" | "former" | "present", string>> {
  const cwd = temporaryFolder();
  const dir = join(cwd, ".spoor");
  await journal.recordTurns(dir, ["one", "two"]);
  await journal.seal(dir);
  const former = journal.vkeyOf(dir);
  writeFileSync(join(cwd, "kept"), readFileSync(join(dir, journal.checkpointFile)));
  await journal.recordTurns(dir, ["three"], journal.noon);
  expect(await journal.run(seal, cwd, ["--new-key"])).toMatchObject({ code: 0 });
  return { cwd, dir, former, present: journal.vkeyOf(dir) };
}

/** The same, with a proof of its first entry in the file `proof`. */
async function withProof(): ReturnType<typeof withNewKey> {
  const keys = await withNewKey();
  const line = readFileSync(join(keys.dir, journal.entriesFile), "utf8").split("\n")[0] ?? "";
  const { id } = JSON.parse(line);
  expect(await journal.run(prove, keys.cwd, [id, "--out", "proof"])).toMatchObject({ code: 0 });
  return keys;
}

const idOf = (vkey: string): string => String(vkey.split("+")[1]);

test("after spoor seal --new-key, spoor verify follows from the former key to the present one and says so", async () => {
  const { cwd, former, present } = await withNewKey();
  const { code, stdout } = await journal.run(verify, cwd, ["--key", former, "--against", "kept"]);
  expect(stdout).toContain(
    `  · lane 0: the key ${idOf(former)} that was given was followed by ${idOf(present)}: each has signed for the next\n`,
  );
  expect(stdout).toContain(
    `  key ${present}, as the records of its epochs lead to it from the one that was given\n`,
  );
  expect(stdout).toContain("  contains the checkpoint that was kept elsewhere, of 4\n");
  expect(code).toBe(0);
});

test("without a key, and with the new one, it finds nothing, in JSON of the described shape", async () => {
  const { cwd, former, present } = await withNewKey();
  for (const [keys, keyFrom] of [
    [[], "log"],
    [["--key", present], "given"],
    [["--key", former], "followed"],
  ] as const) {
    const { code, stdout } = await journal.run(verify, cwd, [...keys, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], lanes: [{ key: present, keyFrom }] });
    expect(problemsWith(JSON.parse(stdout), schema)).toEqual([]);
  }
});

describe("a proof that was made with the new key", () => {
  const epochs = ".spoor/lanes/0/seal/epochs";

  test.each([epochs, `${epochs}/0001`])(
    "is verified with the former one and the record in %s",
    async (epoch) => {
      const { cwd, former, present } = await withProof();
      const args = ["proof", "--key", former, "--epoch", epoch];
      const { code, stdout } = await journal.run(verifyProof, cwd, args);
      expect(stdout).toContain("the records of its epochs lead to it from the one that you gave");
      expect(stdout).toContain(`with the key ${present}`);
      expect(code).toBe(0);
      const { stdout: json } = await journal.run(verifyProof, cwd, [...args, "--json"]);
      expect(JSON.parse(json)).toMatchObject({ signedBy: present, keyFrom: "followed" });
    },
  );

  test("shows nothing with the former one alone, and what is no record is bad input", async () => {
    const { cwd, former } = await withProof();
    const alone = await journal.run(verifyProof, cwd, ["proof", "--key", former]);
    expect(alone.code).toBe(1);
    expect(alone.stderr).toContain("--epoch");
    for (const args of [
      ["--key", former, "--epoch", "kept"],
      ["--key", former, "--epoch", "none"],
      ["--epoch", "kept"],
    ])
      expect(await journal.run(verifyProof, cwd, ["proof", ...args])).toMatchObject({ code: 2 });
  });
});

test("where the record of the epoch is gone, the former key leads nowhere, with exit code 1", async () => {
  const { cwd, dir, former } = await withNewKey();
  rmSync(join(dir, "lanes/0/seal/epochs/0001"));
  const { code, stdout } = await journal.run(verify, cwd, ["--key", former]);
  expect(code).toBe(1);
  expect(stdout).toContain("no records of epochs lead from that one to it");
});
