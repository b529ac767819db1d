import { spawn, spawnSync, type IOType } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { lanesIn } from "@spoor/core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Io } from "../io.ts";
import { littleElse, noon, runIn, temporaryFolder } from "../spoor.fixture.ts";
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
    async () => input,
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
    const ofAgents = entriesIn(cwd).filter(({ type }) => type !== "session.started");
    expect(ofAgents).toMatchObject([
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
    const broken = hookReading(() => Promise.reject(new Error("EIO")), Date.now);
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

test.each([null, { redact: "off" }])(
  "secrets are kept out of the journal, config %j",
  async (config) => {
    const cwd = temporaryFolder();
    if (config) writeFileSync(join(cwd, "spoor.config.json"), JSON.stringify(config));
    const prompt = "use sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789 please";
    const input = { hook_event_name: "UserPromptSubmit", session_id: "s", prompt_id: "p", prompt };
    expect(await hear(cwd, JSON.stringify(input))).toEqual(silence);
    const dir = join(cwd, ".spoor");
    const written = readdirSync(dir, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(written.join("\n")).toContain(" please");
    expect(written.join("\n")).not.toContain("sk-ant-api03");
  },
);

interface Told {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: IOType | number;
}

const program = fileURLToPath(new URL("../hook/main.ts", import.meta.url));

/** As Claude Code runs it. `tell` has what is on its standard input, unless that is given. */
async function runHook(
  cwd: string,
  tell: (end: Writable | null) => void,
  { args = [], env = {}, input = "pipe" }: Told = {},
): Promise<Heard> {
  const child = spawn(
    process.execPath,
    ["--conditions=@spoor/source", program, "hook", "claude-code", ...args],
    { cwd, env: { ...littleElse, ...env }, stdio: [input, "pipe", "pipe"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (text) => (stdout += String(text)));
  child.stderr?.on("data", (text) => (stderr += String(text)));
  tell(child.stdin);
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

const stop = JSON.stringify({ hook_event_name: "Stop", session_id: "s", prompt_id: "p" });

describe("a process of its own", () => {
  test("runs no code of the folder that it is in, and reads what is said there without code", async () => {
    const cwd = temporaryFolder();
    for (const name of ["spoor.config.ts", "spoor.config.mjs", "spoor.config.js"])
      writeFileSync(join(cwd, name), 'console.log("an answer"); process.exit(3);');
    writeFileSync(join(cwd, "spoor.config.json"), '{ "journal": { "dir": "elsewhere" } }');
    const heard = await runHook(cwd, (stdin) => stdin?.end(stop), { env: { SPOOR_DEBUG: "1" } });
    expect(heard).toEqual(silence);
    expect(lanesIn(join(cwd, "elsewhere"))).toHaveLength(1);
  });

  test("ends with 0 where its journal can never be", async () => {
    for (const dir of ["/proc/nope", "/dev/null/nope"])
      expect(
        await runHook(temporaryFolder(), (stdin) => stdin?.end(stop), { args: ["--dir", dir] }),
      ).toEqual(silence);
  });

  test.runIf(process.platform === "linux")(
    "waits for an event on an input that does not wait by itself",
    async () => {
      const cwd = temporaryFolder();
      const fifo = join(cwd, "events");
      spawnSync("mkfifo", [fifo]);
      const input = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
      const writer = openSync(fifo, constants.O_WRONLY);
      const heard = runHook(cwd, () => {}, { input, env: { SPOOR_DEBUG: "1" } });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      writeSync(writer, stop);
      closeSync(writer);
      expect(await heard).toEqual(silence);
      closeSync(input);
      expect(entriesIn(cwd)).not.toEqual([]);
    },
  );

  test.runIf(process.env["SPOOR_SOAK"])(
    "does not wait for ever for an event",
    async () => {
      const { code, stderr } = await runHook(temporaryFolder(), () => {}, {
        env: { SPOOR_DEBUG: "1" },
      });
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: "spoor hook: not recorded: it took more than 15000 ms\n",
      });
    },
    30_000,
  );
});

/** On the sources each takes a second to start. */
const many = process.env["SPOOR_SOAK"] ? 20 : 6;

test(`${many} processes at once lose nothing and tear nothing`, async () => {
  const cwd = temporaryFolder();
  const heard = Array.from({ length: many }, async (_, index) => {
    const input = {
      hook_event_name: "PreToolUse",
      session_id: "s",
      prompt_id: "p",
      tool_use_id: `toolu_${index}`,
      tool_name: "Bash",
      tool_input: { command: "x".repeat(20_000) + index },
    };
    const tell = (stdin: Writable | null): unknown => stdin?.end(JSON.stringify(input));
    return runHook(cwd, tell, { env: { SPOOR_DEBUG: "1" } });
  });
  expect(await Promise.all(heard)).toEqual(Array.from({ length: many }, () => silence));
  const keys = entriesIn(cwd)
    .filter(({ type }) => type === "tool.started")
    .map(({ key }) => key);
  expect(new Set(keys)).toEqual(
    new Set(Array.from({ length: many }, (_, index) => `toolu_${index}`)),
  );
  expect(keys).toHaveLength(many);
  expect(lanesIn(join(cwd, ".spoor")).every(({ holder }) => holder === null)).toBe(true);
});
