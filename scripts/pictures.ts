import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { terminalPicture } from "./pictures/terminal-picture.ts";

// The pictures of the README, from real runs: a conversation that Claude Code has kept, in a terminal; the cause of a tool call of the LangGraph.js team, and its
// run as a page.

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "spoor-pictures-"));
const environment = {
  PATH: process.env["PATH"],
  HOME: scratch,
  CLAUDE_CONFIG_DIR: join(scratch, ".claude"),
  SPOOR_DIR: join(scratch, ".spoor"),
  FORCE_COLOR: "1",
};

function run(...command: readonly string[]): string {
  const source = ["--conditions=@spoor/source", ...command];
  return execFileSync(process.execPath, source, { cwd: root, env: environment, encoding: "utf8" });
}
const spoor = (...command: readonly string[]): string => run("packages/cli/src/cli.ts", ...command);

const kept = "packages/claude-code/src/history/fixtures/e-subagent.projects";
const browser = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

try {
  spoor("import", "claude-code", kept);
  photographTerminal("tree.svg", "show", "latest");

  run("examples/langgraph/src/main.ts", "team");
  photographTerminal("why.svg", "why", "call_8_0");
  const page = join(scratch, "run.html");
  spoor("show", "team", "--html", page);
  await photograph(page, join(root, "docs", "pictures", "page.png"));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function photographTerminal(name: string, ...command: readonly string[]): void {
  const picture = terminalPicture(`npx spoor ${command.join(" ")}`, spoor(...command));
  writeFileSync(join(root, "docs", "pictures", name), picture);
}

async function photograph(page: string, picture: string): Promise<void> {
  const window = await chromium.launch({ executablePath: browser, args: ["--no-sandbox"] });
  try {
    const tab = await window.newPage({ viewport: { width: 1280, height: 800 } });
    await tab.goto(pathToFileURL(page).href);
    await tab.locator("text=look_up").first().click();
    await tab.screenshot({ path: picture });
  } finally {
    await window.close();
  }
}
