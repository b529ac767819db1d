import { spawnSync } from "node:child_process";
import process from "node:process";

/** Runs a command to its end; null where it succeeds, else the last line of what it said about it. */
export function failureOf(command, args, { cwd, env = {} } = {}) {
  const { status, error, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) return error.code === "ENOENT" ? `${command} is not on this machine` : error.message;
  if (status === 0) return null;
  return stderr.trim().split("\n").at(-1) || `${command} ended with ${status}`;
}
