import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seal } from "../commands/seal.ts";
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

test("where the record of the epoch is gone, the former key leads nowhere, with exit code 1", async () => {
  const { cwd, dir, former } = await withNewKey();
  rmSync(join(dir, "lanes/0/seal/epochs/0001"));
  const { code, stdout } = await journal.run(verify, cwd, ["--key", former]);
  expect(code).toBe(1);
  expect(stdout).toContain("no records of epochs lead from that one to it");
});
