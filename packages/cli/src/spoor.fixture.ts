import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { ExitCode, Io } from "./io.ts";
import { spoor } from "./spoor.ts";

export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process of its own has of this one: where programs lie, where to write, and what halves the time that it needs to start. */
export const littleElse: Readonly<Record<string, string | undefined>> = {
  PATH: process.env["PATH"],
  TMPDIR: process.env["TMPDIR"],
  NODE_COMPILE_CACHE: fileURLToPath(
    new URL("../../../node_modules/.cache/node-compile", import.meta.url),
  ),
};

/** A recording of Claude Code, by scenario. */
export const recordingOf = (scenario: string): string =>
  fileURLToPath(
    new URL(`../../claude-code/src/fixtures/${scenario}.native.ndjson`, import.meta.url),
  );

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "spoor-cli-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export const noon: number = Date.UTC(2026, 10, 21, 12);

/** Runs a command line in a folder, with a clock that stands still. */
export async function runIn(
  cwd: string,
  args: readonly string[],
  world: Partial<Io> = {},
): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const code = await spoor(args, {
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
