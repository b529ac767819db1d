import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** The project that this suite is about. */
export const project = process.env.SPOOR_INTEROP_PROJECT ?? "";

export const inProject = (...names) => join(project, ...names);

/** What the run says of a suite, also where it passed. */
export function tell(lines) {
  const { SPOOR_INTEROP_TOLD: told } = process.env;
  if (told) appendFileSync(told, `${lines.join("\n")}\n`);
}

/** Where no backend answers: no program may wait for one. */
const nobody = "http://127.0.0.1:4";

/** The command as installed there, on the Node of this process. Throws where it does not succeed. */
export const spoor = (...command) =>
  run(process.execPath, ["node_modules/@spoor/cli/bin/spoor.mjs", ...command]);

/** What a program printed, run in the project. Throws what it said where it does not end with 0, or not in time. */
export function run(command, given, { environment = {}, cwd = project } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, given, {
    cwd,
    env: { ...process.env, LANGFUSE_BASE_URL: nobody, ...environment },
    encoding: "utf8",
    timeout: 120_000,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 28,
  });
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${given.join(" ")} ended with ${status}\n${stdout}${stderr}${error ?? ""}`,
  );
}
