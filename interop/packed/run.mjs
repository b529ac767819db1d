import process from "node:process";
import { fileURLToPath } from "node:url";
import { runSuites, byCode } from "../run-suites.mjs";
import { commonJsProject, esmProject, packages } from "./projects.mjs";
import { verdaccio } from "./verdaccio.mjs";
import { everyRuntime } from "./runtimes.mjs";

// The packages as npm packs them, installed in empty projects: the lines of the README run there, and are checked by TypeScript there.

const check = fileURLToPath(new URL("check.mjs", import.meta.url));
const skipped = 77;

const suites = {
  contents: { needs: { packages }, check: "contents" },
  esm: { needs: { project: esmProject }, check: "lines" },
  commonjs: { needs: { project: commonJsProject }, check: "lines" },
  require: { needs: { project: commonJsProject }, check: "lines cjs" },
  types: { needs: { project: esmProject }, check: "types" },
  init: { needs: { project: esmProject }, check: "init" },
  bundled: { needs: { project: esmProject }, check: "bundled" },
  matrix: { needs: { project: esmProject, runtimes: everyRuntime }, check: "matrix" },
  registry: { needs: { packages, verdaccio }, check: "registry" },
};

process.exitCode = await runSuites(suites, {
  wanted: process.argv.slice(2),
  command: (suite) => `node --disable-warning=ExperimentalWarning '${check}' ${suite.check}`,
  outcomeOf: (code) =>
    code === skipped ? { line: "SKIPPED in part, as is said below", code } : byCode(code),
});
