import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { codeStamp } from "../import/code-stamp.ts";
import { importIn } from "../import/imported.fixture.ts";
import { configFolder, transcriptsIn } from "../import/projects.fixture.ts";
import { problemsWith } from "../json-schema.fixture.ts";
import { noon, recordingOf, runIn, temporaryFolder } from "../spoor.fixture.ts";
import { version } from "../version.ts";

const recording = recordingOf("b-tool-loop");
const session = "18f4815b-0cc2-4381-831e-e92bac38d335";

const state = (cwd: string): string => join(cwd, ".spoor", "imports", "claude-code.json");

const shown = async (cwd: string): Promise<string> =>
  (await runIn(cwd, ["show", session, "--json"])).stdout;

test("an import says what it found, what of it is new, and what that cost", async () => {
  expect(await importIn(temporaryFolder(), [recording])).toEqual({
    sessions: [session],
    lines: 11,
    events: expect.toSatisfy((events: number) => events > 11),
    unknown: 0,
    malformed: 0,
    files: 1,
    skipped: 0,
    torn: 0,
    broken: [],
    stopped: false,
    changed: 1,
    calls: 4,
    usage: { input: 12, cacheRead: 47_147, cacheWrite: 15_982, output: 139, reasoning: 0 },
    usageComplete: true,
    uncounted: 0,
    unsummed: 0,
    unsettled: 4,
    unplaced: 0,
    cost: {
      usd: expect.any(Number),
      reportedUsd: expect.any(Number),
      unpriced: 0,
      unpricedRests: 0,
    },
  });
});

test("what --json prints is what docs/spec says", async () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../../../../docs/spec/import.schema.json", import.meta.url), "utf8"),
  );
  expect(problemsWith(await importIn(temporaryFolder(), [recording]), schema)).toEqual([]);
});

test("importing again adds nothing, and does not read again what has not changed", async () => {
  const cwd = temporaryFolder();
  const { sessions, lines } = await importIn(cwd, [recording]);
  const before = await shown(cwd);
  expect(await importIn(cwd, [recording])).toMatchObject({
    sessions,
    lines,
    events: 0,
    skipped: 1,
    calls: 0,
    cost: { usd: null, reportedUsd: null, unpriced: 0, unpricedRests: 0 },
  });
  expect(await shown(cwd)).toBe(before);
});

test("two copies of a recording in one import say no more than one", async () => {
  const [cwd, once] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(cwd, "copy.ndjson"), readFileSync(recording));
  const { events } = await importIn(cwd, [recording, "copy.ndjson"]);
  expect(events).toBe((await importIn(once, [recording])).events);
  expect(await shown(cwd)).toBe(await shown(once));
});

test("a folder stands for the recordings in it, however deep", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "runs", "deep"), { recursive: true });
  writeFileSync(join(cwd, "runs", "deep", "a.jsonl"), readFileSync(recording));
  writeFileSync(join(cwd, "runs", "b.ndjson"), readFileSync(recordingOf("n-resume")));
  writeFileSync(join(cwd, "runs", "notes.txt"), "not a recording");
  expect(await importIn(cwd, ["runs"])).toMatchObject({
    sessions: expect.arrayContaining([session]),
    lines: 20,
    files: 2,
  });
});

test("--session takes nothing but that session", async () => {
  const cwd = temporaryFolder();
  const files = [recording, recordingOf("n-resume")];
  expect(await importIn(cwd, [...files, "--session", session])).toMatchObject({
    sessions: [session],
  });
  const { stdout } = await runIn(cwd, ["sessions", "--json"]);
  expect(JSON.parse(stdout)).toHaveLength(1);
  expect((await importIn(cwd, files)).sessions.length).toBeGreaterThan(1);
});

test("--since leaves out files that nobody has written to since", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "new.ndjson"), readFileSync(recording));
  writeFileSync(join(cwd, "old.ndjson"), readFileSync(recordingOf("n-resume")));
  const hour = 3_600;
  utimesSync(join(cwd, "new.ndjson"), noon / 1_000 - hour, noon / 1_000 - hour);
  utimesSync(join(cwd, "old.ndjson"), noon / 1_000 - 3 * hour, noon / 1_000 - 3 * hour);
  expect(await importIn(cwd, [".", "--since", "2h"])).toMatchObject({
    sessions: [session],
    files: 1,
  });
});

