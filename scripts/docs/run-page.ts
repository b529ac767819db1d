import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { codeBlocks } from "./code-blocks.ts";
import type { PageRun } from "./page-run.ts";

// Runs the blocks of one page, in order and each as a module of its own, and says what became of them to the process that forked this one. What the page's reader
// has besides (an agent, a connection) is global here, so that a block may name its own things alike.

const [page = "", standIns = "", folder = ""] = process.argv.slice(2);

const {
  modules = {},
  afterwards,
  ...given
}: StandIns = standIns === "" ? {} : await import(pathToFileURL(standIns).href);

interface StandIns {
  /** Packages that are not installed here, and the files that stand for them. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Looks at what came of the page. Throws where it is not what the page says. */
  readonly afterwards?: () => void | Promise<void>;
  readonly [name: string]: unknown;
}

const blocksAt = pathToFileURL(folder).href;
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      (context.parentURL?.startsWith(blocksAt) ? modules[specifier] : undefined) ?? specifier,
      context,
    ),
});
Object.assign(globalThis, given);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const failures: PageRun["failures"][number][] = [];
const blocks = codeBlocks(readFileSync(page, "utf8"));
for (const { line, code } of blocks) {
  // Not as TypeScript: Node strips no types of what lies under node_modules, and only there the packages are found.
  const file = join(folder, `line-${line}.mjs`);
  await attempt(line, async () => {
    writeFileSync(file, `${stripTypeScriptTypes(code)}\nexport {};\n`);
    await import(pathToFileURL(file).href);
  });
}
if (afterwards) await attempt(0, afterwards);
const run: PageRun = { blocks: blocks.length, failures };
process.send?.(run, () => process.exit(0));

async function attempt(line: number, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    failures.push({
      line,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
