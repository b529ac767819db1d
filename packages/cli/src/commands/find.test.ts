import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { createRecorder, diskJournal, type EventDraft, isRecord } from "@spoor/core";
import { expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { noon, recordingOf, type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

const retried = "d-tool-failure-retry";

async function journalOf(...scenarios: readonly string[]): Promise<string> {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", ...scenarios.map(recordingOf)]);
  return cwd;
}

async function recorded(drafts: readonly object[]): Promise<string> {
  const cwd = temporaryFolder();
  const journal = diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon });
  const recorder = createRecorder({ journal, clock: () => noon });
  for (const draft of drafts)
    recorder.emit({ session: "s", source: "api", ...draft } as EventDraft);
  await journal.close();
  return cwd;
}

const call = (name: string, input: unknown): object => ({
  type: "tool.started",
  key: name,
  name,
  input,
});

const find = async (...args: readonly string[]): Promise<Ran> =>
  runIn(await journalOf("a-simple", "e2-subagents-parallel"), ["find", ...args]);

test("a hit is one line: when, how it ended, what it is, its span and its session", async () => {
  const cwd = await recorded([call("Bash", "ls"), call("Read", "notes")]);
  const { code, stdout, stderr } = await runIn(cwd, ["find", "--tool", "Bash"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^2026-11-21 12:00:00Z {2}open {2}tool {2}Bash {2}[0-9a-f]{16} {2}s\n$/);
});

test("what was said is found in all sessions, with what stands around it", async () => {
  const cwd = await recorded([call("Bash", { command: "npm run build && npm test" })]);
  const { stdout } = await runIn(cwd, ["find", "RUN build".toLowerCase()]);
  expect(stdout).toMatch(/ {2}s {2}input: npm run build && npm test\n$/);
});

test("spans are found by what they are, in real recordings", async () => {
  const agents = await find("--tool", "Agent", "--json");
  const { hits } = JSON.parse(agents.stdout);
  expect(
    hits.map(({ kind, name, status }: Record<string, unknown>) => [kind, name, status]),
  ).toEqual([
    ["tool", "Agent", "ok"],
    ["tool", "Agent", "ok"],
  ]);
  const why = await runIn(await journalOf("e2-subagents-parallel"), ["why", hits[0].spanId]);
  expect(why.code).toBe(0);
});

test("a session is named as everywhere: by the beginning of its id, or as the latest", async () => {
  const all = JSON.parse((await find("--session", "latest", "--kind", "turn", "--json")).stdout);
  expect(all.hits).toHaveLength(1);
  const id: string = all.hits[0].session;
  const named = await find("--session", id.slice(0, 8), "--kind", "turn", "--json");
  expect(JSON.parse(named.stdout)).toEqual(all);
  expect(await find("--session", "nobody")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no session nobody"),
  });
});

test("more than was asked for is not shown, but said", async () => {
  const { stdout, stderr } = await find("--kind", "model", "--limit", "2");
  expect(stdout.split("\n")).toHaveLength(3);
  expect(stderr).toBe("spoor: there is more than the newest 2: --limit N shows more\n");
  const { more } = JSON.parse((await find("--kind", "model", "--limit", "2", "--json")).stdout);
  expect(more).toBe(true);
});

test("where nothing matches, that is said beside an empty output", async () => {
  expect(await find("no such words")).toEqual({
    code: 0,
    stdout: "",
    stderr: "spoor: nothing matches\n",
  });
  const { stdout, stderr } = await find("--user", "nobody", "--json");
  expect({ json: JSON.parse(stdout), stderr }).toEqual({
    json: { hits: [], more: false },
    stderr: "",
  });
});

test("what was recorded cannot move the cursor, colour the line or break it", async () => {
  const evil = "\u001B[31mred\u001B[0m\r\nnew\u202Eline needle \u0007";
  const cwd = await recorded([call(evil, evil)]);
  const { stdout } = await runIn(cwd, ["find", "needle"]);
  expect(stdout).toMatch(/^[^\p{Cc}\p{Bidi_Control}]+\n$/u);
});

test("on a terminal a line fits its width, and the words that were found stand out", async () => {
  const cwd = await recorded([call("Bash", `${"before ".repeat(30)}needle${" after".repeat(30)}`)]);
  let printed = "";
  const stdout = { write: (text: string) => (printed += text), isTTY: true, columns: 110 };
  await runIn(cwd, ["find", "needle"], { stdout });
  const plain = stripVTControlCharacters(printed).trimEnd();
  expect(plain.length).toBeLessThanOrEqual(110);
  expect(printed).toContain("\u001B[1mneedle\u001B[22m");
});

test.each([
  [["--kind", "chat"], "--kind is one of session, turn, model"],
  [["--status", "abandoned"], "--status is one of ok, error, cancelled, suspended, open, not"],
  [["--limit", "all"], "--limit takes a number"],
  [["--since", "yesterday"], "--since takes a date"],
  [["--until", "yesterday"], "--until takes a date"],
  [["--tool", "Bash", "--kind", "turn"], "--tool finds tool calls"],
  [["one", "two"], "put quotes around several words"],
  [[""], "a word after find is empty"],
])("%j is refused in one sentence", async (args, sentence) => {
  const { code, stdout, stderr } = await find(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
  expect(stderr).toContain(sentence);
});

test("a journal that is not there is not an empty one", async () => {
  const { code, stderr } = await runIn(temporaryFolder(), ["find", "x"]);
  expect(code).toBe(2);
  expect(stderr).toContain("there is no journal in");
});

test("lines that cannot be read are said, and an index that is made anew as well", async () => {
  const cwd = await recorded([call("Bash", "ls")]);
  appendFileSync(join(cwd, ".spoor/lanes/0/segments/0001/entries.ndjson"), "nothing\n");
  const unread = "spoor: left out what cannot be read in the journal: 1 line\n";
  expect((await runIn(cwd, ["find"])).stderr).toBe(unread);
  rmSync(join(cwd, ".spoor/lanes"), { recursive: true });
  const { stderr } = await runIn(cwd, ["find"]);
  expect(stderr).toMatch(
    /^spoor: the index of the journal was made anew: [^\n]+\nspoor: nothing matches\n$/,
  );
});

test("what --json prints is what the schema says, and no field of it is missing there", async () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../../../../docs/spec/find.schema.json", import.meta.url), "utf8"),
    closed,
  );
  const cwd = await journalOf(retried, "e2-subagents-parallel");
  for (const args of [[], ["the"], ["--status", "error"], ["claude", "--kind", "session"]]) {
    const { stdout } = await runIn(cwd, ["find", ...args, "--json"]);
    expect(problemsWith(JSON.parse(stdout), schema)).toEqual([]);
  }
});

/** The schema lets fields be added; here none may be that it does not tell of. */
function closed(_name: string, part: unknown): unknown {
  const isOpen = isRecord(part) && isRecord(part["properties"]);
  return isOpen ? { additionalProperties: false, ...part } : part;
}
