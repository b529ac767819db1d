import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, interrupted, npm } from "./ensure-installed.mjs";

const packages = new URL("../packages/", import.meta.url);
const example = "examples/manual-agent/src/main.ts";

process.exitCode = (await ensureInstalled()) || (await ensureBuilt()) || (await demonstrate());

async function ensureBuilt() {
  if (readdirSync(packages).every(isBuilt)) return 0;
  heading("Building the packages (once)");
  return npm(["run", "build"]);
}

/** A build that failed leaves an empty folder. */
function isBuilt(name) {
  const dist = new URL(`${name}/dist/`, packages);
  return existsSync(dist) && readdirSync(dist).some((file) => file.endsWith(".mjs"));
}

/** Records an agent to a folder of its own, and shows the recording. */
async function demonstrate() {
  const dir = join(mkdtempSync(join(tmpdir(), "spoor-")), ".spoor");
  heading(`An agent at work, recorded to ${dir}`);
  const run = ["exec", "--", "node", "--conditions=@spoor/source", example];
  const code = await npm(run, { SPOOR_DIR: dir });
  const cutShort = code === interrupted && existsSync(dir);
  if (code !== 0 && !cutShort) return code;
  heading(cutShort ? "Stopped. The recording up to there" : "The recording");
  const shown = await npm(["exec", "--", "spoor", "show", "latest", "--dir", dir]);
  if (shown === 0) suggest(dir);
  return code || shown;
}

function suggest(dir) {
  const quoted = /\s/.test(dir) ? `"${dir}"` : dir;
  heading("What to try next");
  const commands = [
    ["the same as JSON", `spoor show latest --json --dir ${quoted}`],
    ["all sessions of that recording", `spoor sessions --dir ${quoted}`],
    ["a stream of Claude Code", `spoor import claude-code run.ndjson --dir ${quoted}`],
  ];
  for (const [what, command] of commands) console.log(`  ${what.padEnd(32)}npm exec -- ${command}`);
}

function heading(text) {
  console.log(`\n── ${text}`);
}
