import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, diskJournal } from "@spoor/core";
import { expect, test } from "vitest";
import { noon, recordingOf, type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

const aborted = "5b434f1e-9f53-4800-a530-af7b89eb240a";
const withAgents = "9c498769-f6f7-41a2-bfc5-79e29c315078";
const simple = "b6261803-7f58-4cbe-8f5c-9bc73e94e347";

async function sessionsOf(...args: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  const files = ["t-abort", "e2-subagents-parallel", "a-simple"].map(recordingOf);
  await runIn(cwd, ["import", "claude-code", ...files]);
  return runIn(cwd, ["sessions", ...args]);
}

async function idsOf(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await sessionsOf(...args, "--json");
  return JSON.parse(stdout).map(({ id }: { readonly id: string }) => id);
}

test("sessions are listed with the one that was last active first", async () => {
  expect(await idsOf()).toEqual([aborted, withAgents, simple]);
});

test("sessions are found by tool, status and time", async () => {
  expect(await idsOf("--tool", "Agent")).toEqual([withAgents]);
  expect(await idsOf("--status", "open")).toEqual([aborted]);
  expect(await idsOf("--since", "2026-11-21T03:23:00Z")).toEqual([aborted]);
  expect(await idsOf("--since", "1h")).toEqual([]);
  expect(await idsOf("--since", "1d")).toHaveLength(3);
  expect(await idsOf("--user", "ada")).toEqual([]);
});

test("for people, a session is one line", async () => {
  const { stdout } = await sessionsOf("--status", "open");
  expect(stdout).toBe(
    `${aborted}  open  2026-11-21 03:23Z  claude-code  1 turn  1 model call  1 tool call  \u226515,586 tokens  \u2265$0.0390\n`,
  );
});

test("what has no price is said, be it a call or what no call that was seen has used", async () => {
  const { stdout } = await sessionsOf();
  expect(stdout).not.toContain("unknown");
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf("e6-subagent-other-model")]);
  expect((await runIn(cwd, ["sessions"])).stdout).toMatch(
    /\$\d+\.\d+ \+ 1 call and 1 rest unknown\n$/,
  );
});

test("a session without a time is in no span of time, which is said", async () => {
  const cwd = temporaryFolder();
  const journal = diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon });
  const recorder = createRecorder({ journal, clock: () => noon, recording: true });
  recorder.emit({ session: "s", source: "api", type: "turn.started", key: "t", name: "t" });
  await journal.close();
  expect(await runIn(cwd, ["sessions", "--since", "2026-01-15"])).toEqual({
    code: 0,
    stdout: "",
    stderr: "spoor: no session matches\nspoor: left out: 1 session in which no time is known\n",
  });
  expect((await runIn(cwd, ["sessions"])).stderr).toBe("");
});

test("the first is the one that is called latest, also where no time in it is known", async () => {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf("a-simple")]);
  const journal = diskJournal({ dir: join(cwd, ".spoor"), clock: () => noon + 1 });
  const recorder = createRecorder({ journal, clock: () => noon + 1, recording: true });
  recorder.emit({ session: "timeless", source: "api", type: "turn.started", key: "t", name: "t" });
  await journal.close();
  const { stdout } = await runIn(cwd, ["sessions"]);
  expect(stdout).toMatch(/^timeless /);
  const latest = await runIn(cwd, ["show", "latest", "--json"]);
  expect(JSON.parse(latest.stdout)).toMatchObject({ session: { id: "timeless" } });
});

test.each([
  [["--status", "abandoned"], "--status is one of ok, error, cancelled, suspended, open, not"],
  [["--since", "yesterday"], "--since takes a date"],
  [["today"], "takes options only, not today"],
])("%j is refused in one sentence", async (args, sentence) => {
  const { code, stdout, stderr } = await sessionsOf(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
});

test("a journal that is not there is not an empty one", async () => {
  const { code, stderr } = await runIn(temporaryFolder(), ["sessions"]);
  expect(code).toBe(2);
  expect(stderr).toContain("there is no journal in");
});

test("the journal is named by the config before the environment, and one in memory cannot be read", async () => {
  const cwd = temporaryFolder();
  const configured = (journal: unknown): void =>
    writeFileSync(join(cwd, "spoor.config.json"), JSON.stringify({ journal }));
  configured({ dir: "record" });
  const env = { SPOOR_DIR: "elsewhere" };
  await runIn(cwd, ["import", "claude-code", recordingOf("a-simple")], { env });
  expect(existsSync(join(cwd, "record"))).toBe(true);
  expect((await runIn(cwd, ["sessions"], { env })).stdout).toContain(simple);
  configured("memory");
  expect(await runIn(cwd, ["sessions"])).toMatchObject({
    code: 2,
    stderr: "spoor: the config keeps the journal in memory: name a folder with --dir\n",
  });
  expect((await runIn(cwd, ["sessions", "--dir", "record"])).code).toBe(0);
});

test("the journal is named by --dir, else by SPOOR_DIR", async () => {
  const cwd = temporaryFolder();
  const env = { SPOOR_DIR: "elsewhere" };
  await runIn(cwd, ["import", "claude-code", recordingOf("a-simple")], { env });
  const named = await runIn(cwd, ["sessions", "--dir", "elsewhere"], { env: { SPOOR_DIR: "x" } });
  expect(named.stdout).toContain(simple);
});
