import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/**
 * What a process of its own says to an order. Nothing of what one does is left to the next: its folders are its own. `flags` are Node's. Rejects
 * where the process fails.
 */
export async function answerOf(
  file: URL,
  order: { readonly scratch: string },
  flags: readonly string[] = [],
): Promise<unknown> {
  const scratch = mkdtempSync(join(order.scratch, "sample-"));
  const conditions = process.execArgv.filter((flag) => flag.startsWith("--conditions="));
  const child = spawn(
    process.execPath,
    [
      ...conditions,
      ...flags,
      "--expose-gc",
      fileURLToPath(file),
      JSON.stringify({ ...order, scratch }),
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env["PATH"], HOME: scratch, SPOOR_DIR: join(scratch, ".spoor") },
    },
  );
  const [said, [code, signal]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`a sample has failed: ${file.href} ended with ${code ?? signal}`);
  // What stands before it was printed by what it loads.
  return JSON.parse(said.trimEnd().split("\n").at(-1) ?? "");
}
