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
import { fileURLToPath, pathToFileURL } from "node:url";

/** Imports by name. */
export type Load = (name: string) => Promise<unknown>;

/** What stands beside us in a case: packages of a folder with a lock file of its own, installed on demand. */
export interface Peers {
  areInstalled(): boolean;
  /** Fetches them, once a lock file, some 100 MB. Where they cannot be had, says so and why: then only ours is measured. */
  install(): void;
  /** From where they lie, so that they and what they are measured with share their dependencies; else from this repository. */
  loader(): Promise<Load>;
}

const cache = fileURLToPath(new URL("../node_modules/.cache/spoor-bench/", import.meta.url));
const loading = fileURLToPath(new URL("load.mjs", import.meta.url));

/** `name` says of whom they are peers. Another lock file is another folder. */
export function peersIn(wanted: URL, name: string): Peers {
  const lock = readFileSync(new URL("package-lock.json", wanted));
  const hash = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  const folder = join(cache, `${name}-peers-${hash}`);
  const areInstalled = (): boolean => existsSync(folder);
  return {
    areInstalled,
    install() {
      if (!areInstalled()) fetchInto(folder, wanted, name);
    },
    async loader() {
      if (!areInstalled()) return (module) => import(module);
      const { load }: { readonly load: Load } = await import(
        pathToFileURL(join(folder, "load.mjs")).href
      );
      return load;
    },
  };
}

function fetchInto(folder: string, wanted: URL, name: string): void {
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, "making-"));
  try {
    cpSync(fileURLToPath(wanted), making, { recursive: true });
    cpSync(loading, join(making, "load.mjs"));
    npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], making);
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (existsSync(folder)) return;
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    console.error(`the peers of ${name} are not measured, they could not be installed: ${reason}`);
  }
}

function npm(words: readonly string[], cwd: string): void {
  const script = process.env["npm_execpath"];
  const [command, ...first] = script === undefined ? ["npm"] : [process.execPath, script];
  execFileSync(command, [...first, ...words], { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
