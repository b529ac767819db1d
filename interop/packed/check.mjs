import { strictEqual } from "node:assert";
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";

// One suite, in one project: ends with 0 where all is as a user would want it.

const { SPOOR_INTEROP_PROJECT: project = "" } = process.env;
const [what, runtime = process.execPath] = process.argv.slice(2);

/** Turns that the blocks of the README record together: one each, of Claude Code two, of a message one for its sending and one for its handling. */
const turnsOfReadme = 7;

const checks = { lines, required, types, init };
checks[what]();

function lines() {
  recorded(/^line-\d+\.mts$/);
}

/** The lines as CommonJS has them, of which the config is none. */
function required() {
  recorded(/^line-\d+\.cjs$/);
}

function recorded(program) {
  const dir = join(project, ".spoor");
  rmSync(dir, { recursive: true, force: true });
  const programs = readdirSync(project).filter((name) => program.test(name));
  strictEqual(programs.length >= 5, true);
  for (const name of programs) run(runtime, [name], { SPOOR_DIR: dir });
  const sessions = JSON.parse(spoor("sessions", "--json", "--dir", dir));
  const turns = sessions.reduce((sum, session) => sum + session.turns, 0);
  strictEqual(turns, turnsOfReadme);
  if (process.env.SPOOR_INTEROP_TOLD)
    writeFileSync(process.env.SPOOR_INTEROP_TOLD, `${programs.length} programs, ${turns} turns\n`);
}

function types() {
  const compilerOptions = {
    module: "nodenext",
    target: "es2024",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
    skipLibCheck: false,
  };
  const include = ["line-*.mts", "globals.d.ts"];
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."]);
}

/** A config to begin with is written, means what it says, and keeps nothing from working. */
function init() {
  for (const name of readdirSync(project))
    if (name.startsWith("spoor.config.")) rmSync(join(project, name));
  const begun = JSON.parse(spoor("init", "--json"));
  strictEqual(begun.written, true);
  strictEqual(begun.frameworks.includes("LangGraph.js"), true);
  const { config, findings } = JSON.parse(spoor("doctor", "--json"));
  strictEqual(basename(config.file), begun.config);
  strictEqual(config.unusable, null);
  strictEqual(findings.filter(({ severity }) => severity === "problem").length, 0);
}

function spoor(...command) {
  return run(process.execPath, ["node_modules/@spoor/cli/bin/spoor.mjs", ...command]);
}

function run(command, given, environment = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, given, {
    cwd: project,
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${given.join(" ")} ended with ${status}\n${stdout}${stderr}${error ?? ""}`,
  );
}
