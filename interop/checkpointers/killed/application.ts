import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("program.ts", import.meta.url));

export interface Application {
  /** Resolves when it has said this line; rejects with what it printed when it ends before. */
  says(line: string): Promise<void>;
  /** With SIGKILL, which it cannot notice. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves to what it said last, when it has ended; rejects where it did not end well. */
  lastWords(): Promise<string>;
}

/** In a process of its own, on the sources as they are, with a journal of its own and nothing of this machine's. */
export function start(doing: string, address: string, journal: string): Application {
  const { PATH, SPOOR_INTEROP_SQLITE } = process.env;
  const child = spawn(process.execPath, ["--conditions=@spoor/source", program, doing, address], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, SPOOR_INTEROP_SQLITE, HOME: journal, SPOOR_DIR: journal },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const closed = once(child, "close");
  const lines = (): readonly string[] => output.split("\n").slice(0, -1);
  return {
    async says(line) {
      while (!lines().includes(line)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`it ended early: ${output}${errors}`);
        await Promise.race([once(child.stdout, "data"), closed]);
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await closed;
      if (child.signalCode !== "SIGKILL") throw new Error(`it had ended already: ${errors}`);
    },
    async lastWords() {
      await closed;
      if (child.exitCode === 0) return lines().at(-1) ?? "";
      throw new Error(`it ended with ${child.exitCode}: ${errors}`);
    },
  };
}
