import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ensureInstalled, interrupted, npm } from "./ensure-installed.mjs";

const packages = new URL("../packages/", import.meta.url);
const example = "examples/langgraph/src/main.ts";

/** Whatever the environment says: no model is asked, and LangChain sends no copy of its own. */
const offline = {
  SPOOR_EXAMPLE_MODEL: "",
  LANGSMITH_TRACING: "false",
  LANGSMITH_TRACING_V2: "false",
  LANGCHAIN_TRACING: "false",
  LANGCHAIN_TRACING_V2: "false",
};

const questions = [
  ["Which sessions there are", "sessions"],
  ["What the last of them did: spoor show latest", "show", "latest"],
  ["Why it multiplied, and where the figure is from: spoor why call_8_0", "why", "call_8_0"],
  ["What it cost; a scripted model has no price, so that is unknown and not nothing", "cost"],
  ["Signed, so that nobody changes it unseen: spoor seal", "seal"],
  ["Recomputed from the bytes: spoor verify", "verify"],
];

process.exitCode = (await ensureInstalled()) || (await ensureBuilt()) || (await demonstrate());

async function ensureBuilt() {
  if (readdirSync(packages).every(isBuilt)) return 0;
  heading("Building the packages (once)");
  return npm(["run", "build"], { TURBO_TELEMETRY_DISABLED: "1" });
}

/** A build that failed leaves an empty folder. */
function isBuilt(name) {
  const dist = new URL(`${name}/dist/`, packages);
  return existsSync(dist) && readdirSync(dist).some((file) => file.endsWith(".mjs"));
}

/** Records agents to a folder of its own, and shows what can be asked of the recording. */
async function demonstrate() {
  const dir = join(mkdtempSync(join(tmpdir(), "spoor-")), ".spoor");
  heading(`Three LangGraph.js agents at work, recorded to ${dir}`);
  tellWhereCopiesGo();
  const run = ["exec", "--", "node", "--conditions=@spoor/source", example];
  const code = await npm(run, { ...offline, SPOOR_DIR: dir });
  const cutShort = code === interrupted && existsSync(dir);
  if (code !== 0 && !cutShort) return code;
  if (cutShort) heading("Stopped. What follows is the recording up to there");
  const shown = await inTurn(questions, dir);
  if (shown === 0) suggest(dir);
  return code || shown;
}

/** Each with its heading, up to the first that fails: its exit code. */
async function inTurn([question, ...others], dir) {
  if (question === undefined) return 0;
  const [title, ...command] = question;
  heading(title);
  const code = await npm(["exec", "--", "spoor", ...command, "--dir", dir]);
  return code === 0 ? inTurn(others, dir) : code;
}

function tellWhereCopiesGo() {
  const { env } = process;
  const copies = [
    ...(env.LANGFUSE_PUBLIC_KEY && env.LANGFUSE_SECRET_KEY ? ["Langfuse"] : []),
    ...(env.OTEL_EXPORTER_OTLP_ENDPOINT ? [env.OTEL_EXPORTER_OTLP_ENDPOINT] : []),
  ];
  if (copies.length > 0)
    console.log(`(copies go to ${copies.join(" and ")}, as your environment says)`);
  console.log("(scripts answer in place of models: no network, no key)\n");
}

function suggest(dir) {
  const quoted = /\s/.test(dir) ? `"${dir}"` : dir;
  heading("What to try next");
  const commands = [
    ["where something was said", `spoor find feet --dir ${quoted}`],
    ["what the model was sent, last of all", `spoor show latest --context last --dir ${quoted}`],
    ["the path really taken", `spoor show latest --mermaid --dir ${quoted}`],
    ["one page that works offline", `spoor show latest --html run.html --dir ${quoted}`],
    ["all that Claude Code has kept so far", "spoor import claude-code"],
    ["and what that cost, day by day", "spoor cost --by day"],
  ];
  for (const [what, command] of commands) console.log(`  ${what.padEnd(38)}npm exec -- ${command}`);
}

function heading(text) {
  console.log(`\n── ${text}`);
}
