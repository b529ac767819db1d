import { fork } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { codeBlocks } from "./docs/code-blocks.ts";
import type { PageRun } from "./docs/page-run.ts";

// Every block of TypeScript in the guides and READMEs runs as it stands, a page a process. `docs/executed/` has, by the path of the page, a module whose exports are
// what the reader has besides: an agent, messages, a connection. Two of its exports mean something: `modules` maps packages that are not installed here to
// files that stand for them, and `afterwards` looks at what came of the page.

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules", ".cache", "spoor-docs");

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs", "guides")).map((name) => join("docs", "guides", name)),
  // The blocks of `testing` belong into tests, and are what the tests of adapters and exporters here begin with.
  ...readdirSync(join(root, "packages"))
    .filter((name) => name !== "testing")
    .map((name) => join("packages", name, "README.md")),
].filter((page) => existsSync(join(root, page)) && blocksOf(page) > 0);

function blocksOf(page: string): number {
  return codeBlocks(readFileSync(join(root, page), "utf8")).length;
}

function standInsOf(page: string): string {
  const name = page.startsWith("packages")
    ? `${page.split(/[\\/]/)[1]}.ts`
    : `${basename(page, ".md")}.ts`;
  const room = page.startsWith("packages") ? "packages" : page.startsWith("docs") ? "guides" : "";
  const file = join(root, "docs", "executed", room, name);
  return existsSync(file) ? file : "";
}

test.each(pages)("what %s shows runs as it stands", { timeout: 60_000 }, async (page) => {
  const scratch = mkdtempSync(join(tmpdir(), "spoor-docs-"));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  expect(await ran(page, scratch)).toEqual({ blocks: blocksOf(page), failures: [] });
});

function ran(page: string, scratch: string): Promise<PageRun | string> {
  const modules = join(cache, page.replaceAll(/\W+/g, "-"));
  const child = fork(
    join(import.meta.dirname, "docs", "run-page.ts"),
    [join(root, page), standInsOf(page), modules],
    {
      cwd: scratch,
      execArgv: ["--conditions=@spoor/source"],
      env: {
        PATH: process.env["PATH"],
        HOME: scratch,
        CLAUDE_CONFIG_DIR: join(scratch, ".claude"),
        SPOOR_DIR: join(scratch, ".spoor"),
      },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    },
  );
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise((resolve) => {
    child.once("message", (run: PageRun) => resolve(run));
    child.once("close", (code) => resolve(`ended with ${code}: ${said}`));
  });
}
