import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

const surfaces = new URL("../../../autogen/src/fixtures/surfaces/", import.meta.url);

const bytesOf = (file: string): Buffer => gunzipSync(readFileSync(new URL(`${file}.gz`, surfaces)));

function folderOf(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) writeFileSync(join(folder, file), bytesOf(file));
  return folder;
}

const importIn = (cwd: string, ...names: readonly string[]): Promise<Ran> =>
  runIn(cwd, ["import", "autogen", ...names, "--json"]);

const usageIn = async (cwd: string, session: string): Promise<unknown> =>
  JSON.parse((await runIn(cwd, ["show", session, "--json"])).stdout).session;

const events = "t03-selector.events.ndjson";
const messages = "t03-selector.messages.ndjson";

test.each([
  ["the log first", [events, messages]],
  ["the messages first", [messages, events]],
])("a team's log and messages are one session, %s", async (_, files) => {
  const cwd = folderOf(...files);
  for (const file of files) expect((await importIn(cwd, file)).code).toBe(0);
  const again = JSON.parse((await importIn(cwd, ...files)).stdout);
  expect(again).toMatchObject({ events: 0, unknown: 0, malformed: 0 });
  expect(again.sessions).toHaveLength(1);
  expect(await usageIn(cwd, again.sessions[0])).toMatchObject({
    framework: "autogen",
    turns: 1,
    modelCalls: 6,
    usageComplete: true,
    usage: { input: 500, output: 17 },
  });
});

test("of an agent without a team, log and messages count each call once", async () => {
  const run = "a01-single-turn";
  const files = [`${run}.messages.ndjson`, `${run}.events.ndjson`];
  for (const imports of [[files], [[files[0]], [files[1]]], [[files[1]], [files[0]]]]) {
    const cwd = folderOf(...files);
    for (const names of imports) await importIn(cwd, ...names.flatMap((name) => name ?? []));
    const { total } = JSON.parse((await runIn(cwd, ["cost", "--json"])).stdout);
    expect(total).toMatchObject({ usage: { input: 37, output: 8 } });
  }
});

test("a folder is read without the journal that lies in it", async () => {
  const cwd = folderOf(events, messages);
  const first = JSON.parse((await importIn(cwd, ".")).stdout);
  expect(first).toMatchObject({ files: 2, broken: [] });
  expect(JSON.parse((await importIn(cwd, ".")).stdout)).toMatchObject({ files: 2, skipped: 2 });
});

test("messages alone say that their tokens are incomplete: who chose the speakers is not among them", async () => {
  const cwd = folderOf(messages);
  const { sessions } = JSON.parse((await importIn(cwd, messages)).stdout);
  expect(await usageIn(cwd, sessions[0])).toMatchObject({
    modelCalls: 3,
    usageComplete: false,
    usage: { input: 148, output: 11 },
  });
});

test("a log without JSON lines of its own is told by the logger that it names", async () => {
  const cwd = temporaryFolder();
  const lines = bytesOf(events).toString().trim();
  const prefixed = lines.split("\n").map((line) => `INFO:autogen_core.events:${line}\n`);
  writeFileSync(
    join(cwd, "worker.log"),
    ["Traceback (most recent call last):\n", ...prefixed].join(""),
  );
  const { code, stdout } = await importIn(cwd, "worker.log");
  expect(code).toBe(0);
  const { sessions, malformed } = JSON.parse(stdout);
  expect(malformed).toBe(0);
  expect(await usageIn(cwd, sessions[0])).toMatchObject({ modelCalls: 6 });
});

test("what AutoGen did not write is refused", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "notes.log"), "nothing of it\n");
  expect(await importIn(cwd, "notes.log")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is no recording of AutoGen"),
  });
});
