import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, diskJournal } from "@spoor/core";
import { expect, test } from "vitest";
import { noon, type Ran, temporaryFolder } from "../spoor.fixture.ts";
import { run } from "../verify/sealed-journal.fixture.ts";
import { seal } from "./seal.ts";

/** Records a turn, in the first free lane of the journal of a working directory. */
async function recordTurn(cwd: string, key: string): Promise<void> {
  const journal = diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon });
  const recorder = createRecorder({ journal, clock: () => noon });
  const said = { session: "s", source: "api" } as const;
  recorder.emit({ ...said, type: "turn.started", key, name: "ask", input: "a secret of the user" });
  recorder.emit({ ...said, type: "turn.ended", key, outcome: { status: "ok" } });
  await journal.close();
}

const json = ({ stdout }: Ran): unknown => JSON.parse(stdout);
const sealPath = (cwd: string, name: string): string => join(cwd, ".spoor/lanes/0/seal", name);

test("seal signs what was recorded, and says once what a key beside its log is worth", async () => {
  const cwd = temporaryFolder();
  await recordTurn(cwd, "t1");
  const first = await run(seal, cwd, []);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(
    /^lane 0: 2 entries sealed, 2 of them now\n {2}root [\w+/]{43}=\n {2}key {2}spoor\/[0-9a-f]{16}\/0\+[0-9a-f]{8}\+[\w+/]{44}\n$/,
  );
  expect(first.stderr).toMatch(/^spoor: made a key, which lies beside its log .*elsewhere\n$/);
  await recordTurn(cwd, "t2");
  const second = await run(seal, cwd, []);
  expect(second.stdout).toContain("lane 0: 4 entries sealed, 2 of them now");
  expect(second.stderr).toBe("");
});

test("seal --json says it for programs", async () => {
  const cwd = temporaryFolder();
  await recordTurn(cwd, "t1");
  await run(seal, cwd, []);
  const ran = await run(seal, cwd, ["--json"]);
  const note = readFileSync(sealPath(cwd, "checkpoint"), "utf8").split("\n");
  expect(json(ran)).toEqual({
    lanes: [
      {
        lane: "0",
        status: "sealed",
        entries: 2,
        added: 0,
        root: note[2],
        origin: note[0],
        key: readFileSync(sealPath(cwd, "log.vkey"), "utf8").trimEnd(),
        formerKey: null,
        newKeyFile: null,
        unwitnessed: [],
        published: null,
        error: null,
      },
    ],
  });
});

test("seal --publish writes the log with its entries, without content and without the key", async () => {
  const cwd = temporaryFolder();
  await recordTurn(cwd, "t1");
  const { code, stdout } = await run(seal, cwd, ["--publish", "public"]);
  expect(code).toBe(0);
  const folder = join(cwd, "public", "0");
  expect(stdout).toContain(`\n  published in ${folder}, 2 of them now\n`);
  expect(readFileSync(join(folder, "checkpoint"), "utf8")).toBe(
    readFileSync(sealPath(cwd, "checkpoint"), "utf8"),
  );
  const bundle = readFileSync(join(folder, "tile/entries/000.p/2"), "utf8");
  expect(bundle).toContain('"turn.started"');
  expect(bundle).not.toContain("secret");
  expect(existsSync(join(folder, "key"))).toBe(false);
});

test("a lane that cannot be sealed is exit code 1, in one sentence, and keeps no other from it", async () => {
  const cwd = temporaryFolder();
  const journal = diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon });
  await recordTurn(cwd, "in lane 1");
  await journal.close();
  await recordTurn(cwd, "in lane 0");
  expect((await run(seal, cwd, [])).code).toBe(0);
  rmSync(sealPath(cwd, "key"));
  const { code, stdout } = await run(seal, cwd, []);
  expect(code).toBe(1);
  expect(stdout).toContain(
    "lane 0: not sealed: the log of lane 0 is signed, but its key is gone: ",
  );
  expect(stdout).toContain("lane 1: 2 entries sealed, 0 of them now");
  expect(json(await run(seal, cwd, ["--json"]))).toMatchObject({
    lanes: [
      { status: "failed", entries: null, error: { code: "KEY_MISSING" } },
      { status: "sealed", error: null },
    ],
  });
});

test("what cannot be published is exit code 1, and is sealed all the same", async () => {
  const cwd = temporaryFolder();
  await recordTurn(cwd, "t1");
  writeFileSync(join(cwd, "public"), "a file");
  const { code, stdout } = await run(seal, cwd, ["--publish", "public"]);
  expect(code).toBe(1);
  expect(stdout).toContain("lane 0: 2 entries sealed");
  expect(stdout).toContain("not published: ");
});

test("seal signs with the key that the config names", async () => {
  const cwd = temporaryFolder();
  await recordTurn(cwd, "t1");
  const module = JSON.stringify(new URL("../../../core/src/audit/index.ts", import.meta.url).href);
  writeFileSync(
    join(cwd, "spoor.config.mjs"),
    `import { audit } from ${module};\nexport default { journal: audit({ name: "example.com/agents" }) };\n`,
  );
  const { stdout } = await run(seal, cwd, []);
  expect(stdout).toContain("  key  example.com/agents/0+");
});

test("seal signs with the key that the config names, whatever way leads to its folder", async () => {
  const cwd = temporaryFolder();
  await recordTurn(cwd, "t1");
  symlinkSync(join(cwd, ".spoor"), join(cwd, "link"));
  const config = { journal: { seal: { name: "example.com/agents" } } };
  writeFileSync(join(cwd, "spoor.config.json"), JSON.stringify(config));
  const { stdout } = await run(seal, cwd, ["--dir", "link"]);
  expect(stdout).toContain("  key  example.com/agents/0+");
});

test("seal --new-key goes on with another key, which the former one has signed for", async () => {
  const cwd = temporaryFolder();
  await recordTurn(cwd, "t1");
  await run(seal, cwd, []);
  const former = readFileSync(sealPath(cwd, "log.vkey"), "utf8").trimEnd();
  await recordTurn(cwd, "t2");
  const ran = await run(seal, cwd, ["--new-key", "--json"]);
  const key = readFileSync(sealPath(cwd, "log.vkey"), "utf8").trimEnd();
  expect(key).not.toBe(former);
  expect(json(ran)).toMatchObject({
    lanes: [{ status: "sealed", entries: 4, added: 2, key, formerKey: former }],
  });
  expect(readFileSync(sealPath(cwd, "epochs/0001"), "utf8")).toContain(
    `\nformer ${former}\nnext ${key}\n`,
  );
});

test("a journal without lanes, and a lane without a line, have nothing to sign", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, ".spoor"));
  expect(await run(seal, cwd, [])).toMatchObject({
    code: 0,
    stdout: "nothing was recorded yet\n",
  });
  await diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon }).close();
  expect(await run(seal, cwd, [])).toEqual({
    code: 0,
    stdout: "lane 0: nothing was recorded yet\n",
    stderr: "",
  });
});

test("a journal that is not there, and an argument that means nothing, are bad input", async () => {
  const cwd = temporaryFolder();
  expect(await run(seal, cwd, [])).toMatchObject({ code: 2, stdout: "" });
  expect(await run(seal, cwd, ["everything"])).toMatchObject({ code: 2, stdout: "" });
});
