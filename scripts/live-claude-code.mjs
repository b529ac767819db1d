import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, npm } from "./ensure-installed.mjs";

// The real Agent SDK brings its program along, some 400 MB, so it is no dependency: it is fetched for this run, or once into SPOOR_CLAUDE_SDK.

const sdk = "@anthropic-ai/claude-agent-sdk@0.3.329";
const kept = process.env.SPOOR_CLAUDE_SDK;
const folder = kept ?? mkdtempSync(join(tmpdir(), "spoor-claude-sdk-"));
const isThere = existsSync(join(folder, "node_modules", "@anthropic-ai", "claude-agent-sdk"));

try {
  const fetched = isThere
    ? 0
    : await npm(["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", sdk]);
  if (fetched !== 0) console.error(`live tests were not run: npm could not install ${sdk}`);
  else
    process.exitCode =
      (await ensureInstalled()) ||
      (await npm(["exec", "--", "vitest", "run", "packages/claude-code/src/live"], {
        SPOOR_LIVE: "1",
        SPOOR_CLAUDE_SDK: folder,
      }));
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
