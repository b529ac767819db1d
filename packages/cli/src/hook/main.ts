import process from "node:process";
import { complain, hook } from "../commands/hook.ts";

/** Milliseconds. Somebody who does not tell the event is not waited for any longer; a disk that hangs is, for its calls cannot be cut short. */
const patience = 15_000;

/**
 * `spoor hook` as a program of its own: it starts in a fraction of the time that the whole command takes, because hooks come by the thousand.
 * It ends with 0, and soon: any other code means something to Claude Code, which may be waiting.
 */
process.once("exit", () => {
  process.exitCode = 0;
});
process.once("uncaughtException", leave);
// What takes so long from sources has no share in it: built, all of this is one file.
await import("./record-hook.ts");
setTimeout(() => leave(new Error(`it took more than ${patience} ms`)), patience).unref();

await hook.run(process.argv.slice(3), {
  stdout: { write: silent },
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  pause: () => Promise.resolve(),
  interruption: () => new AbortController().signal,
});
process.exit();

function leave(reason: unknown): void {
  complain(reason, process);
  process.exit();
}

/** Claude Code reads what a hook prints as an answer. */
function silent(): void {}
