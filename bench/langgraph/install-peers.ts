import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const wanted = fileURLToPath(new URL("peers/", import.meta.url));
const cache = fileURLToPath(new URL("../../node_modules/.cache/spoor-bench/", import.meta.url));

/** Where the peers lie once they are installed: another lock file is another folder. */
const folder = join(
  cache,
  `langgraph-peers-${createHash("sha256")
    .update(readFileSync(join(wanted, "package-lock.json")))
    .digest("hex")
    .slice(0, 12)}`,
);

/** The folder of the peers, or null where they are not installed. */
export const peersFolder = (): string | null => (existsSync(folder) ? folder : null);

/** Fetches what stands beside us, once a lock file, some 110 MB. Where that cannot be had, says so and why: then only ours is measured. */
export function installPeers(): void {
  if (existsSync(folder)) return;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, "making-"));
  try {
    cpSync(wanted, making, { recursive: true });
    npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], making);
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (existsSync(folder)) return;
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    console.error(
      `the peers of LangGraph are not measured, they could not be installed: ${reason}`,
    );
  }
}

function npm(words: readonly string[], cwd: string): void {
  const script = process.env["npm_execpath"];
  const [command, ...first] = script === undefined ? ["npm"] : [process.execPath, script];
  execFileSync(command, [...first, ...words], { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
