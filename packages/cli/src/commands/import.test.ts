import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordingOf, runIn, temporaryFolder } from "../spoor.fixture.ts";

const recording = recordingOf("b-tool-loop");
const session = "18f4815b-0cc2-4381-831e-e92bac38d335";

async function importIn(
  cwd: string,
  ...args: readonly string[]
): Promise<Readonly<Record<string, unknown>>> {
  const { stdout, stderr, code } = await runIn(cwd, ["import", "claude-code", ...args, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

const shown = async (cwd: string): Promise<string> =>
  (await runIn(cwd, ["show", session, "--json"])).stdout;

test("an import says which sessions it found, and counts lines and events", async () => {
  expect(await importIn(temporaryFolder(), recording)).toEqual({
    sessions: [session],
    lines: 11,
    events: expect.toSatisfy((events: number) => events > 11),
    unknown: 0,
    malformed: 0,
  });
});

test("importing again adds nothing", async () => {
  const cwd = temporaryFolder();
  const first = await importIn(cwd, recording);
  const before = await shown(cwd);
  expect(await importIn(cwd, recording)).toEqual({ ...first, events: 0 });
  expect(await shown(cwd)).toBe(before);
});

test("two copies of a recording in one import say no more than one", async () => {
  const [cwd, once] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(cwd, "copy.ndjson"), readFileSync(recording));
  const { events } = await importIn(cwd, recording, "copy.ndjson");
  expect(events).toBe((await importIn(once, recording))["events"]);
  expect(await shown(cwd)).toBe(await shown(once));
});

test("a recording that has grown adds its rest, and the whole is as if it were imported at once", async () => {
  const lines = readFileSync(recording, "utf8").split(/(?<=\n)/);
  const [cwd, whole] = [temporaryFolder(), temporaryFolder()];
  const growing = join(cwd, "growing.ndjson");
  writeFileSync(growing, lines.slice(0, 5).join(""));
  const first = await importIn(cwd, growing);
  appendFileSync(growing, lines.slice(5).join(""));
  const second = await importIn(cwd, growing);
  const atOnce = await importIn(whole, recording);
  expect(Number(first["events"]) + Number(second["events"])).toBe(atOnce["events"]);
  expect(await shown(cwd)).toBe(await shown(whole));
});

test("a folder stands for the recordings in it, however deep", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "runs", "deep"), { recursive: true });
  writeFileSync(join(cwd, "runs", "deep", "a.jsonl"), readFileSync(recording));
  writeFileSync(join(cwd, "runs", "b.ndjson"), readFileSync(recordingOf("n-resume")));
  writeFileSync(join(cwd, "runs", "notes.txt"), "not a recording");
  expect(await importIn(cwd, "runs")).toMatchObject({
    sessions: expect.arrayContaining([session]),
    lines: 20,
  });
});

test("--session takes nothing but that session", async () => {
  const cwd = temporaryFolder();
  const files = [recording, recordingOf("n-resume")];
  expect(await importIn(cwd, ...files, "--session", session)).toMatchObject({
    sessions: [session],
  });
  const { stdout } = await runIn(cwd, ["sessions", "--json"]);
  expect(JSON.parse(stdout)).toHaveLength(1);
});

describe("lines", () => {
  test("of an unknown kind are kept and counted, malformed ones only counted", async () => {
    const cwd = temporaryFolder();
    const odd = '{"type":"from_the_future","session_id":"x"}\n\n{"torn":\nnot json\n';
    writeFileSync(join(cwd, "odd.ndjson"), odd);
    expect(await importIn(cwd, "odd.ndjson")).toMatchObject({
      sessions: ["x"],
      lines: 3,
      unknown: 1,
      malformed: 2,
    });
  });

  test("count without a newline at the end of the file", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "whole.ndjson"), readFileSync(recording, "utf8").trimEnd());
    expect(await importIn(cwd, "whole.ndjson")).toMatchObject({ lines: 11, malformed: 0 });
  });

  test("may be ten megabytes long", async () => {
    const cwd = temporaryFolder();
    const long = { type: "from_the_future", session_id: "x", text: "é".repeat(5_000_000) };
    writeFileSync(join(cwd, "long.ndjson"), `${JSON.stringify(long)}\n`);
    expect(await importIn(cwd, "long.ndjson")).toMatchObject({ lines: 1, malformed: 0 });
  });
});

describe("one sentence, exit code 2 and no journal", () => {
  test.each([
    ["a file that is not there", ["claude-code", "gone.ndjson"], "there is no file gone.ndjson"],
    ["a good file beside a missing one", ["claude-code", recording, "gone"], "no file gone"],
    ["no file", ["claude-code"], "name the files to import"],
    ["no framework", [], "name the framework"],
    ["an unknown framework", ["lisp", "a.ndjson"], "recordings of lisp cannot be imported"],
    ["a folder without recordings", ["claude-code", "."], "no .jsonl or .ndjson file in ."],
    ["an unknown option", ["claude-code", recording, "--fast"], "no option --fast"],
  ])("for %s", async (_, args, sentence) => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runIn(cwd, ["import", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect(existsSync(join(cwd, ".spoor"))).toBe(false);
  });

  test("for a transcript, which is not a stream", async () => {
    const cwd = temporaryFolder();
    const line = { parentUuid: null, isSidechain: false, type: "user", sessionId: "s" };
    writeFileSync(join(cwd, "t.jsonl"), `{"type":"summary"}\n${JSON.stringify(line)}\n`);
    const { code, stderr } = await runIn(cwd, ["import", "claude-code", recording, "t.jsonl"]);
    expect(code).toBe(2);
    expect(stderr).toContain("is a transcript");
    expect(existsSync(join(cwd, ".spoor"))).toBe(false);
  });
});

test("a record that Spoor has written is not taken for a recording of a framework", async () => {
  const cwd = temporaryFolder();
  await importIn(cwd, recording);
  const entries = join(cwd, ".spoor", "lanes", "0", "segments", "0001", "entries.ndjson");
  const elsewhere = temporaryFolder();
  const { code, stdout, stderr } = await runIn(elsewhere, ["import", "claude-code", entries]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^spoor: [^\n]+ was written by Spoor itself: [^\n]+\n$/);
  expect(existsSync(join(elsewhere, ".spoor"))).toBe(false);
});

test("for people, an import says what came of it and what to type next", async () => {
  const { stdout } = await runIn(temporaryFolder(), ["import", "claude-code", recording]);
  expect(stdout).toMatch(/^11 lines read, \d+ new events in 1 session\n/);
  expect(stdout).toContain(`spoor show ${session}`);
});
