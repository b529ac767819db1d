import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { fetched } from "./fetched.mjs";

const own = fileURLToPath(new URL("../../node_modules/node/bin/node", import.meta.url));

/** The least that Deno has to permit. `homedir` is what LangChain asks for, the net is where a backend would be. */
const permitted = [
  "--no-prompt",
  "--allow-read",
  "--allow-write=.",
  "--allow-env",
  "--allow-sys=hostname,homedir",
  "--allow-net=127.0.0.1",
];

/** What the packages are for: how each runs a program, and how one that may do anything. */
const runtimes = {
  "Node 22.18": () => node("22.18.0"),
  "Node 24": () => () => ({ path: own }),
  "Node 26": () => node("26"),
  "Bun 1.3": () => fetched("bun", "1.3", "node_modules/bun/bin/bun.exe"),
  "Deno 2": () => fetched("deno", "2", "node_modules/deno/deno"),
};
const ways = {
  "Deno 2": { given: ["run", ...permitted], trusted: ["run", "--allow-all"] },
};
const plainly = { given: [], trusted: [] };

const folders = [];
process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A file that lists them all: where each lies, or why it is missing. What is missing takes nothing from the others. */
export function everyRuntime(say) {
  const folder = mkdtempSync(join(tmpdir(), "spoor-runtimes-"));
  folders.push(folder);
  const listed = Object.entries(runtimes).map(([name, have]) => ({
    name,
    ...plainly,
    ...ways[name],
    ...have()(say),
  }));
  const path = join(folder, "runtimes.json");
  writeFileSync(path, JSON.stringify(listed));
  return { path };
}

/** As the package `node` brings it. */
const node = (version) => fetched("node", version, "node_modules/node/bin/node");
