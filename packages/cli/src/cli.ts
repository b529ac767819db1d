import process from "node:process";
import { setTimeout } from "node:timers/promises";
import type { Io } from "./io.ts";
import { spoor } from "./spoor.ts";

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  pause: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(endsEarly),
  interruption,
};

/** Only an abort rejects, and that is what the pause was to be ended by. */
function endsEarly(): void {}

function interruption(): AbortSignal {
  const wish = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      wish.abort();
    });
  return wish.signal;
}

/** Whoever reads our output has seen enough, as `head` has. */
process.stdout.on("error", (error: Error & { readonly code?: string }) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await spoor(process.argv.slice(2), io);