describe("what Claude Code has kept", () => {
  test("is imported where nothing is named, under the config folder that the environment names", async () => {
    const cwd = temporaryFolder();
    const config = configFolder("e-subagent");
    const report = await importIn(cwd, [], { env: { CLAUDE_CONFIG_DIR: config } });
    expect(report).toMatchObject({
      sessions: ["8faaa935-c878-496b-aa48-39f071d04060"],
      files: 2,
      unknown: 0,
      malformed: 0,
    });
  });

  test("and else under the home of the user", async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, ".claude", "projects", "-work"), { recursive: true });
    const [transcript = ""] = transcriptsIn(configFolder("n-resume"));
    writeFileSync(join(home, ".claude", "projects", "-work", "x.jsonl"), readFileSync(transcript));
    expect(await importIn(temporaryFolder(), [], { env: { HOME: home } })).toMatchObject({
      files: 1,
    });
  });

  test.each([
    ["no folder", (home: string) => ({ HOME: home }), "there is no folder"],
    ["none under its own variable", (home: string) => ({ CLAUDE_CONFIG_DIR: home }), "no folder"],
    ["no home", () => ({}), "this environment names no home"],
  ])("is one sentence where there is %s", async (_, envOf, sentence) => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runIn(cwd, ["import", "claude-code"], {
      env: envOf(temporaryFolder()),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: [^\n]+ keeps what was said: name files or folders[^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain("or set CLAUDE_CONFIG_DIR to its folder");
    expect(existsSync(join(cwd, ".spoor"))).toBe(false);
  });
});

describe("lines", () => {
  test("of an unknown kind are kept and counted, malformed ones only counted", async () => {
    const cwd = temporaryFolder();
    const odd = '{"type":"from_the_future","session_id":"x"}\n\n{"torn":\nnot json\n';
    writeFileSync(join(cwd, "odd.ndjson"), odd);
    expect(await importIn(cwd, ["odd.ndjson"])).toMatchObject({
      sessions: ["x"],
      lines: 3,
      unknown: 1,
      malformed: 2,
      torn: 0,
    });
  });

  test("count without a newline at the end of the file", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "whole.ndjson"), readFileSync(recording, "utf8").trimEnd());
    expect(await importIn(cwd, ["whole.ndjson"])).toMatchObject({
      lines: 11,
      malformed: 0,
      torn: 0,
    });
  });

  test("that are torn at the end of the file are left for the next time", async () => {
    const cwd = temporaryFolder();
    const whole = readFileSync(recording, "utf8").trimEnd();
    writeFileSync(join(cwd, "torn.ndjson"), whole.slice(0, -1));
    const report = { lines: 10, malformed: 0, torn: 1 };
    expect(await importIn(cwd, ["torn.ndjson"])).toMatchObject(report);
    expect(await importIn(cwd, ["torn.ndjson"])).toMatchObject({ ...report, skipped: 1 });
    appendFileSync(join(cwd, "torn.ndjson"), whole.slice(-1));
    expect(await importIn(cwd, ["torn.ndjson"])).toMatchObject({ lines: 11, torn: 0, skipped: 0 });
  });

  test("may be ten megabytes long", async () => {
    const cwd = temporaryFolder();
    const long = { type: "from_the_future", session_id: "x", text: "é".repeat(5_000_000) };
    writeFileSync(join(cwd, "long.ndjson"), `${JSON.stringify(long)}\n`);
    expect(await importIn(cwd, ["long.ndjson"])).toMatchObject({ lines: 1, malformed: 0 });
  });
});

describe("one sentence, exit code 2 and no journal", () => {
  test.each([
    ["a file that is not there", ["claude-code", "gone.ndjson"], "there is no file gone.ndjson"],
    ["a good file beside a missing one", ["claude-code", recording, "gone"], "no file gone"],
    ["no framework", [], "name the framework"],
    ["an unknown framework", ["lisp", "a.ndjson"], "recordings of lisp cannot be imported"],
    ["a folder without recordings", ["claude-code", "."], "no .jsonl or .ndjson file in ."],
    ["an unknown option", ["claude-code", recording, "--fast"], "no option --fast"],
    ["no time", ["claude-code", recording, "--since", "soon"], "--since takes a date"],
  ])("for %s", async (_, args, sentence) => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runIn(cwd, ["import", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect(existsSync(join(cwd, ".spoor"))).toBe(false);
  });

  test("for a record that Spoor has written itself, which is no recording of a framework", async () => {
    const cwd = temporaryFolder();
    await importIn(cwd, [recording]);
    const entries = join(cwd, ".spoor", "lanes", "0", "segments", "0001", "entries.ndjson");
    const elsewhere = temporaryFolder();
    const { code, stdout, stderr } = await runIn(elsewhere, ["import", "claude-code", entries]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: [^\n]+ written by Spoor itself: [^\n]+\n$/);
    expect(existsSync(join(elsewhere, ".spoor"))).toBe(false);
  });
});

async function importOf(bytes: Uint8Array | string): ReturnType<typeof runIn> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "a.file"), bytes);
  return runIn(cwd, ["import", "claude-code", "a.file", "--json"]);
}

