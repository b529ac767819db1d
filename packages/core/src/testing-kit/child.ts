import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A program beside the tests, running as a process of its own. */
export interface Child {
  /** The lines it has printed so far. */
  lines(): readonly string[];
  /** Resolves when it has printed so many lines; rejects when it ends before. */
  printed(count: number): Promise<void>;
  /** Default: SIGKILL, which it cannot notice. */
  kill(signal?: NodeJS.Signals): void;
  /** Its exit code; null: a signal ended it. Rejects where it printed an error. */
  readonly ended: Promise<number | null>;
  /** The signal that ended it; null: none did. */
  readonly endedBy: Promise<NodeJS.Signals | null>;
}

/** Halves the time that a child needs to start. */
const compileCache = fileURLToPath(
  new URL("../../../../node_modules/.cache/node-compile", import.meta.url),
);

const options: readonly string[] = [
  "--conditions=@spoor/source",
  `--import=${new URL("ends-with-its-parent.ts", import.meta.url).href}`,
];

/** It ends with the test at the latest, and with the process of the test. */
export function startChild(program: URL, ...parameters: readonly string[]): Child {
  const child = spawn(process.execPath, [...options, fileURLToPath(program), ...parameters], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const lines = (): readonly string[] => output.split("\n").slice(0, -1);
  const closed = once(child, "close");
  const ended = closed.then(([code]) => {
    if (errors) throw new Error(errors);
    return typeof code === "number" ? code : null;
  });
  return {
    lines,
    ended,
    endedBy: closed.then(() => child.signalCode),
    kill: (signal = "SIGKILL") => void child.kill(signal),
    async printed(count) {
      while (lines().length < count) {
        if (child.stdout.readableEnded) throw new Error(`ended early: ${errors}`);
        await Promise.race([once(child.stdout, "data"), ended]);
      }
    },
  };
}
