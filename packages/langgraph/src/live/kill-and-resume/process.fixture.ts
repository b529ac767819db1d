import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const program = pathOf("./program.fixture.ts");

/** Has the program find the line of LangGraph.js that is under test. */
const hooks = process.env["SPOOR_LANGGRAPH_HOOKS"];
const options = ["--conditions=@spoor/source", ...(hooks === undefined ? [] : ["--import", hooks])];

export interface ApplicationProcess {
  /** Resolves when it has said this line; rejects with what it printed when it ends before. */
  says(line: string): Promise<void>;
  /** With SIGKILL, which it cannot notice. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves to what it said last, when it has ended; rejects where it did not end well. */
  lastWords(): Promise<string>;
}

/** The application of these tests. */
export function startApplication(folder: string, ...given: readonly string[]): ApplicationProcess {
  return startProgram(program, folder, ...given);
}

/** A program in a process of its own, on the sources as they are, with nothing of this machine's but this folder. */
export function startProgram(
  program: string,
  folder: string,
  ...given: readonly string[]
): ApplicationProcess {
  const child = spawn(process.execPath, [...options, program, ...given], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      HOME: folder,
      SPOOR_DIR: `${folder}/journal`,
      SPOOR_LANGGRAPH_SQLITE: process.env["SPOOR_LANGGRAPH_SQLITE"],
      NODE_COMPILE_CACHE: pathOf("../../../../../node_modules/.cache/node-compile"),
    },
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