describe("a named file that is no recording", () => {
  test.each([
    ["compressed", gzipSync(readFileSync(recording))],
    ["of something else", '{\n  "name": "a package",\n  "type": "module"\n}\n'],
    ["of numbers", "1\n2\n"],
    ["text without an end", "Dear diary,"],
  ])("is refused in one sentence: %s", async (_, bytes) => {
    const { code, stdout, stderr } = await importOf(bytes);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: \S+a\.file is no recording of Claude Code: [^\n]+\n$/);
  });

  test.each([
    ["empty", ""],
    ["blank", "\n\n"],
    ["begun", '{"type":"us'],
    ["behind a damaged line", '\0\0\0\n{"type":"keep_alive"}\n'],
  ])("may yet become one: %s", async (_, bytes) => {
    expect(await importOf(bytes)).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a file that cannot be imported", () => {
  test("costs nobody the others: it is named, and the exit code says so", async () => {
    const cwd = temporaryFolder();
    await importIn(cwd, [recording]);
    mkdirSync(join(cwd, "runs"));
    const entries = join(cwd, ".spoor", "lanes", "0", "segments", "0001", "entries.ndjson");
    writeFileSync(join(cwd, "runs", "b.ndjson"), readFileSync(entries));
    writeFileSync(join(cwd, "runs", "a.ndjson"), readFileSync(recording));
    writeFileSync(join(cwd, "runs", "c.ndjson"), readFileSync(recordingOf("n-resume")));
    for (const time of ["first", "again"]) {
      const { code, stdout, stderr } = await runIn(cwd, [
        "import",
        "claude-code",
        "runs",
        "--json",
      ]);
      expect(code, time).toBe(1);
      expect(stderr).toMatch(/^spoor: \S+b\.ndjson was left out: it was written by Spoor[^\n]+\n$/);
      const broken = [{ file: join(cwd, "runs", "b.ndjson"), reason: expect.any(String) }];
      expect(JSON.parse(stdout)).toMatchObject({ files: 3, lines: 20, broken });
    }
  });

  test.skipIf(process.getuid?.() === 0)(
    "because its folder may not be read, is one of them",
    async () => {
      const cwd = temporaryFolder();
      mkdirSync(join(cwd, "runs", "locked"), { recursive: true });
      writeFileSync(join(cwd, "runs", "a.ndjson"), readFileSync(recording));
      chmodSync(join(cwd, "runs", "locked"), 0);
      const { code, stderr } = await runIn(cwd, ["import", "claude-code", "runs"]);
      chmodSync(join(cwd, "runs", "locked"), 0o700);
      expect(code).toBe(1);
      expect(stderr).toContain("locked was left out: this user may not read it");
    },
  );
});

describe("what was remembered of an import", () => {
  test("may go: then it takes longer, and adds nothing", async () => {
    const cwd = temporaryFolder();
    await importIn(cwd, [recording]);
    rmSync(state(cwd));
    expect(await importIn(cwd, [recording])).toMatchObject({ events: 0, skipped: 0 });
    writeFileSync(state(cwd), '{"by":');
    expect(await importIn(cwd, [recording])).toMatchObject({ events: 0, skipped: 0 });
    expect(await importIn(cwd, [recording])).toMatchObject({ events: 0, skipped: 1 });
  });

  test("is believed by the same code only", async () => {
    const cwd = temporaryFolder();
    await importIn(cwd, [recording]);
    const stored = JSON.parse(readFileSync(state(cwd), "utf8"));
    expect(stored.by).toBe(`${version()} ${codeStamp("@spoor/claude-code")}`);
    writeFileSync(state(cwd), JSON.stringify({ ...stored, by: `${version()} other` }));
    expect(await importIn(cwd, [recording])).toMatchObject({ events: 0, skipped: 0 });
  });

  test("is not believed by a journal that has lost its end", async () => {
    const cwd = temporaryFolder();
    const { events } = await importIn(cwd, [recording]);
    const before = await shown(cwd);
    const entries = join(cwd, ".spoor", "lanes", "0", "segments", "0001", "entries.ndjson");
    truncateSync(entries, readFileSync(entries).length - 20);
    expect(await importIn(cwd, [recording])).toMatchObject({ events: 1, skipped: 0 });
    expect(await shown(cwd)).toBe(before);
    rmSync(join(cwd, ".spoor", "lanes"), { recursive: true });
    expect(await importIn(cwd, [recording])).toMatchObject({ events, skipped: 0 });
  });

  test("does not pass over a file that was replaced by another of the same length and time", async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, "a.ndjson");
    writeFileSync(file, readFileSync(recording, "utf8"));
    utimesSync(file, 1, 1);
    await importIn(cwd, [file]);
    writeFileSync(
      file,
      readFileSync(recording, "utf8").replaceAll(session, session.replace("1", "2")),
    );
    utimesSync(file, 1, 1);
    expect(await importIn(cwd, [file])).toMatchObject({
      sessions: [session.replace("1", "2")],
      skipped: 0,
    });
  });

  test("does not pass over a file that has shrunk", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "a.ndjson"), readFileSync(recording));
    await importIn(cwd, ["a.ndjson"]);
    truncateSync(join(cwd, "a.ndjson"), 5_000);
    expect(await importIn(cwd, ["a.ndjson"])).toMatchObject({ events: 0, skipped: 0, torn: 1 });
  });

  test("tells nobody where files lie", async () => {
    const cwd = temporaryFolder();
    await importIn(cwd, [recording]);
    expect(readFileSync(state(cwd), "utf8")).not.toContain("b-tool-loop");
  });
});

