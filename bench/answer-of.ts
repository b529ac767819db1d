import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a process of its own says to an order. Nothing of what one does is left to the next: its folders are its own. `flags` are Node's. */
export function answerOf(
  file: URL,
  order: { readonly scratch: string },
  flags: readonly string[] = [],
): unknown {
  const scratch = mkdtempSync(join(order.scratch, "sample-"));
  const conditions = process.execArgv.filter((flag) => flag.startsWith("--conditions="));
  const said = execFileSync(
    process.execPath,
    [
      ...conditions,
      ...flags,
      "--expose-gc",
      fileURLToPath(file),
      JSON.stringify({ ...order, scratch }),
    ],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env["PATH"], HOME: scratch, SPOOR_DIR: join(scratch, ".spoor") },
    },
  );
  // What stands before it was printed by what it loads.
  return JSON.parse(said.trimEnd().split("\n").at(-1) ?? "");
}
