import process from "node:process";
import { fileURLToPath } from "node:url";
import { runSuites } from "../run-suites.mjs";
import { bun, commonJsProject, esmProject, node } from "./install.mjs";

// The packages as npm packs them, installed in empty projects: the lines of the README run there, and are checked by TypeScript there.

const check = fileURLToPath(new URL("check.mjs", import.meta.url));
const on = (needs, program, runtime = "") => ({ needs, program, runtime });

const suites = {
  esm: on({ project: esmProject }, "lines"),
  commonjs: on({ project: commonJsProject }, "lines"),
  require: on({ project: commonJsProject }, "required"),
  types: on({ project: esmProject }, "types"),
  init: on({ project: esmProject }, "init"),
  "node-22": on({ project: esmProject, runtime: node("22.18.0") }, "lines", "bin/node"),
  "node-26": on({ project: esmProject, runtime: node("26") }, "lines", "bin/node"),
  bun: on({ project: esmProject, runtime: bun }, "lines", "bun"),
};

process.exitCode = await runSuites(suites, {
  wanted: process.argv.slice(2),
  command: ({ program, runtime }) =>
    `node '${check}' ${program} ${runtime ? `"$SPOOR_INTEROP_RUNTIME"` : ""}`,
});