test("for people, an import says what came of it, what it cost, what is not known and what to type next", async () => {
  const cwd = temporaryFolder();
  const { stdout } = await runIn(cwd, ["import", "claude-code", recording]);
  expect(stdout).toMatch(/^11 lines read, \d+ new events in 1 session\n/);
  expect(stdout).toContain("4 model calls, 63,141 tokens in (74 % from the cache), 139 out, $");
  expect(stdout).toContain(`in .spoor: see spoor show ${session}\n`);
  const again = await runIn(cwd, ["import", "claude-code", recording]);
  expect(again.stdout).toBe(
    `11 lines, nothing new in 1 session\n1 file of 1 had not changed\nin .spoor: see spoor show ${session}\n`,
  );
});

test("a journal that was named is named in what to type next", async () => {
  const [cwd, dir] = [temporaryFolder(), temporaryFolder()];
  const next = async (...args: readonly string[]): Promise<string | undefined> =>
    (await runIn(cwd, ["import", "claude-code", ...args])).stdout.trimEnd().split("\n").at(-1);
  expect(await next(recording, "--dir", dir)).toBe(
    `in ${dir}: see spoor show ${session} --dir ${dir}`,
  );
  const others = ["a-simple", "b-tool-loop"].map(recordingOf);
  expect(await next(...others, "--dir", "kept")).toBe(
    "in kept: see spoor sessions --dir kept, and spoor cost --dir kept",
  );
});

test("who wants it to end keeps what was imported, and another import adds the rest", async () => {
  const cwd = temporaryFolder();
  let now = noon;
  const { code, stdout, stderr } = await runIn(
    cwd,
    ["import", "claude-code", recording, recordingOf("n-resume"), "--json"],
    { now: () => (now += 20), interruption: () => AbortSignal.abort() },
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^spoor: stopped before the end: [^\n]+\n$/);
  const stopped = JSON.parse(stdout);
  expect(stopped).toMatchObject({ stopped: true, skipped: 0 });
  expect(stopped.events).toBeGreaterThan(0);
  const rest = await importIn(cwd, [recording, recordingOf("n-resume")]);
  const atOnce = await importIn(temporaryFolder(), [recording, recordingOf("n-resume")]);
  expect(rest.skipped).toBe(0);
  expect(stopped.events + rest.events).toBe(atOnce.events);
});

/** What a terminal, or what stands in its place, is told of an import. */
async function told(isTTY: boolean, ...options: readonly string[]): Promise<string> {
  let text = "";
  let now = noon;
  const never = new AbortController().signal;
  await runIn(temporaryFolder(), ["import", "claude-code", recording, ...options], {
    stderr: { isTTY, columns: 100, write: (more) => (text += more) },
    now: () => (now += 60),
    interruption: () => never,
  });
  return text;
}

describe("progress", () => {
  test("is shown on a terminal, and gone in the end", async () => {
    const text = await told(true);
    expect(text).toMatch(/█+░* +\d+ % .* MB\/s .* left/);
    expect(text.endsWith("\r\u001B[2K")).toBe(true);
  });

  test("is not shown elsewhere, nor beside JSON", async () => {
    expect(await told(false)).toBe("");
    expect(await told(true, "--json")).toBe("");
  });
});
