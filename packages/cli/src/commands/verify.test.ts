import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { temporaryFolder } from "../spoor.fixture.ts";
import * as journal from "../verify/sealed-journal.fixture.ts";
import { prove } from "./prove.ts";
import { verify } from "./verify.ts";
import { verifyProof } from "./verify-proof.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../../../docs/spec/verify.schema.json", import.meta.url), "utf8"),
);

/** In the folder `.spoor`, as a user has it. */
async function sealed(): Promise<{ readonly cwd: string; readonly dir: string }> {
  const cwd = temporaryFolder();
  const dir = join(cwd, ".spoor");
  await journal.recordTurns(dir, ["one", "two"]);
  await journal.seal(dir);
  return { cwd, dir };
}

const openingOf = (dir: string, name: string): string => {
  const line = readFileSync(join(dir, journal.entriesFile), "utf8")
    .split("\n")
    .find((text) => text.includes("turn.started") && text.includes(`"name":"${name}"`));
  return String(/"id":"([0-9a-f]{32})"/.exec(line ?? "")?.[1]);
};

describe("spoor verify", () => {
  test("says what was read, what could not be checked, and that nothing was found", async () => {
    const { cwd, dir } = await sealed();
    const { code, stdout, stderr } = await journal.run(verify, cwd, []);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(
      "Lane 0: example.com/spoor/0\n  4 entries, the first 4 signed, 4 values whole\n",
    );
    expect(stdout).toContain(`  key ${journal.vkeyOf(dir)}, as the log shows it\n`);
    expect(stdout).toContain("Could not be checked\n  ? lane 0: no key of this log was given");
    expect(stdout).toMatch(/\nNothing found: what is signed is as it was signed\.\n$/);
  });

  test("names what was changed by file and line, with exit code 1", async () => {
    const { cwd, dir } = await sealed();
    journal.rewrite(join(dir, journal.entriesFile), (text) =>
      text.replace('"key":"two"', '"key":"too"'),
    );
    const { code, stdout } = await journal.run(verify, cwd, [".spoor"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `  ✗ ${journal.entriesFile}:3: entry 2 is not the one that was sealed\n`,
    );
    expect(stdout).toMatch(/\n2 findings\.\n$/);
  });

  test("prints JSON of the described shape, whatever was found", async () => {
    const { cwd, dir } = await sealed();
    const key = journal.vkeyOf(dir);
    const whole = await journal.run(verify, cwd, ["--json", "--key", key]);
    expect(problemsWith(JSON.parse(whole.stdout), schema)).toEqual([]);
    rmSync(join(dir, journal.checkpointFile));
    const broken = await journal.run(verify, cwd, ["--json", "--key", key]);
    expect(problemsWith(JSON.parse(broken.stdout), schema)).toEqual([]);
    expect(JSON.parse(broken.stdout)).toMatchObject({ findings: [{ code: "CHECKPOINT_MISSING" }] });
  });

  test.each([
    [["a", "b"], "verify takes one journal's folder: see spoor verify --help"],
    [["--key", "hello"], 'expected a key as <name>+<id>+<base64>, received "hello"'],
    [["--against", "nowhere"], "nowhere cannot be read: it is not there"],
    [["--against", "hello"], "expected a blank line between a note's text and its signatures"],
    [["elsewhere"], "there is no journal in"],
  ])("%j is bad input, in one sentence", async (args, sentence) => {
    const { cwd } = await sealed();
    writeFileSync(join(cwd, "hello"), "hello");
    const { code, stdout, stderr } = await journal.run(verify, cwd, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`spoor: ${sentence}`);
  });

  test("a log's key is no witness's, and the other way round", async () => {
    const { cwd, dir } = await sealed();
    const { code, stderr } = await journal.run(verify, cwd, ["--witness", journal.vkeyOf(dir)]);
    expect(code).toBe(2);
    expect(stderr).toContain("--witness needs a key of the kind cosignature/v1, not ed25519");
  });
});

describe("spoor prove and spoor verify-proof", () => {
  test("a proof convinces somebody who has nothing but it and the log's key", async () => {
    const { cwd, dir } = await sealed();
    const key = journal.vkeyOf(dir);
    const made = await journal.run(prove, cwd, [openingOf(dir, "two"), "--out", "proof"]);
    expect(made).toEqual({ code: 0, stdout: "", stderr: "" });
    rmSync(dir, { recursive: true });
    const { code, stdout } = await journal.run(verifyProof, cwd, ["proof", "--key", key]);
    expect(code).toBe(0);
    expect(stdout).toContain('"type":"turn.started"');
    expect(stdout).toContain(
      "these bytes are entry 2 of the first 4 that example.com/spoor/0 has signed",
    );
    expect(stdout).toContain("It does not prove\n  ? when it was written");
  });

  test("the proof goes to standard output, as it is", async () => {
    const { cwd, dir } = await sealed();
    const id = openingOf(dir, "one");
    const { stdout } = await journal.run(prove, cwd, [id.slice(0, 12)]);
    expect(stdout).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /);
    const json = await journal.run(prove, cwd, [id, "--json"]);
    expect(JSON.parse(json.stdout)).toEqual({
      lane: "0",
      index: 0,
      eventId: id,
      type: "turn.started",
      proof: stdout,
    });
  });

  test("without a key it is said that anybody can make such a file", async () => {
    const { cwd, dir } = await sealed();
    await journal.run(prove, cwd, [openingOf(dir, "one"), "--out", "proof"]);
    const { code, stdout } = await journal.run(verifyProof, cwd, ["proof", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ signedBy: null, index: 0, size: 4, witnessed: [] });
    expect(stdout).toContain("without it anybody can make such a file");
  });

  test("what a witness has cosigned lay there when it looked", async () => {
    const { cwd, dir } = await sealed();
    const file = join(dir, journal.checkpointFile);
    const key = journal.vkeyOf(dir);
    const seen = await journal.cosigned(readFileSync(file, "utf8"), { folder: cwd, vkey: key });
    writeFileSync(file, seen.note);
    await journal.run(prove, cwd, [openingOf(dir, "one"), "--out", "proof"]);
    const args = ["proof", "--key", key, "--witness", seen.witness];
    const { stdout } = await journal.run(verifyProof, cwd, args);
    expect(stdout).toContain(
      "they lay there when witness.example looked, at 2026-11-21T12:00:00.000Z",
    );
    expect(stdout).not.toContain("when it was written");
  });

  test("a proof that was changed shows nothing, with exit code 1; a file that is none is bad input", async () => {
    const { cwd, dir } = await sealed();
    const key = journal.vkeyOf(dir);
    await journal.run(prove, cwd, [openingOf(dir, "one"), "--out", "proof"]);
    journal.rewrite(join(cwd, "proof"), (text) => text.replace("index 0", "index 1"));
    const changed = await journal.run(verifyProof, cwd, ["proof", "--key", key]);
    expect(changed).toMatchObject({ code: 1, stdout: "" });
    expect(changed.stderr).toContain("these bytes are not shown to be entry 1");
    writeFileSync(join(cwd, "proof"), "hello");
    const none = await journal.run(verifyProof, cwd, ["proof", "--key", key]);
    expect(none).toMatchObject({ code: 2, stdout: "" });
  });

  test("what cannot be proven is refused, and nothing is written", async () => {
    const { cwd, dir } = await sealed();
    const missing = await journal.run(prove, cwd, ["0000", "--out", "proof"]);
    expect(missing).toMatchObject({ code: 2, stdout: "" });
    expect(missing.stderr).toContain("no event 0000 in this journal");
    expect(await journal.run(prove, cwd, ["one", "--out", "proof"])).toMatchObject({ code: 2 });
    await journal.recordTurns(dir, ["late"]);
    const late = await journal.run(prove, cwd, [openingOf(dir, "late"), "--out", "proof"]);
    expect(late).toMatchObject({ code: 2 });
    expect(late.stderr).toContain("entry 4 is not among the 4 that are sealed: seal lane 0 first");
    journal.rewrite(join(dir, journal.entriesFile), (text) =>
      text.replace('"name":"one"', '"name":"1"'),
    );
    const changed = await journal.run(prove, cwd, [openingOf(dir, "1"), "--out", "proof"]);
    expect(changed).toMatchObject({ code: 1 });
    expect(existsSync(join(cwd, "proof"))).toBe(false);
  });
});
