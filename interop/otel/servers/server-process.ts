import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { answers } from "./answers.ts";
import { assertOnlyLoopback } from "./only-loopback.ts";

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Its home, and where its log lies. */
  readonly folder: string;
  /** An address that `answers` as soon as it can be used. */
  readonly ready: string;
  readonly patienceMs: number;
}

/** A real server, started for a test. */
export interface ServerProcess {
  /** From now on it accepts connections and answers nothing. */
  hang(): void;
  goOn(): void;
  /** Politely, and if that takes longer than three seconds, at once. */
  stop(): Promise<void>;
}

/** Resolves when it answers. Throws with the end of its log where it does not. */
export async function startServer(program: Program): Promise<ServerProcess> {
  const { command, args, environment, folder, ready, patienceMs } = program;
  const log = join(folder, "server.log");
  const output = openSync(log, "a");
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, HOME: folder, ...environment },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const deadline = Date.now() + patienceMs;
  while (!(await answers(ready))) {
    if (hasEnded(child) || Date.now() > deadline) {
      await stop(child);
      throw new Error(`${command} did not start:\n${readFileSync(log, "utf8").slice(-2_000)}`);
    }
    await sleep(100);
  }
  try {
    assertOnlyLoopback();
  } catch (cause) {
    await stop(child);
    throw new Error(`${command} may not run here`, { cause });
  }
  return {
    hang: () => void child.kill("SIGSTOP"),
    goOn: () => void child.kill("SIGCONT"),
    stop: () => stop(child),
  };
}

const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const impatient = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(impatient);
}
