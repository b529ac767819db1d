import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { installed } from "../../otel/servers/installed.ts";
import { startModelServer } from "./model-server.ts";
import type { Exchange, Script } from "./model-server.ts";

/** A line of the listener, as far as the tests look at it. */
export interface Line {
  readonly kind: "opened" | "crew" | "event" | "lost" | "closed";
  readonly n: number;
  readonly process: string;
  readonly crewai: string;
  readonly run?: string | null;
  readonly event?: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly crew?: Readonly<Record<string, unknown>>;
}

export interface RecordedRun {
  /** What the crew answered, or the signal that ended it. */
  readonly answer: unknown;
  readonly folder: string;
  readonly file: string;
  readonly lines: readonly Line[];
  readonly events: readonly NonNullable<Line["event"]>[];
  /** What the model server really answered. */
  readonly exchanges: readonly Exchange[];
}

/** Keys that a tool and a model repeat: the program gives one to its models, the other is in its environment. */
export const plantedKeys = {
  model: "sk-planted-0123456789abcdef",
  environment: "planted-in-the-environment-42",
} as const;

const programs = fileURLToPath(new URL("programs/", import.meta.url));
const listener = fileURLToPath(new URL("../../../packages/crew/python/", import.meta.url));

/** Runs a program of `programs/crews.py` to its end, with the listener in it and a model that says what the script says. */
export async function recordRun(name: string, script: Script): Promise<RecordedRun> {
  const folder = mkdtempSync(join(tmpdir(), "spoor-crews-"));
  const file = join(folder, "lines.ndjson");
  const server = await startModelServer(script);
  try {
    const answer = await answerOf(name, folder, { MODEL_URL: server.url, SPOOR_CREWAI_LOG: file });
    const lines = linesIn(file);
    const events = lines.flatMap(({ event }) => event ?? []);
    return { answer, folder, file, lines, events, exchanges: server.exchanges };
  } finally {
    await server.close();
  }
}

/** The program's own files go with it: what is looked for the key afterwards is ours. */
async function answerOf(name: string, folder: string, environment: NodeJS.ProcessEnv) {
  const home = mkdtempSync(join(tmpdir(), "spoor-crews-home-"));
  const [waiting, answer] = [join(home, "waiting"), join(home, "answer.json")];
  const child = spawn(installed("crewai"), ["-B", join(programs, "crews.py"), name], {
    cwd: home,
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      PYTHONPATH: listener,
      PLANTED: plantedKeys.model,
      HARBOUR_TOKEN: plantedKeys.environment,
      WAITING: waiting,
      ANSWER: answer,
      CREWAI_DISABLE_TELEMETRY: "true",
      CREWAI_TRACING_ENABLED: "false",
      OTEL_SDK_DISABLED: "true",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const watching = watch(home, () => {
    if (!existsSync(waiting)) return;
    watching.close();
    child.kill("SIGINT");
  });
  let stderr = "";
  child.stdout.resume();
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = await new Promise<number | string | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  watching.close();
  const given = existsSync(answer) ? readFileSync(answer, "utf8") : null;
  rmSync(home, { recursive: true, force: true });
  if (stderr.includes("spoor_crewai:")) throw new Error(stderr);
  if (ended === "SIGINT") return ended;
  if (ended !== 0 || given === null) throw new Error(`${name} ended with ${ended}: ${stderr}`);
  return JSON.parse(given) as unknown;
}

function linesIn(file: string): readonly Line[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

/** The files below a folder that hold one of the texts, whatever else they hold. */
export function filesWith(texts: readonly string[], folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return texts.some((text) => bytes.includes(text));
    });
}
