import { Buffer } from "node:buffer";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, diskJournal, type EventDraft } from "@spoor/core";
import { sealLane } from "@spoor/core/audit";
import { startWitness } from "@spoor/testing/witness";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import type { Ran } from "../spoor.fixture.ts";

export const noon: number = Date.UTC(2026, 10, 21, 12);
const hourMs = 3_600_000;

export const checkpointFile = "lanes/0/seal/checkpoint";
export const entriesFile = "lanes/0/segments/0001/entries.ndjson";

/** Records turns in the first free lane, each with a question and an answer. */
export async function recordTurns(
  dir: string,
  names: readonly string[],
  startMs: number = noon - hourMs,
): Promise<void> {
  let now = startMs;
  const clock = (): number => (now += 1);
  const journal = diskJournal({ dir, clock });
  const recorder = createRecorder({ journal, clock });
  for (const name of names) for (const draft of turn(name)) recorder.emit(draft);
  await journal.close();
}

function turn(name: string): readonly EventDraft[] {
  const about = { session: "thread", source: "api", key: name } as const;
  return [
    { ...about, type: "turn.started", name, input: `ask about ${name}` },
    { ...about, type: "turn.ended", outcome: { status: "ok" }, output: `all about ${name}` },
  ];
}

/** Seals lane 0, with the log's own key, or another one's. */
export async function seal(dir: string, keyByte: number = 7): Promise<void> {
  const newKey = (): { name: string; seed: Buffer } => ({
    name: "example.com/spoor",
    seed: Buffer.alloc(32, keyByte),
  });
  const { kind } = await sealLane("0", { dir, clock: () => 0, newKey });
  if (kind !== "sealed") throw new Error(`lane 0 is ${kind}`);
}

export const vkeyOf = (dir: string): string =>
  readFileSync(join(dir, "lanes/0/seal/log.vkey"), "utf8").trimEnd();

export function copyOf(dir: string, to: string): string {
  cpSync(dir, to, { recursive: true });
  return to;
}

export function rewrite(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, "utf8");
  const after = change(before);
  if (after === before) throw new Error(`nothing was changed in ${path}`);
  writeFileSync(path, after);
}

/** A checkpoint with the cosignature of a witness who never saw the log before, and its vkey. */
export async function cosigned(
  note: string,
  { folder, vkey }: { readonly folder: string; readonly vkey: string },
): Promise<{ readonly note: string; readonly witness: string }> {
  const options = { name: "witness.example", folder, logs: [vkey], now: () => noon };
  await using server = await startWitness(options);
  const body = `old 0\n\n${note}`;
  const answer = await fetch(`${server.url}/add-checkpoint`, { method: "POST", body });
  if (answer.status !== 200) throw new Error(`the witness answered ${answer.status}`);
  return { note: note + (await answer.text()), witness: server.vkey };
}

/** Runs one command as `spoor` does. */
export async function run(command: Command, cwd: string, args: readonly string[]): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
    cwd,
    now: () => noon,
    pause: () => Promise.resolve(),
    interruption: () => AbortSignal.abort(),
  };
  try {
    const code = await command.run(args, io);
    return { code, stdout, stderr };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { code: 2, stdout, stderr: `${stderr}spoor: ${error.message}\n` };
  }
}
