import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

// Runs on the Node that is there, before anything is installed: nothing newer than Node 20 here.

/** What a process ends with after Ctrl-C. */
export const interrupted = 130;

const root = fileURLToPath(new URL("..", import.meta.url));
const binary = `${root}node_modules/node/bin/node${process.platform === "win32" ? ".exe" : ""}`;

/** Runs npm in the repository, where `npm exec` gives the Node that the repository brings along. Resolves to the exit code. */
export function npm(args, environment = {}) {
  const { npm_execpath: running = "" } = process.env;
  // On Windows `npm` alone is a script that only a shell can start, and a shell would take the arguments apart.
  const [command, ...before] = running.endsWith("npm-cli.js")
    ? [process.execPath, running]
    : ["npm"];
  return new Promise((resolve) => {
    const child = spawn(command, [...before, ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: "inherit",
    });
    // Ctrl-C reaches the child by itself; this process has to be there when it has ended.
    const passOn = () => child.kill("SIGTERM");
    process.on("SIGINT", carryOn).on("SIGTERM", passOn);
    child.once("error", ({ message }) => {
      console.error(`npm could not be started (${message}): install Node.js together with npm`);
      resolve(1);
    });
    child.once("close", (code, signal) => {
      process.off("SIGINT", carryOn).off("SIGTERM", passOn);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function carryOn() {}

/** What the repository needs to run is there, or an exit code says that it is not, and a sentence why. */
export async function ensureInstalled() {
  const wanted = majorWanted();
  if (majorInstalled() === wanted) return 0;
  const missing = existsSync(`${root}node_modules`)
    ? `node_modules holds no Node ${wanted}`
    : "there is no node_modules yet";
  console.log(`${missing}: running npm ci, which fetches the packages and Node ${wanted} itself`);
  console.log(
    "(about 440 MB, all of it in node_modules; it takes a minute or so, and only once)\n",
  );
  // Else npm warns, package by package, that this Node is too old: they will run on the other one.
  const code = await npm(["ci", "--loglevel=error"]);
  if (code !== 0) {
    if (code !== interrupted)
      console.error("\nnpm ci did not get through: what it said above is the reason; run it again");
    return code;
  }
  if (majorInstalled() === wanted) return 0;
  console.error(
    `npm ci is done, but ${binary} does not run as Node ${wanted}: let its install script run with "npm rebuild node --ignore-scripts=false"`,
  );
  return 1;
}

function majorWanted() {
  const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  return devDependencies.node.split(".")[0];
}

/** Asked by running it: a binary for another machine is there and does not run. */
function majorInstalled() {
  const { stdout } = spawnSync(binary, ["--version"], { encoding: "utf8" });
  return /^v(\d+)\./.exec(stdout ?? "")?.[1] ?? null;
}
