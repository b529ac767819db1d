import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { langfuseServer } from "@spoor/testing/langfuse-server";
import { expect, test } from "vitest";
import { codeBlocks } from "./docs/code-blocks.ts";
import type { PageRun } from "./docs/page-run.ts";

// Every block of TypeScript in the guides and READMEs runs as it stands, a page a process. `docs/executed/` has, by the path of the page, a module whose exports are
// what the reader has besides: an agent, messages, a connection. Two of its exports mean something: `modules` maps packages that are not installed here to
// files that stand for them, and `afterwards` looks at what came of the page.

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules", ".cache");

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

/** The sessions that are in Langfuse when a page has run: those of the blocks that close their observer. */
const arrivals: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["chat-42"],
  "docs/guides/langfuse.md": ["t1"],
};

test.concurrent.for(pages)("what %s shows runs as it stands", async (page, { onTestFinished }) => {
  const scratch = mkdtempSync(join(tmpdir(), "spoor-docs-"));
  await using langfuse = await langfuseServer();
  const child = started(page, scratch, langfuse.url);
  onTestFinished(async () => {
    const closed = once(child, "close");
    if (child.kill("SIGKILL")) await closed;
    rmSync(scratch, { recursive: true, force: true });
  });
  expect(await told(child)).toEqual({ blocks: blocksOf(page), failures: [] });
  expect(langfuse.stored().sessions.map(({ id }) => id)).toEqual(arrivals[page] ?? []);
});

function started(page: string, scratch: string, langfuse: string): ChildProcess {
  const modules = join(cache, "spoor-docs", page.replaceAll(/\W+/g, "-"));
  return fork(
    join(import.meta.dirname, "docs", "run-page.ts"),
    [join(root, page), standInsOf(page), modules],
    {
      cwd: scratch,
      execArgv: ["--conditions=@spoor/source"],
      env: {
        PATH: process.env["PATH"],
        HOME: scratch,
        TMPDIR: scratch,
        CLAUDE_CONFIG_DIR: join(scratch, ".claude"),
        SPOOR_DIR: join(scratch, ".spoor"),
        // Nothing goes there without the keys, which are what a page has or has not.
        LANGFUSE_BASE_URL: langfuse,
        // Halves the time that a page needs to start.
        NODE_COMPILE_CACHE: join(cache, "node-compile"),
      },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    },
  );
}

async function told(child: ChildProcess): Promise<PageRun | string> {
  let said = "";
  let run: PageRun | null = null;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.once("message", (sent: PageRun) => (run = sent));
  const [code] = await once(child, "close");
  return run ?? `ended with ${code}: ${said}`;
}
