import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { lanesIn } from "@spoor/core";
import { describe, expect, test } from "vitest";
import type { Io } from "../io.ts";
import { noon, runIn, temporaryFolder } from "../spoor.fixture.ts";
import { hookReading } from "./hook.ts";

const recorded = fileURLToPath(
  new URL("../../../claude-code/src/hooks/fixtures/", import.meta.url),
);
const events = readFileSync(join(recorded, "r2-command-hooks.stdin.native.ndjson"), "utf8")
  .trimEnd()
  .split("\n");

interface Heard {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function hear(cwd: string, input: string, world: Partial<Io> = {}): Promise<Heard> {
  let [stdout, stderr] = ["", ""];
  const code = await hookReading(
    () => input,
    ({ now }) => now(),
  ).run(["claude-code"], {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
    cwd,
    now: () => noon,
    pause: () => Promise.resolve(),
    interruption: () => AbortSignal.abort(),
    ...world,
  });
  return { code, stdout, stderr };
}

const silence: Heard = { code: 0, stdout: "", stderr: "" };

function entriesIn(cwd: string): readonly Readonly<Record<string, unknown>>[] {
  const lanes = join(cwd, ".spoor", "lanes");
  return readdirSync(lanes, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("entries.ndjson"))
    .flatMap((name) => readFileSync(join(lanes, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

describe("a session of which every event is told to a process of its own", () => {
  test("is a turn with its tools and its subagent", async () => {
    const cwd = temporaryFolder();
    for (const [index, event] of events.entries())
      expect(await hear(cwd, event, { now: () => noon + index * 1_000 })).toEqual(silence);
    const { stdout } = await runIn(cwd, ["show", "latest"]);
    expect(stdout).toContain("Read notes.txt, then use a subagent.");
    expect(stdout.match(/(?:tool|agent) [A-Zg]\S+/g)).toEqual([
      "tool Read",
      "tool Agent",
      "agent general-purpose",
      "tool Bash",
    ]);
    expect(stdout).toContain("« Done.");
    expect(stdout).not.toContain("in no turn that is known");
    expect(stdout).not.toMatch(/\bopen\b/);
  });

  test("leaves one lane and one segment", async () => {
    const cwd = temporaryFolder();
    for (const event of [...events, ...events, ...events]) await hear(cwd, event);
    const dir = join(cwd, ".spoor");
    expect(lanesIn(dir)).toMatchObject([{ lane: "0", holder: null }]);
    expect(readdirSync(join(dir, "lanes", "0", "segments"))).toEqual(["0001"]);
  });

  test("a subagent lies under the tool that spawned it as soon as a file says which", async () => {
    const cwd = temporaryFolder();
    const transcript = join(cwd, "session.jsonl");
    mkdirSync(join(cwd, "session", "subagents"), { recursive: true });
    writeFileSync(
      join(cwd, "session", "subagents", "agent-a1.meta.json"),
      JSON.stringify({ toolUseId: "toolu_1" }),
    );
    const input = {
      hook_event_name: "SubagentStart",
      session_id: "s",
      transcript_path: transcript,
      agent_id: "a1",
      agent_type: "Explore",
    };
    await hear(cwd, JSON.stringify(input));
    expect(entriesIn(cwd)).toMatchObject([
      { type: "work.started", key: "agent@a1" },
      { type: "span.amended", on: "agent@a1", parent: "toolu_1", alias: "agent@toolu_1" },
    ]);
    const elsewhere = { ...input, agent_id: "../../../etc/passwd" };
    expect(await hear(cwd, JSON.stringify(elsewhere))).toEqual(silence);
  });
});

describe("nothing that goes wrong is the session's business", () => {
  test.each(["", "not json", "[]", "{}", '{"hook_event_name":7}', '{"hook_event_name":"Stop"}'])(
    "the input %j",
    async (input) => {
      expect(await hear(temporaryFolder(), input)).toEqual(silence);
    },
  );

  test("arguments that it does not know", async () => {
    for (const args of [[], ["nobody"], ["claude-code", "--nonsense"]])
      expect(
        await runIn(temporaryFolder(), ["hook", ...args], { env: {} }).catch((error) => error),
      ).toEqual(silence);
  });

  test("a folder that cannot be written, and a config that cannot be read", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, ".spoor"), "in the way");
    expect(await hear(cwd, events[1] ?? "")).toEqual(silence);
    writeFileSync(join(cwd, "spoor.config.json"), "{ not json");
    expect(await hear(cwd, events[1] ?? "")).toEqual(silence);
    chmodSync(cwd, 0o700);
  });

  test("standard input that cannot be read", async () => {
    const broken = hookReading(() => {
      throw new Error("EAGAIN");
    }, Date.now);
    const world = { env: {}, cwd: temporaryFolder() } as unknown as Io;
    expect(await broken.run(["claude-code"], world)).toBe(0);
  });

  test("with SPOOR_DEBUG, one line says what it was", async () => {
    const { stderr, code } = await hear(temporaryFolder(), "x", { env: { SPOOR_DEBUG: "1" } });
    expect({ stderr, code }).toEqual({
      code: 0,
      stderr:
        "spoor hook: not recorded: expected a hook's input as one JSON object on standard input\n",
    });
  });
});

test("secrets are kept out of the journal", async () => {
  const cwd = temporaryFolder();
  const prompt = "use sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789 please";
  const input = { hook_event_name: "UserPromptSubmit", session_id: "s", prompt_id: "p", prompt };
  expect(await hear(cwd, JSON.stringify(input))).toEqual(silence);
  const dir = join(cwd, ".spoor");
  const written = readdirSync(dir, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  expect(written.join("\n")).toContain(" please");
  expect(written.join("\n")).not.toContain("sk-ant-api03");
});

/** On the sources each takes a second to start. */
const many = process.env["SPOOR_SOAK"] ? 20 : 6;

test(`${many} processes at once lose nothing and tear nothing`, async () => {
  const cwd = temporaryFolder();
  const entry = fileURLToPath(new URL("../hook/main.ts", import.meta.url));
  const codes = Array.from({ length: many }, async (_, index) => {
    const args = ["--conditions=@spoor/source", entry, "hook", "claude-code"];
    const child = spawn(process.execPath, args, {
      cwd,
      env: { PATH: process.env["PATH"], SPOOR_DEBUG: "1" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let answer = "";
    child.stdout.on("data", (text) => (answer += String(text)));
    const input = {
      hook_event_name: "PreToolUse",
      session_id: "s",
      prompt_id: "p",
      tool_use_id: `toolu_${index}`,
      tool_name: "Bash",
      tool_input: { command: "x".repeat(20_000) + index },
    };
    child.stdin.end(JSON.stringify(input));
    const [code] = await once(child, "exit");
    return [code, answer];
  });
  expect(await Promise.all(codes)).toEqual(Array.from({ length: many }, () => [0, ""]));
  const keys = entriesIn(cwd).map(({ key }) => key);
  expect(new Set(keys)).toEqual(
    new Set(Array.from({ length: many }, (_, index) => `toolu_${index}`)),
  );
  expect(keys).toHaveLength(many);
  expect(lanesIn(join(cwd, ".spoor")).every(({ holder }) => holder === null)).toBe(true);
});
