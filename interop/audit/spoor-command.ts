import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../packages/cli/src/cli.ts", import.meta.url));
/** Where Node keeps what it has compiled, so that a process on the sources starts at once the second time. */
export const compileCache: string = fileURLToPath(
  new URL("../../node_modules/.cache/node-compile", import.meta.url),
);

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a user runs it, in a process of its own, over the journal of a working directory. */
export function spoor(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const { SPOOR_DIR: _, ...environment } = process.env;
  const options = {
    cwd,
    env: { ...environment, HOME: cwd, CLAUDE_CONFIG_DIR: cwd, NODE_COMPILE_CACHE: compileCache },
    maxBuffer: 1 << 26,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--conditions=@spoor/source", command, ...args],
      options,
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === "number" ? error.code : error ? -1 : 0,
          stdout,
          stderr,
        });
      },
    );
  });
}

/** What it prints with `--json`. Throws with what it said where it did not succeed. */
export async function spoorJson<Shape>(cwd: string, ...args: readonly string[]): Promise<Shape> {
  const { code, stdout, stderr } = await spoor(cwd, ...args, "--json");
  if (code !== 0) throw new Error(`spoor ${args.join(" ")} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as Shape;
}
