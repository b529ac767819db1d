import process from "node:process";
import { setTimeout } from "node:timers/promises";
import type { Io } from "./io.ts";
import { warn } from "./printing/output.ts";
import { spoor } from "./spoor.ts";

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  pause: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(nothingToDo),
  interruption,
};

/** Of a pause: only an abort rejects, and that is what it was to be ended by. */
function nothingToDo(): void {}

function interruption(): AbortSignal {
  const wish = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      wish.abort();
    });
  return wish.signal;
}

/** Whoever reads our output has seen enough, as `head` has; else it goes to a disk that takes no more of it. */
process.stdout.on("error", (error: Error & { readonly code?: string }) => {
  if (error.code === "EPIPE") process.exit();
  warn(io, `the output cannot be written: ${error.message}`);
  process.exit(2);
});

/** Where nobody hears what goes wrong, the exit code still tells it. */
process.stderr.on("error", nothingToDo);

process.exitCode = await spoor(process.argv.slice(2), io);
