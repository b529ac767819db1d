import process from "node:process";
import { hook } from "../commands/hook.ts";

/** `spoor hook` as a program of its own: it starts in a fraction of the time that the whole command takes, because hooks come by the thousand. */
process.exitCode = await hook.run(process.argv.slice(3), {
  stdout: { write: silent },
  stderr: { write: (text) => process.stderr.write(text) },
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  pause: () => Promise.resolve(),
  interruption: () => new AbortController().signal,
});

/** Claude Code reads what a hook prints as an answer. */
function silent(): void {}
